"""What lies beside the roads as rows, copied into its tables in one go."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from psycopg2 import extensions

from gis_dispatch.domain.land import Land, LandShape
from gis_dispatch.store.copying import copy_rows

EARTH_RADIUS_M = 6_378_137.0
"""Of the sphere that the map's projection (EPSG:3857) unrolls."""
AT_ONCE = 20_000
"""Shapes that are projected together: fast, and a province's buildings do not fill the memory."""


def write_land(connection: extensions.connection, version: str, land: Land) -> None:
    """All land of a version."""
    areas = "land_areas (version, id, kind, class, name, side_m, geom)"
    copy_rows(connection, areas, _areas(version, land.areas))
    lines = "land_lines (version, id, kind, class, name, geom)"
    copy_rows(connection, lines, _lines(version, land.lines))
    names = "place_names (version, id, kind, name, population, point)"
    copy_rows(
        connection, names,
        (
            (version, number, one.kind, one.name, one.population, _point(one))
            for number, one in enumerate(land.names)
        ),
    )  # fmt: skip
    copy_rows(
        connection, "addresses (version, id, housenumber, street, point)",
        (
            (version, number, one.housenumber, one.street, _point(one))
            for number, one in enumerate(land.addresses)
        ),
    )  # fmt: skip
    copy_rows(
        connection, "land_sites (version, id, kind, class, name, details, point)",
        (
            (
                version, number, one.kind, one.site_class, one.name,
                json.dumps(dict(one.details), ensure_ascii=False), _point(one),
            )
            for number, one in enumerate(land.sites)
        ),
    )  # fmt: skip


def _point(one: Any) -> str:
    return f"SRID=4326;POINT({one.lon!r} {one.lat!r})"


def _areas(version: str, shapes: Sequence[LandShape]) -> Iterator[Sequence[object]]:
    for number, shape, geometry, drawn in _drawn(shapes):
        side_m = round(float(np.sqrt(shapely.area(geometry))), 1)
        yield version, number, shape.kind, shape.land_class, shape.name, side_m, drawn


def _lines(version: str, shapes: Sequence[LandShape]) -> Iterator[Sequence[object]]:
    for number, shape, _, drawn in _drawn(shapes):
        yield version, number, shape.kind, shape.land_class, shape.name, drawn


def _drawn(shapes: Sequence[LandShape]) -> Iterator[tuple[int, LandShape, Any, str]]:
    """(number, shape, geometry, hex) in the projection of the map."""
    for first in range(0, len(shapes), AT_ONCE):
        some = shapes[first : first + AT_ONCE]
        projected = shapely.transform(shapely.from_wkb([shape.wkb for shape in some]), _projected)
        written = shapely.to_wkb(shapely.set_srid(projected, 3857), hex=True, include_srid=True)
        rows = zip(some, projected, written, strict=True)
        for number, (shape, geometry, drawn) in enumerate(rows, first):
            yield number, shape, geometry, drawn


def _projected(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Web Mercator, as every map of tiles is drawn."""
    lon, lat = np.radians(lon_lat[:, 0]), np.radians(np.clip(lon_lat[:, 1], -85.05, 85.05))
    return np.column_stack(
        (EARTH_RADIUS_M * lon, EARTH_RADIUS_M * np.log(np.tan(np.pi / 4 + lat / 2)))
    )
