"""Where a drawn closure touches the roads: stretches of roads, from metre to metre.

* A polygon closes what lies inside it.
* A line closes the roads it runs along (within 8 m, for at least 20 m or for the whole road) and,
  of a road it merely crosses, the crossing itself (1 m to either side). A road that only meets the
  end of the line is not crossed by it.
* A point closes the roads within 8 m of it.
* A line or point that touches nothing was drawn slightly beside the road: it is tried again at 16 m
  and at 32 m.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.errors import GeometryUnusable
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.kernel_snap import metres_per_degree

REACHES_M = (8.0, 16.0, 32.0)
ALONG_M = 20.0
CROSSING_M = 1.0

ToMetres = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a road that a closure touches."""

    road: int
    from_m: float
    to_m: float


@dataclass(frozen=True, slots=True)
class _Near:
    """Segments near a closure, in metres about its middle."""

    points: IntArray
    roads: IntArray
    lines: "np.ndarray[tuple[int], np.dtype[np.object_]]"


def stretches_of(graph: Graph, closure: RoadClosure) -> tuple[Stretch, ...]:
    """Every stretch of road a closure touches, roads in order, no two overlapping."""
    try:
        geometry = shape(dict(closure.geometry))
    except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GeometryUnusable(field="geometry", problem=str(error)) from error
    if geometry.is_empty or graph.road_count == 0:
        return ()
    middle = geometry.centroid
    scale = np.array(metres_per_degree(middle.y))
    centre = np.array([middle.x, middle.y])

    def to_metres(lonlat: FloatArray) -> FloatArray:
        return np.asarray((lonlat - centre) * scale, dtype=np.float64)

    found: list[Stretch] = []
    for part in getattr(geometry, "geoms", [geometry]):
        local = shapely.transform(part, to_metres)
        near = _near(graph, part, to_metres, REACHES_M[-1] / scale)
        for reach in REACHES_M:
            touched = list(_touched(graph, near, local, reach))
            if touched or local.area > 0:
                found.extend(touched)
                break
    return tuple(_merged(found))


def _near(graph: Graph, part: BaseGeometry, to_metres: ToMetres, margin: FloatArray) -> _Near:
    west, south, east, north = part.bounds
    boxes = graph.road_boxes
    roads = np.nonzero(
        (boxes[:, 0] <= east + margin[0]) & (boxes[:, 2] >= west - margin[0])
        & (boxes[:, 1] <= north + margin[1]) & (boxes[:, 3] >= south - margin[1])
    )[0]  # fmt: skip
    counts = graph.point_start[roads + 1] - graph.point_start[roads] - 1
    points = np.repeat(graph.point_start[roads] - np.cumsum(counts) + counts, counts)
    points = (points + np.arange(counts.sum())).astype(np.int32)
    ends = np.stack([points, points + 1], axis=1).ravel()
    lonlat = np.stack([graph.point_lon[ends], graph.point_lat[ends]], axis=1)
    metres = to_metres(lonlat)
    lines = np.array(shapely.linestrings(metres.reshape(-1, 2, 2)), dtype=object, ndmin=1)
    return _Near(points, np.repeat(roads, counts).astype(np.int32), lines)


def _touched(graph: Graph, near: _Near, local: BaseGeometry, reach: float) -> Iterator[Stretch]:
    if local.area > 0:
        valid = local if local.is_valid else shapely.make_valid(local)
        yield from _inside(graph, near, valid)
        return
    if not isinstance(local, shapely.LineString) or local.length == 0:
        yield from _inside(graph, near, local.buffer(reach))
        return
    trim = min(reach, local.length / 4)
    heart = shapely.ops.substring(local, trim, local.length - trim)
    crossings: dict[int, list[Stretch]] = {}
    for crossing in _inside(graph, near, heart):
        crossings.setdefault(crossing.road, []).append(crossing)
    for stretch in _merged(list(_inside(graph, near, local.buffer(reach, cap_style="flat")))):
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


def _inside(graph: Graph, near: _Near, area: BaseGeometry) -> Iterator[Stretch]:
    """Parts of the segments within (or, for a line, on) a geometry."""
    shapely.prepare(area)
    hit = np.nonzero(shapely.intersects(area, near.lines))[0]
    parts = shapely.intersection(near.lines[hit], area)
    for index, part in zip(hit, parts, strict=True):
        point, road = near.points[index], int(near.roads[index])
        start, end = graph.point_m[point], graph.point_m[point + 1]
        corners = shapely.get_coordinates(near.lines[index])
        length = float(np.hypot(*(corners[1] - corners[0])))
        for piece in getattr(part, "geoms", [part]):
            if piece.is_empty:  # two points on one spot: nothing lies between them
                continue
            away = np.hypot(*(shapely.get_coordinates(piece) - corners[0]).T)
            share = away / length if length else np.zeros(len(away))
            along = start + np.clip(share, 0.0, 1.0) * (end - start)
            yield Stretch(road, float(along.min()), float(along.max()))


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches of one road that touch, as one; roads in order."""
    merged: list[Stretch] = []
    for new in sorted(stretches, key=lambda s: (s.road, s.from_m)):
        last = merged[-1] if merged else None
        if last and last.road == new.road and new.from_m <= last.to_m + 0.001:
            merged[-1] = Stretch(new.road, last.from_m, max(last.to_m, new.to_m))
        else:
            merged.append(new)
    return merged
