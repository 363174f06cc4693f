"""Rows of a layer's query as a GeoJSON FeatureCollection."""

from collections.abc import Iterable, Mapping
from typing import Any

from gis_dispatch.maps.layers import Layer
from gis_dispatch.maps.mercator import Bbox
from gis_dispatch.ports import Reads

SPREAD = "properties"
"""A column of this name holds properties itself, as in a tile: each becomes one of the feature."""


def layer_features(
    reads: Reads, layer: Layer, bbox: Bbox | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The layer's features inside west, south, east, north; without a box, all of them."""
    box = dict(zip(("west", "south", "east", "north"), bbox, strict=True)) if bbox else {}
    return feature_collection(reads.features(layer.query, **box, **given))


def feature_collection(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows with `id` and `geometry`; every other column becomes a property."""
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in row.items() if k not in {"id", "geometry", SPREAD}}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": row["geometry"],
        "properties": {**(row.get(SPREAD) or {}), **own},
    }
