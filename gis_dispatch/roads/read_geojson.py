"""Reads a GeoJSON of OSM ways (as Overpass Turbo exports them); roads meet where vertices agree."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gis_dispatch.domain.network import Network
from gis_dispatch.roads.build import LonLat, Way, network_from_ways
from gis_dispatch.roads.refusals import RoadFileBroken


def read_geojson(path: Path) -> Network:
    """The road network of a GeoJSON file, whole or not at all."""
    return network_from_ways(list(_ways(path)))


def _ways(path: Path) -> Iterator[Way]:
    document = _parsed(path)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise _broken(path, "line 1, column 1", 'not a FeatureCollection: "features" is missing')
    for number, feature in enumerate(features):
        where = f"features[{number}]"
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise _broken(path, where, "not a Feature with properties")
        tags = {str(k): str(v) for k, v in feature["properties"].items() if v is not None}
        geometry = feature.get("geometry") or {}
        if "highway" not in tags or not isinstance(geometry, dict):
            continue
        for line in _lines(geometry):
            points = [_point(path, f"{where}, point {i}", at) for i, at in enumerate(line)]
            yield Way(_way_id(feature, tags, number), tags, points, points)


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _broken(path, f"byte {error.start}", "not UTF-8 text") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _broken(path, where, error.msg) from error


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


def _point(path: Path, where: str, at: Any) -> LonLat:
    numbers = at[:2] if isinstance(at, list) else []
    if len(numbers) != 2 or not all(isinstance(n, int | float) for n in numbers):
        raise _broken(path, where, "a position must be [longitude, latitude]")
    lon, lat = float(numbers[0]), float(numbers[1])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise _broken(path, where, f"[{lon}, {lat}] is not on Earth; longitude comes first")
    # OSM keeps seven decimals: vertices that agree so far are one point.
    return round(lon, 7), round(lat, 7)


def _way_id(feature: dict[str, Any], tags: dict[str, str], number: int) -> int:
    text = str(feature.get("id") or tags.get("@id") or "").rpartition("/")[2]
    return int(text) if text.isdigit() else -(number + 1)


def _broken(path: Path, where: str, problem: str) -> RoadFileBroken:
    return RoadFileBroken(field="file", file=path.name, where=where, problem=problem)
