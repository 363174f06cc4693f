"""Rows of a layer's query as a GeoJSON FeatureCollection."""

from collections.abc import Iterable, Mapping
from typing import Any

from gis_dispatch.maps.layers import Layer
from gis_dispatch.ports import Reads

Bbox = tuple[float, float, float, float]


def layer_features(reads: Reads, layer: Layer, bbox: Bbox | None) -> dict[str, Any]:
    """The layer's features inside west, south, east, north; without a box, all of them."""
    west, south, east, north = bbox or (None, None, None, None)
    rows = reads.all(layer.query, west=west, south=south, east=east, north=north)
    return feature_collection(rows)


def feature_collection(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows with `id` and `geometry`; every other column becomes a property."""
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": row["geometry"],
        "properties": {k: v for k, v in row.items() if k not in {"id", "geometry"}},
    }
