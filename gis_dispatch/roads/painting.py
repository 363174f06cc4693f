"""Areas along streets of several levels that never overlap: painted cell by cell, then outlined.

Shaping each street exactly (`isochrones`) takes many seconds on a whole region, and coverage is
drawn again every few seconds. Here a place belongs to the street nearest to it, within `WIDTH_M`;
an outline is right to about a cell. Blocks that streets enclose are filled up to `BLOCK_M2`.
"""

import json
from collections.abc import Mapping
from math import ceil, sqrt
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_dispatch.domain.network import IntArray
from gis_dispatch.roads import kernel_paint
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.isochrones import BLOCK_M2, WIDTH_M
from gis_dispatch.roads.kernel_snap import metres_per_degree
from gis_dispatch.roads.stretches import Stretches

Rings = NDArray[np.object_]

CELL_M = 25.0
MOST_CELLS = 9_000_000
"""A region too large for that has larger cells."""
SMOOTH = 0.75
"""Of a cell: steps smaller than this are no corners."""
DECIMALS = 5
"""About a metre."""


def painted(
    graph: Graph, pieces: Stretches, level: IntArray, levels: int
) -> dict[int, Mapping[str, Any]]:
    """Per level 0 to `levels` - 1 a GeoJSON MultiPolygon of what is near pieces of that level."""
    west, south, east, north = graph.bounds
    scale = np.array(metres_per_degree((south + north) / 2))
    size_m = np.array([east - west, north - south]) * scale + 4 * WIDTH_M
    cell_m = max(CELL_M, sqrt(size_m[0] * size_m[1] / MOST_CELLS))
    columns, rows = (ceil(side / cell_m) for side in size_m)
    corner = np.array([west, south]) - 2 * WIDTH_M / scale
    cells = np.full(columns * rows, kernel_paint.EMPTY, dtype=np.uint8)
    kernel_paint.paint(
        pieces.road, pieces.from_m, pieces.to_m, level.astype(np.uint8),
        graph.point_start, graph.point_m,
        (graph.point_lon - corner[0]) * (scale[0] / cell_m),
        (graph.point_lat - corner[1]) * (scale[1] / cell_m),
        WIDTH_M / cell_m, columns, np.full(len(cells), np.inf, dtype=np.float32), cells,
    )  # fmt: skip
    kernel_paint.fill(cells, columns, int(BLOCK_M2 / cell_m**2))
    to_degrees = cell_m / scale
    return {one: _outlined(cells, columns, one, corner, to_degrees) for one in range(levels)}


def _outlined(
    cells: kernel_paint.Levels, columns: int, level: int,
    corner: kernel_paint.Floats, to_degrees: kernel_paint.Floats,
) -> Mapping[str, Any]:  # fmt: skip
    part = np.full(len(cells), -1, dtype=np.int32)
    count = kernel_paint.parts_of(cells, columns, level, part)
    if count == 0:
        return {"type": "MultiPolygon", "coordinates": []}
    x, y, starts, whose = kernel_paint.rings_of(cells, columns, level, part)
    number = np.repeat(np.arange(len(whose)), np.diff(starts))
    rings: Rings = np.asarray(shapely.linearrings(np.stack([x, y], axis=1), indices=number))
    shells = shapely.is_ccw(rings)
    # Ring by ring, and without looking whether they cross themselves, which is mended below: a
    # whole city's outline would take twenty times as long. A ring that vanishes is kept as it was.
    smooth = shapely.simplify(rings, SMOOTH, preserve_topology=False)
    good = (shapely.get_type_id(smooth) == _RING) & (shapely.get_num_coordinates(smooth) > _LEAST)
    rings[good] = smooth[good]
    order = np.argsort(whose[~shells], kind="stable")
    holes, inside = rings[~shells][order], whose[~shells][order]
    first = np.searchsorted(inside, np.arange(count + 1))
    areas = np.array([
        shapely.polygons(shell, holes=holes[first[one] : first[one + 1]].tolist() or None)
        for shell, one in zip(rings[shells], whose[shells].tolist(), strict=True)
    ])  # fmt: skip
    broken = ~shapely.is_valid(areas)
    areas[broken] = shapely.make_valid(areas[broken])
    flat = shapely.get_parts(shapely.get_parts(areas))
    flat = shapely.orient_polygons(flat[shapely.get_type_id(flat) == _POLYGON])
    degrees = shapely.transform(shapely.multipolygons(flat), lambda xy: xy * to_degrees + corner)
    told: dict[str, Any] = json.loads(shapely.to_geojson(degrees))
    told["coordinates"] = [
        [np.round(ring, DECIMALS).tolist() for ring in polygon] for polygon in told["coordinates"]
    ]
    return told


_POLYGON, _RING = shapely.GeometryType.POLYGON, shapely.GeometryType.LINEARRING
_LEAST = 3
"""Points of a ring that encloses nothing, the last being the first again."""
