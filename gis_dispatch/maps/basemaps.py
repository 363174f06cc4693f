"""What a basemap file says: where its tiles come from, and how everything on it is drawn."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from gis_dispatch import assets
from gis_dispatch.maps.drawing import (
    AreaGroup,
    Inks,
    LineGroup,
    Numbers,
    PlaceGroup,
    RoadGroup,
    Themed,
)
from gis_dispatch.maps.files import Facts, QueryName, Text, ZoomRange, read_facts
from gis_dispatch.maps.refusals import LayerUnknown

OWN = "city"
"""The basemap that is drawn when nobody chose one: it needs nothing but our own database."""


class Basemap(Facts):
    """One basemap, as its file describes it."""

    id: str
    title_id: Text
    title_en: Text
    kind: Literal["vector"]
    online: bool
    attribution: Text
    licence: Text
    tiles: Text
    query: QueryName
    version_query: QueryName
    zoom: ZoomRange
    background: Themed
    text: Inks
    boundary: Themed
    station: Themed
    oneway: Themed
    numbers: Numbers
    areas: tuple[AreaGroup, ...] = ()
    lines: tuple[LineGroup, ...] = ()
    places: tuple[PlaceGroup, ...] = ()
    roads: tuple[RoadGroup, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_class_once(self) -> "Basemap":
        _once("roads", (name for group in self.roads for name in group.classes))
        _once("areas", (name for group in self.areas for name in _dotted(group)))
        _once("lines", (name for group in self.lines for name in _dotted(group)))
        _once("places", (name for group in self.places for name in group.kinds))
        if sum(not group.classes for group in self.roads) != 1:
            raise ValueError("exactly one group of roads must have no classes: it takes the rest")
        return self

    def wanted(self, zoom: int) -> dict[str, Any]:
        """What its query is asked for beside the tile: what is drawn at this zoom of the data."""
        areas = {group.kind for group in self.areas if group.from_zoom <= zoom}
        return {
            "shown": self.shown_classes(zoom),
            "known": self.known_classes(),
            "others": self.shows_others(zoom),
            "areas": sorted(areas - {"building"}),
            "buildings": "building" in areas,
            "lines": [n for g in self.lines if g.from_zoom <= zoom for n in _dotted(g)],
            "places": [k for g in self.places if g.from_zoom <= zoom <= g.to_zoom for k in g.kinds],
            "numbers": self.numbers.from_zoom <= zoom,
        }

    def known_classes(self) -> list[str]:
        """Every class that some group names."""
        return [name for group in self.roads for name in group.classes]

    def shown_classes(self, zoom: int) -> list[str]:
        """The named classes that are drawn from this zoom of the data."""
        return [n for group in self.roads if group.from_zoom <= zoom for n in group.classes]

    def shows_others(self, zoom: int) -> bool:
        """Whether classes that no group names are drawn at this zoom."""
        return any(not group.classes and group.from_zoom <= zoom for group in self.roads)


def _dotted(group: AreaGroup | LineGroup) -> list[str]:
    return [f"{group.kind}.{name}" for name in group.classes or ("",)]


def _once(what: str, named: Iterable[str]) -> None:
    names = list(named)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what} drawn by two groups: {', '.join(twice)}")


def read_basemap(path: Path) -> Basemap:
    """The basemap that one file describes; its id is the file's name."""
    return read_facts(path, Basemap, id=path.stem)


def is_own(path: Path) -> bool:
    """Whether a file describes a map of our own database."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")).get("kind") == "vector"
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False  # whoever reads it says what is wrong with it


def basemap_files() -> list[Path]:
    """The files of this installation, in the order of their names."""
    return sorted(assets.folder("basemaps").glob("*.toml"))


@cache
def list_basemaps() -> tuple[Basemap, ...]:
    """Every basemap that is drawn from our own database, in the order of their file names."""
    return tuple(read_basemap(path) for path in basemap_files() if is_own(path))


def get_basemap(id: str) -> Basemap:
    """The basemap of this id, or a refusal that names those there are."""
    for basemap in list_basemaps():
        if basemap.id == id:
            return basemap
    raise LayerUnknown(id=id, known=", ".join(basemap.id for basemap in list_basemaps()))
