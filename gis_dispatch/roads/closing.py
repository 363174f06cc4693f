"""Where a drawn closure touches the roads: stretches of roads, from metre to metre.

* A polygon closes what lies inside it. Water (a polygon of a closure with a depth) runs under
  bridges: roads on them stay open, but for bridges built to be flooded. A polygon without a depth
  closes bridges too.
* A line that is one road's own drawing (`Roads.edge_at` tells it; either way round, to 1e-7°)
  closes that road whole, and not what runs beside it or crosses it. When newer roads are imported
  in which it is drawn otherwise, the line counts as any other.
* Any other line closes the roads it runs along (within 8 m, for at least 20 m or the whole road)
  and, of a road it merely crosses, the crossing itself (1 m to either side). A road that only meets
  the end of the line is not crossed by it.
* A point closes the roads within 8 m of it.
* A line or point that touches nothing was drawn slightly beside the road: it is tried again at 16 m
  and at 32 m.
"""

from collections.abc import Callable, Iterator

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.errors import GeometryUnusable
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.kernel_snap import metres_per_degree
from gis_dispatch.roads.stretches import TOUCH_M, Stretch, Stretches, joined, stretches
from gis_dispatch.roads.touching import Near, near_roads

REACHES_M = (8.0, 16.0, 32.0)
ALONG_M = 20.0
CROSSING_M = 1.0
SAME_DEG = 1e-7
FLOODED_BRIDGES = frozenset({"no", "low_water_crossing"})
"""Values of OSM's `bridge` that keep nobody dry."""

ToMetres = Callable[[FloatArray], FloatArray]


def stretches_of(graph: Graph, closure: RoadClosure) -> Stretches:
    """Every stretch of road a closure touches, roads in order, no two overlapping."""
    try:
        with np.errstate(invalid="ignore"):
            geometry = shape(dict(closure.geometry))
    except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GeometryUnusable(field="geometry", problem=str(error)) from error
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise GeometryUnusable(field="geometry", problem="a coordinate is not a number")
    if geometry.is_empty or graph.road_count == 0:
        return stretches(())
    middle = geometry.centroid
    scale = np.array(metres_per_degree(middle.y))
    centre = np.array([middle.x, middle.y])

    def to_metres(lonlat: FloatArray) -> FloatArray:
        return np.asarray((lonlat - centre) * scale, dtype=np.float64)

    parts = getattr(geometry, "geoms", [geometry])
    wet = closure.depth_cm is not None
    found = joined(_closed_by(graph, part, to_metres, scale, wet=wet) for part in parts).merged()
    return _tidy(found, graph.road_length_m[found.road])


def _tidy(found: Stretches, length_m: FloatArray) -> Stretches:
    """To the very end of a road where only a rounding error is missing, and no mere touches."""
    long_enough = found.to_m - found.from_m >= np.minimum(TOUCH_M, length_m)
    return Stretches(
        found.road,
        np.where(found.from_m < TOUCH_M, 0.0, found.from_m),
        np.where(found.to_m > length_m - TOUCH_M, length_m, found.to_m),
    )[long_enough]


def _closed_by(
    graph: Graph, part: BaseGeometry, to_metres: ToMetres, scale: FloatArray, *, wet: bool
) -> Stretches:
    """What one part of a drawing closes."""
    roads = near_roads(graph, part, REACHES_M[-1] / scale)
    itself = _drawn_as(graph, roads, part)
    if len(itself):
        return Stretches(itself, np.zeros(len(itself)), graph.road_length_m[itself])
    local = shapely.transform(part, to_metres)
    if local.area > 0:
        dry = _on_bridges(graph, roads) if wet else np.zeros(len(roads), dtype=bool)
        valid = local if local.is_valid else shapely.make_valid(local)
        return Near(graph, roads[~dry], to_metres).inside(valid)
    near = Near(graph, roads, to_metres)
    for reach in REACHES_M:
        touched = stretches(_touched(graph, near, local, reach))
        if len(touched):
            break
    return touched


def _drawn_as(graph: Graph, roads: IntArray, part: BaseGeometry) -> IntArray:
    """The roads of which a line is the very drawing."""
    if not isinstance(part, shapely.LineString):
        return roads[:0]
    line = shapely.get_coordinates(part)
    counts = graph.point_start[roads + 1] - graph.point_start[roads]
    off = np.abs(graph.road_boxes[roads] - np.array(part.bounds)).max(axis=1, initial=0.0)
    alike = roads[(counts == len(line)) & (off <= SAME_DEG)]
    return np.array([road for road in alike if _is_drawn(graph, int(road), line)], dtype=np.int32)


def _is_drawn(graph: Graph, road: int, line: FloatArray) -> bool:
    points = slice(int(graph.point_start[road]), int(graph.point_start[road + 1]))
    drawn = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
    return any(bool((np.abs(drawn - way) <= SAME_DEG).all()) for way in (line, line[::-1]))


def _on_bridges(graph: Graph, roads: IntArray) -> NDArray[np.bool_]:
    """Which of these roads stand above the water."""
    rule, which = np.unique(graph.arc_rule.reshape(-1, 2)[roads].max(axis=1), return_inverse=True)
    kinds = [str(graph.rules[number][1].get("bridge", "no")) for number in rule.tolist()]
    return np.array([kind not in FLOODED_BRIDGES for kind in kinds], dtype=bool)[which]


def _touched(graph: Graph, near: Near, local: BaseGeometry, reach: float) -> Iterator[Stretch]:
    """What a line or a point closes of the roads within its reach."""
    if not isinstance(local, shapely.LineString) or local.length == 0:
        yield from near.inside(local.buffer(reach))
        return
    trim = min(reach, local.length / 4)
    heart = shapely.ops.substring(local, trim, local.length - trim)
    crossings: dict[int, list[Stretch]] = {}
    for crossing in near.inside(heart):
        crossings.setdefault(crossing.road, []).append(crossing)
    for stretch in near.inside(local.buffer(reach, cap_style="flat")).merged():
        length = float(graph.road_length_m[stretch.road])
        long_enough = stretch.to_m - stretch.from_m >= min(ALONG_M, length - 0.01)
        if long_enough:
            yield stretch
            continue
        for crossing in crossings.get(stretch.road, []):
            if stretch.from_m <= crossing.from_m <= stretch.to_m:
                yield Stretch(
                    stretch.road,
                    max(0.0, crossing.from_m - CROSSING_M),
                    min(length, crossing.to_m + CROSSING_M),
                )
