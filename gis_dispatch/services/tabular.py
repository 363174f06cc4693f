"""Reads rows out of what people send: CSV with , or ; (UTF-8, with or without BOM) and GeoJSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gis_dispatch.services.import_refusals import (
    ColumnsMissing,
    CsvBroken,
    FileNotUtf8,
    FileTooLong,
    FileWithoutRows,
    JsonBroken,
    NotFeatures,
)

LARGEST_ROW_COUNT = 20_000


@dataclass(frozen=True)
class Cells:
    """One row as it stands in the file: where it is, and its cells by our column names."""

    where: str
    values: Mapping[str, str]
    shape: Mapping[str, Any] = field(default_factory=dict)
    """The geometry of a GeoJSON feature."""


def read_rows(
    data: bytes, filename: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[Cells]:
    """The rows of a file. `columns`: our name of a column, and the other names it may have.

    GeoJSON points give `lon` and `lat`, lines and areas the middle of their box; their other
    columns are the properties.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUtf8(file=filename, byte=error.start + 1) from error
    if text.lstrip().startswith("{"):
        rows = _geojson(text, filename, columns)
    else:
        rows = _csv(text, filename, columns, needed)
    if not rows:
        raise FileWithoutRows(file=filename)
    if len(rows) > LARGEST_ROW_COUNT:
        raise FileTooLong(file=filename, count=len(rows), most=LARGEST_ROW_COUNT)
    return rows


def names(columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every name a column may have, in small letters, to our name of it."""
    known = {}
    for name, others in columns.items():
        for one in (name, *others):
            known[one.lower()] = name
    return known


def _csv(
    text: str, filename: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[Cells]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    known = names(columns)
    rows: list[Cells] = []
    try:
        header = [known.get(name.strip().lower(), "") for name in next(reader, [])]
        missing = tuple(name for name in needed if name not in header)
        if missing:
            raise ColumnsMissing(file=filename, missing=missing, known=tuple(columns))
        begin = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                pairs = zip(header, cells, strict=False)
                values = {name: cell.strip() for name, cell in pairs if name}
                rows.append(Cells(f"line {begin}", values))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise CsvBroken(file=filename, line=reader.line_num, problem=str(error)) from error
    return rows


def _geojson(text: str, filename: str, columns: Mapping[str, Sequence[str]]) -> list[Cells]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise JsonBroken(file=filename, line=error.lineno, problem=error.msg) from error
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise NotFeatures(file=filename)
    known = names(columns)
    return [_feature(at, feature, known) for at, feature in enumerate(features, start=1)]


def _feature(at: int, feature: Any, known: Mapping[str, str]) -> Cells:
    values = {
        known[name.lower()]: "" if value is None else str(value).strip()
        for name, value in _object(feature, "properties").items()
        if name.lower() in known
    }
    shape = _object(feature, "geometry")
    middle = _middle(shape.get("coordinates"))
    if middle is not None:
        values["lon"], values["lat"] = (str(part) for part in middle)
    return Cells(f"feature {at}", values, shape)


def _object(parent: Any, name: str) -> dict[str, Any]:
    """A member that should be an object; anything else is as good as nothing."""
    member = parent.get(name) if isinstance(parent, dict) else None
    return member if isinstance(member, dict) else {}


def _middle(coordinates: Any) -> tuple[float, float] | None:
    """The middle of the box around some GeoJSON coordinates, however deep they are nested."""
    pairs = list(_pairs(coordinates))
    if not pairs:
        return None
    lons, lats = zip(*pairs, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _pairs(coordinates: Any) -> list[tuple[float, float]]:
    if not isinstance(coordinates, list):
        return []
    if len(coordinates) >= 2 and all(isinstance(part, int | float) for part in coordinates[:2]):
        return [(float(coordinates[0]), float(coordinates[1]))]
    return [pair for part in coordinates for pair in _pairs(part)]
