"""What lies within a shape: whole roads first, then single segments only where its border runs."""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.stretches import Stretches, joined

Lines = NDArray[np.object_]


def near_roads(graph: Graph, part: BaseGeometry, margin: FloatArray) -> IntArray:
    """The roads whose boxes come within a margin (degrees of lon, lat) of a shape's box."""
    west, south, east, north = part.bounds
    boxes = graph.road_boxes
    return np.nonzero(
        (boxes[:, 0] <= east + margin[0]) & (boxes[:, 2] >= west - margin[0])
        & (boxes[:, 1] <= north + margin[1]) & (boxes[:, 3] >= south - margin[1])
    )[0].astype(np.int32)  # fmt: skip


class Near:
    """Roads near a closure, in metres about its middle."""

    def __init__(
        self, graph: Graph, roads: IntArray, to_metres: Callable[[FloatArray], FloatArray]
    ) -> None:
        self._graph = graph
        self._roads = roads
        counts = graph.point_start[roads + 1] - graph.point_start[roads]
        points = _runs(graph.point_start[roads], counts)
        lonlat = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
        self._metres = to_metres(lonlat)
        self._first = np.cumsum(counts) - counts
        """Where in `_metres` the points of each road begin."""
        self._lines = _lines(self._metres, np.repeat(np.arange(len(roads)), counts))

    def inside(self, area: BaseGeometry) -> Stretches:
        """Parts of the roads within (or, for a line, on) a shape; neighbours are not yet joined."""
        shapely.prepare(area)
        hit = np.nonzero(shapely.intersects(area, self._lines))[0]
        whole = shapely.covers(area, self._lines[hit])
        roads = self._roads[hit[whole]]
        covered = Stretches(roads, np.zeros(len(roads)), self._graph.road_length_m[roads])
        return joined([covered, *self._cut(area, hit[~whole])])

    def _cut(self, area: BaseGeometry, cut: NDArray[np.intp]) -> list[Stretches]:
        """Parts of the roads that a shape's border runs through, segment by segment."""
        graph, roads = self._graph, self._roads[cut]
        counts = graph.point_start[roads + 1] - graph.point_start[roads] - 1
        owner = np.repeat(roads, counts)
        first = _runs(self._first[cut], counts)
        corners = np.stack([self._metres[first], self._metres[first + 1]], axis=1)
        lines = _lines(corners.reshape(-1, 2), np.repeat(np.arange(len(first)), 2))
        point = _runs(graph.point_start[roads], counts)
        begins, ends = graph.point_m[point], graph.point_m[point + 1]
        hit = np.nonzero(shapely.intersects(area, lines))[0]
        whole = shapely.covers(area, lines[hit])
        covered, hit = hit[whole], hit[~whole]
        parts, of_part = shapely.get_parts(
            shapely.intersection(lines[hit], area), return_index=True
        )
        # Of two points on one spot nothing may be left: such a part has no coordinates.
        places, part = shapely.get_coordinates(parts, return_index=True)
        segment = hit[of_part[part]]
        away = np.hypot(*(places - corners[segment, 0]).T)
        length = np.hypot(*(corners[segment, 1] - corners[segment, 0]).T)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(length > 0, np.minimum(away / length, 1.0), 0.0)
        along = begins[segment] + share * (ends[segment] - begins[segment])
        start = np.nonzero(np.diff(part, prepend=-1))[0]
        if not len(start):
            return [Stretches(owner[covered], begins[covered], ends[covered])]
        return [
            Stretches(owner[covered], begins[covered], ends[covered]),
            Stretches(
                owner[segment[start]],
                np.minimum.reduceat(along, start),
                np.maximum.reduceat(along, start),
            ),
        ]


def _runs(first: IntArray, counts: IntArray) -> NDArray[np.int64]:
    """The numbers first, first + 1, … of each run, one run after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(first.astype(np.int64) - before, counts) + np.arange(int(counts.sum()))


def _lines(metres: FloatArray, owner: NDArray[np.int64]) -> Lines:
    """A line for every owner of points."""
    return np.array(shapely.linestrings(metres, indices=owner), dtype=object, ndmin=1)
