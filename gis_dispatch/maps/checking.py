"""Looks through layer and basemap files and tells all that is wrong, by file and key."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gis_dispatch.maps.basemaps import Basemap, is_own
from gis_dispatch.maps.files import Facts
from gis_dispatch.maps.icons import icon_names
from gis_dispatch.maps.layers import UPLOADED, Layer
from gis_dispatch.maps.other_basemaps import OnlineBasemap
from gis_dispatch.ports import Reads

BASEMAPS = "basemaps"
ALWAYS = frozenset({"id", "geometry"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which file, at which key, and what."""

    file: str
    key: str
    problem: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What a file is held against besides its model."""

    queries: Mapping[str, Collection[str]]
    """Every named query, with the parameters it takes."""
    permitted: Collection[str]
    """The roles that may read layers at all."""
    reads: Reads | None
    """None where the database could not be asked."""


def check_files(paths: Sequence[Path], house: Installation) -> list[Finding]:
    """Everything that is wrong with these files, in their order, and between them."""
    found: list[Finding] = []
    titles: dict[tuple[str, str], str] = {}
    for path in paths:
        facts, wrong = _read(path, _model_of(path))
        found.extend(wrong)
        if facts is None:
            continue
        if isinstance(facts, Layer):
            found.extend(_layer(path.name, facts, house))
        elif isinstance(facts, Basemap):
            found.extend(_queries(path.name, facts, ("query", "version_query"), house))
        for key in ("title_id", "title_en"):
            title = getattr(facts, key)
            other = titles.setdefault((key, title), path.name)
            if other != path.name:
                found.append(Finding(path.name, key, f'"{title}" is the title of {other} too'))
    return found


def _model_of(path: Path) -> type[Facts]:
    if path.parent.name != BASEMAPS:
        return Layer
    return Basemap if is_own(path) else OnlineBasemap


def _read(path: Path, model: type[Facts]) -> tuple[Facts | None, list[Finding]]:
    """The file as its model, or every key that is wrong."""
    try:
        written: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        return None, [Finding(path.name, "-", f"cannot be read: {wrong.strerror}")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        return None, [Finding(path.name, "TOML", str(wrong))]
    try:
        return model.model_validate({**written, "id": path.stem}), []
    except ValidationError as wrong:
        return None, [Finding(path.name, _key(one["loc"]), _said(one)) for one in wrong.errors()]


def _key(place: Sequence[str | int]) -> str:
    """styles[2].colour, counted from 1 as people do; - is the file as a whole."""
    written = ""
    for part in place:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return written.lstrip(".") or "-"


def _said(problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return "there is no such key"
    if problem["type"] == "missing":
        return "is missing"
    given = problem.get("input")
    tail = f", not {given!r}" if isinstance(given, str | int | float | bool) else ""
    return f"{problem['msg'].removeprefix('Value error, ')}{tail}"


def _layer(file: str, layer: Layer, house: Installation) -> Iterator[Finding]:
    if layer.id.startswith(UPLOADED):
        yield Finding(file, "-", f"a file may not begin with {UPLOADED}: uploaded layers do")
    for number, case in enumerate(layer.styles, 1):
        if case.icon not in icon_names():
            yield Finding(file, f"styles[{number}].icon", f'there is no drawing "{case.icon}"')
    for role in layer.roles:
        if role not in house.permitted:
            yield Finding(file, "roles", f"{role} may not read layers")
    for role in sorted({one for one in layer.roles if layer.roles.count(one) > 1}):
        yield Finding(file, "roles", f"{role} is named twice")
    yield from _queries(file, layer, ("query", "state"), house)
    if layer.query not in house.queries:
        return
    lacks = {"west", "south", "east", "north"} - set(house.queries[layer.query])
    if lacks:
        yield Finding(file, "query", f"{layer.query} does not take {', '.join(sorted(lacks))}")
    elif house.reads is not None:
        yield from _columns(file, layer, house.reads)


def _queries(
    file: str, facts: Facts, keys: Sequence[str], house: Installation
) -> Iterator[Finding]:
    for key in keys:
        query = getattr(facts, key, None)
        if query is not None and query not in house.queries:
            yield Finding(file, key, f'there is no named query "{query}" in sql/queries')


def _columns(file: str, layer: Layer, reads: Reads) -> Iterator[Finding]:
    returned = reads.columns(layer.query)
    used: dict[str, Collection[str | None]] = {"query": ALWAYS}
    used |= {"label": (layer.label,), "weight": (layer.weight,)}
    used |= {f"styles[{number}].when": case.when for number, case in enumerate(layer.styles, 1)}
    for key, names in used.items():
        for name in sorted(one for one in names if one and one not in returned):
            yield Finding(file, key, f'the query {layer.query} does not return "{name}"')
