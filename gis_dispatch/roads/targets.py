"""Where a journey may end: the incident itself, or where a closure makes the crew go on on foot.

An incident inside a blocked stretch cannot be driven to. From it the blocked roads are followed on
foot, in every direction, to each place where a vehicle can still stand: the end of the blocked
stretch, or a junction. Each of these is a target, and what is left to walk is its cost.
"""

import heapq
from dataclasses import dataclass
from math import inf

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import SPEED_MPS, Weights

NO_ROAD = -1
NO_JUNCTION = -1


@dataclass(frozen=True, slots=True)
class Target:
    """A place to stop at: on a road, or (road -1) at a junction."""

    road: int
    along_m: float
    junction: int = -1
    foot_m: float = 0.0
    foot_time_s: float = 0.0


def targets_of(graph: Graph, weights: Weights, end: Snapped, foot_kph: float) -> list[Target]:
    """The incident's own place first, then where walking to it may begin."""
    itself = Target(end.road, end.along_m)
    around = _blocked_around(weights, end.road, end.along_m)
    if around is None:
        return [itself]
    return [itself, *_Walk(graph, weights, foot_kph).targets(end.road, end.along_m, around)]


def stands_blocked(weights: Weights, place: Snapped) -> bool:
    """Whether a place lies inside a blocked stretch."""
    return _blocked_around(weights, place.road, place.along_m) is not None


def _blocked_around(weights: Weights, road: int, along_m: float) -> tuple[float, float] | None:
    """The blocked stretch (from, to) of a road that a place lies in or at the edge of."""
    row = weights.piece_row[road]
    if row < 0:
        return None
    found: tuple[float, float] | None = None
    for piece in range(weights.piece_start[row], weights.piece_start[row + 1]):
        if weights.piece_pace[piece] != inf:
            continue
        low, high = float(weights.piece_from[piece]), float(weights.piece_to[piece])
        if high <= low:
            continue
        if found is not None and found[1] == low:
            found = found[0], high  # pieces are in order: this one goes on where the last ended
        elif found is not None and found[0] <= along_m <= found[1]:
            break
        else:
            found = low, high
    return found if found is not None and found[0] <= along_m <= found[1] else None


class _Walk:
    """A search on foot over blocked roads only (Dijkstra, 1959)."""

    def __init__(self, graph: Graph, weights: Weights, foot_kph: float) -> None:
        self._graph = graph
        self._pace = SPEED_MPS / foot_kph
        road, low, high = _blocked(weights)
        begins = np.where(low <= 0.0, graph.road_from[road], -1).tolist()
        ends = np.where(high >= graph.road_length_m[road], graph.road_to[road], -1).tolist()
        self._stretches = list(
            zip(road.tolist(), low.tolist(), high.tolist(), begins, ends, strict=True)
        )
        self._at: dict[int, list[int]] = {}
        """The blocked stretches that begin or end at a junction."""
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            for junction in {begin, end} - {NO_JUNCTION}:
                self._at.setdefault(junction, []).append(number)

    def targets(self, road: int, along_m: float, around: tuple[float, float]) -> list[Target]:
        """Every end of the walk that a vehicle might reach."""
        found: list[Target] = []
        waiting: list[tuple[float, int]] = []
        low, high = around
        length = float(self._graph.road_length_m[road])
        begin = int(self._graph.road_from[road]) if low <= 0.0 else NO_JUNCTION
        end = int(self._graph.road_to[road]) if high >= length else NO_JUNCTION
        self._end_walk(road, low, begin, along_m - low, found, waiting)
        self._end_walk(road, high, end, high - along_m, found, waiting)
        done: set[int] = set()
        while waiting:
            foot_m, junction = heapq.heappop(waiting)
            if junction in done:
                continue
            done.add(junction)
            found.append(Target(NO_ROAD, 0.0, junction, foot_m, foot_m * self._pace))
            for number in self._at.get(junction, ()):
                other, low, high, begin, end = self._stretches[number]
                walked = foot_m + (high - low)
                if begin == junction and end not in done:
                    self._end_walk(other, high, end, walked, found, waiting)
                if end == junction and begin not in done:
                    self._end_walk(other, low, begin, walked, found, waiting)
        return found

    def _end_walk(
        self, road: int, edge_m: float, junction: int, foot_m: float,
        found: list[Target], waiting: list[tuple[float, int]],
    ) -> None:  # fmt: skip
        """At the end of a stretch: on from a junction, or a place where a vehicle may stand."""
        if junction == NO_JUNCTION:
            found.append(Target(road, edge_m, foot_m=foot_m, foot_time_s=foot_m * self._pace))
        else:
            heapq.heappush(waiting, (foot_m, junction))


def _blocked(weights: Weights) -> tuple[IntArray, FloatArray, FloatArray]:
    """Every blocked stretch (road, from, to); pieces that follow each other are one."""
    closed = np.nonzero(weights.piece_row >= 0)[0].astype(np.int32)
    closed = closed[np.argsort(weights.piece_row[closed])]
    road = np.repeat(closed, np.diff(weights.piece_start))
    low, high = weights.piece_from, weights.piece_to
    blocked = (weights.piece_pace == inf) & (high > low)
    road, low, high = road[blocked], low[blocked], high[blocked]
    first = np.ones(len(road), dtype=bool)
    first[1:] = (road[1:] != road[:-1]) | (low[1:] != high[:-1])
    last = np.append(first[1:], True)[: len(road)]
    return road[first], low[first], high[last]
