"""Which streets several units reach in time, and whether one of them does or two.

One search per vehicle spreads from all its units at once (`kernel_cover`) and keeps the two that
arrive first at every node. That is enough: the first two at any place on a road are among the first
two at one of its ends, or stand on it.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from gis_dispatch.domain.coverage import NONE, ONE, SEVERAL, WHOLE, Areas, Cover, CoveredLength
from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads import kernel_cover, kernel_spread
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.painting import painted
from gis_dispatch.roads.reaching import drive_until, driven_from
from gis_dispatch.roads.rows import row_starts
from gis_dispatch.roads.seeds import outward_seeds
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.spreading import MOST_WAITING, bucket_width_s
from gis_dispatch.roads.stretches import Stretches
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import Weights

Reaches = tuple[IntArray, FloatArray, FloatArray, IntArray]
"""Columns: a road, from which metre to which, and the number of the unit that reaches it."""


def covers(
    fleets: Sequence[tuple[Vehicle, Sequence[Start]]], limits_s: Sequence[float],
    closures: Sequence[RoadClosure], counting: "Counting", *, drawn: bool,
) -> list[Cover]:  # fmt: skip
    """What the units of all fleets reach together within each limit, in the order of the limits.

    A unit far from any road reaches nothing.
    """
    parties = _parties(fleets, closures, max(limits_s, default=0.0))
    return [_cover(parties, limit_s, counting, drawn=drawn) for limit_s in limits_s]


def pieces_reached(
    graph: Graph, fleets: Sequence[tuple[Vehicle, Sequence[Start]]], limit_s: float,
    closures: Sequence[RoadClosure],
) -> tuple[Stretches, IntArray]:  # fmt: skip
    """All roads, cut where the number of units changes that reach them; that number, up to two."""
    return _pieces(graph, _parties(fleets, closures, limit_s), limit_s)


def _parties(
    fleets: Sequence[tuple[Vehicle, Sequence[Start]]], closures: Sequence[RoadClosure],
    limit_s: float,
) -> "list[_Party]":  # fmt: skip
    numbers = {start.key: n for n, start in enumerate(s for _, all_ in fleets for s in all_)}
    return [
        _Party(vehicle, vehicle.weights(closures), starts, numbers, limit_s)
        for vehicle, starts in fleets
    ]


class Counting:
    """The roads that count, and in which of the areas each of their segments lies: where its middle
    does.
    """

    def __init__(self, graph: Graph, counts: NDArray[np.bool_], areas: Areas) -> None:
        """`counts` tells the roads that count."""
        self.graph = graph
        self.counts = counts
        self.areas = areas
        self._codes = list(areas.outlines)
        self._area = self._area_of_segments()
        roads = np.nonzero(counts)[0].astype(np.int32)
        self._all_m = self._lengths(
            Stretches(roads, np.zeros(len(roads)), np.asarray(graph.road_length_m)[roads])
        )

    def _area_of_segments(self) -> IntArray:
        graph = self.graph
        lon = (graph.point_lon + np.append(graph.point_lon[1:], 0.0)) / 2
        lat = (graph.point_lat + np.append(graph.point_lat[1:], 0.0)) / 2
        found = np.full(len(lon), -1, dtype=np.int32)
        for number, code in enumerate(self._codes):
            outline = shape(dict(self.areas.outlines[code]))
            shapely.prepare(outline)
            west, south, east, north = outline.bounds
            near = np.nonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))[0]
            found[near[shapely.intersects_xy(outline, lon[near], lat[near])]] = number
        return found

    def lengths(self, by_one: Stretches, by_two: Stretches) -> dict[str, CoveredLength]:
        """How much of each area's road that counts these are."""
        one_m, two_m = (
            self._lengths(some[self.counts[some.road]]).tolist() for some in (by_one, by_two)
        )
        rows = zip([*self._codes, WHOLE], self._all_m.tolist(), one_m, two_m, strict=True)
        return {code: CoveredLength(*lengths) for code, *lengths in rows}

    def _lengths(self, some: Stretches) -> FloatArray:
        total_m = np.zeros(len(self._codes) + 1)
        kernel_cover.lengths_by_area(
            some.road, some.from_m, some.to_m,
            self.graph.point_start, self.graph.point_m, self._area, total_m,
        )  # fmt: skip
        total_m[-1] = (some.to_m - some.from_m).sum()
        return total_m


class _Party:
    """The units of one vehicle profile, and when the first two of them enter each arc."""

    def __init__(
        self, vehicle: Vehicle, weights: Weights, starts: Sequence[Start],
        numbers: dict[int, int], limit_s: float,
    ) -> None:  # fmt: skip
        self._graph = vehicle.graph
        self._weights = weights
        self._here = [
            (place, start.delay_s, numbers[start.key])
            for start, place in zip(starts, vehicle.snapper.snap_starts(starts), strict=True)
            if place is not None
        ]
        self._arc_s, self._arc_unit = _entered(vehicle.graph, weights, self._here, limit_s)

    def reaches(self, limit_s: float) -> list[Reaches]:
        """What is reached in time: roads entered at either end, and those that units stand on."""
        graph, found = self._graph, []
        for arc_s, arc_unit in zip(self._arc_s, self._arc_unit, strict=True):
            front, back = driven_from(graph, self._weights, arc_s, limit_s)
            for metres, side in ((front, 0), (back, 1)):
                roads = np.nonzero(metres > 0)[0].astype(np.int32)
                length = np.asarray(graph.road_length_m)[roads]
                low = length - metres[roads] if side else np.zeros(len(roads))
                high = length if side else metres[roads]
                found.append((roads, low, high, arc_unit[2 * roads + side]))
        return [*found, self._stood_on(limit_s)]

    def _stood_on(self, limit_s: float) -> Reaches:
        rows = []
        for place, delay_s, number in self._here:
            left_s = limit_s - delay_s
            if left_s < 0:
                continue  # the turnout is not over yet
            length = float(self._graph.road_length_m[place.road])
            ahead = drive_until(self._weights, 2 * place.road, place.along_m, length, left_s)
            back = drive_until(self._weights, 2 * place.road + 1, place.along_m, length, left_s)
            rows.append((place.road, back, ahead, number))
        roads, lows, highs, numbers = zip(*rows, strict=True) if rows else ((),) * 4
        return (
            np.array(roads, dtype=np.int32), np.array(lows, dtype=np.float64),
            np.array(highs, dtype=np.float64), np.array(numbers, dtype=np.int32),
        )  # fmt: skip


def _entered(
    graph: Graph, weights: Weights, here: Sequence[tuple[Snapped, float, int]], limit_s: float
) -> tuple[FloatArray, IntArray]:
    """Per arc, in two rows: when the first two units enter it, and which they are."""
    nodes, costs, units = [], [], []
    for place, delay_s, number in here:
        node, cost = outward_seeds(graph, weights, place)
        nodes += node.tolist()
        costs += (cost + delay_s).tolist()
        units += [number] * len(node)
    cost = np.array(costs, dtype=np.float64)
    bucket_s = bucket_width_s(weights, cost[cost <= limit_s])
    room = graph.road_count + 1024
    while True:
        reached_s = np.full((2, graph.node_count), np.inf)
        unit = np.full((2, graph.node_count), -1, dtype=np.int32)
        done = kernel_cover.cover(
            weights.out_start, weights.out_head, weights.out_time_s, bucket_s, limit_s,
            np.array(nodes, dtype=np.int32), cost, np.array(units, dtype=np.int32),
            reached_s, unit, np.full(kernel_spread.BUCKETS, -1, dtype=np.int32),
            np.zeros(room), *np.zeros((3, room), dtype=np.int32),
        )  # fmt: skip
        if done:
            break
        if room > 2 * MOST_WAITING * (len(weights.out_head) + 1024):
            raise RuntimeError(f"{room} places are not enough: the search never ends")
        room *= 2
    arc_s = np.full((2, 2 * graph.road_count), np.inf)
    arc_unit = np.full((2, 2 * graph.road_count), -1, dtype=np.int32)
    kernel_cover.first_two_on_arcs(
        weights.out_start, weights.out_arc, reached_s, unit, arc_s, arc_unit
    )
    return arc_s, arc_unit


def _cover(parties: Sequence[_Party], limit_s: float, counting: Counting, *, drawn: bool) -> Cover:
    graph = counting.graph
    pieces, count = _pieces(graph, parties, limit_s)
    lengths = counting.lengths(pieces[count >= ONE], pieces[count == SEVERAL])
    if not drawn:
        return Cover(limit_s, lengths, {})
    drawn_too = (count > NONE) | counting.counts[pieces.road]
    shapes = painted(graph, pieces[drawn_too], count[drawn_too], SEVERAL + 1)
    return Cover(limit_s, lengths, shapes)


def _pieces(graph: Graph, parties: Sequence[_Party], limit_s: float) -> tuple[Stretches, IntArray]:
    reaches = [one for party in parties for one in party.reaches(limit_s)]
    road, low, high, whose = (np.concatenate(column) for column in zip(*reaches, strict=True))
    order = np.argsort(road, kind="stable")
    room = graph.road_count + 2 * len(road)
    out_road, out_count = np.zeros(room, dtype=np.int32), np.zeros(room, dtype=np.int32)
    out_from, out_to = np.zeros(room), np.zeros(room)
    size = kernel_cover.counted(
        graph.road_length_m, row_starts(road[order], graph.road_count),
        low[order], high[order], whose[order], SEVERAL, out_road, out_from, out_to, out_count,
    )  # fmt: skip
    return Stretches(out_road[:size], out_from[:size], out_to[:size]), out_count[:size]
