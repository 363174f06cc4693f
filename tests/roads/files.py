"""Writes small road files for tests."""

import json
from pathlib import Path
from typing import Any

import osmium


def as_pbf(source: Path, target: Path) -> None:
    with osmium.SimpleWriter(str(target)) as writer:
        for thing in osmium.FileProcessor(source):
            writer.add(thing)


def feature(coordinates: Any, kind: str = "LineString", **tags: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": "way/77",
        "properties": {"highway": "primary", **tags},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    return path
