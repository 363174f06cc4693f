"""Reads a GeoJSON of OSM ways (as Overpass Turbo exports them); roads meet where vertices agree.

Barriers are read where they were exported too (as points). Turn restrictions have no geometry: no
GeoJSON has them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from gis_dispatch.domain.road_findings import FoundRoads
from gis_dispatch.roads.barriers import barrier_rule
from gis_dispatch.roads.build import LonLat, Signs, Way, roads_from_ways
from gis_dispatch.roads.land_finder import LandFinder, Shape
from gis_dispatch.roads.land_tags import KEYS
from gis_dispatch.roads.refusals import RoadFileBroken


def read_geojson(path: Path) -> FoundRoads:
    """The roads of a GeoJSON file, whole or not at all."""
    signs, beside = Signs(), LandFinder()
    text = _text(path)
    try:
        roads = list(_ways(_parsed(path, text), signs, beside))
    except _Problem as error:
        where = f"line {line_of_feature(text, error.number)}, {error.where}"
        raise _broken(path, where, str(error)) from error
    barriers: tuple[str, ...] = () if signs.barriers else ("barriers",)
    found = roads_from_ways(roads, signs, lacks=("turn_restrictions", *barriers))
    return replace(found, land=beside.land(found.network.bounds))


_SHAPES: dict[str, Shape] = {
    "Point": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}


class _Problem(ValueError):
    """Something in a feature that cannot be used."""

    def __init__(self, number: int, where: str, problem: str) -> None:
        super().__init__(problem)
        self.number = number
        self.where = f"features[{number}]{where}"


def _ways(features: list[Any], signs: Signs, beside: LandFinder) -> Iterator[Way]:
    for number, feature in enumerate(features):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise _Problem(number, "", "not a Feature with properties")
        tags = {str(k): str(v) for k, v in feature["properties"].items() if v is not None}
        geometry = feature.get("geometry") or {}
        if not isinstance(geometry, dict):
            continue
        rule = barrier_rule(tags) if geometry.get("type") == "Point" else None
        if rule:
            signs.barriers[_point(number, "", geometry.get("coordinates"))] = rule
        for line in _lines(geometry) if "highway" in tags else ():
            points = [_point(number, f", point {i}", at) for i, at in enumerate(line)]
            yield Way(_way_id(feature, tags, number), tags, points, points)
        if not KEYS.isdisjoint(tags):
            _note_land(number, tags, geometry, beside)


def _note_land(
    number: int, tags: dict[str, str], geometry: dict[str, Any], beside: LandFinder
) -> None:
    kind = _SHAPES.get(str(geometry.get("type")))
    if kind is None:
        return
    try:
        thing = shape(geometry)
    except (shapely.errors.ShapelyError, KeyError, TypeError, ValueError, IndexError) as error:
        raise _Problem(number, ", geometry", str(error)) from error
    if thing.is_empty:
        return
    west, south, east, north = thing.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise _Problem(number, ", geometry", "not on Earth; longitude comes first")
    if not thing.is_valid:
        beside.broken += 1
        return
    beside.add(kind, tags, shapely.to_wkb(thing, output_dimension=2))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _broken(path, f"byte {error.start}", "not UTF-8 text") from error


def _parsed(path: Path, text: str) -> list[Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _broken(path, where, error.msg) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise _broken(path, "line 1, column 1", 'not a FeatureCollection: "features" is missing')
    return features


def line_of_feature(text: str, number: int) -> int:
    """The line on which a feature of a FeatureCollection begins, counted from 1."""
    decoder, space = json.JSONDecoder(), re.compile(r"[\s,]*")
    start = re.search(r'"features"\s*:\s*\[', text)
    at = start.end() if start else 0
    for _ in range(number):
        _, at = decoder.raw_decode(text, _after(space, text, at))
    return text.count("\n", 0, _after(space, text, at)) + 1


def _after(space: re.Pattern[str], text: str, at: int) -> int:
    match = space.match(text, at)
    return match.end() if match else at


def _lines(geometry: dict[str, Any]) -> list[list[Any]]:
    """A closed road may have been exported as a polygon: its ring is the road."""
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return []
    kind = geometry.get("type")
    if kind == "LineString":
        return [coordinates]
    if kind in {"MultiLineString", "Polygon"}:
        return [line for line in coordinates if isinstance(line, list)]
    return []


def _point(number: int, where: str, at: Any) -> LonLat:
    numbers = at[:2] if isinstance(at, list) else []
    if len(numbers) != 2 or not all(isinstance(n, int | float) for n in numbers):
        raise _Problem(number, where, "a position must be [longitude, latitude]")
    lon, lat = float(numbers[0]), float(numbers[1])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        problem = f"[{lon}, {lat}] is not on Earth; longitude comes first"
        raise _Problem(number, where, problem)
    # OSM keeps seven decimals: vertices that agree so far are one point.
    return round(lon, 7), round(lat, 7)


def _way_id(feature: dict[str, Any], tags: dict[str, str], number: int) -> int:
    text = str(feature.get("id") or tags.get("@id") or "").rpartition("/")[2]
    return int(text) if text.isdigit() else -(number + 1)


def _broken(path: Path, where: str, problem: str) -> RoadFileBroken:
    return RoadFileBroken(field="file", file=path.name, where=where, problem=problem)
