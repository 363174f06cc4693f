"""Where a journey may end: the incident itself, or where a closure makes the crew go on on foot.

An incident inside a blocked stretch cannot be driven to. From it the blocked roads are followed on
foot, in every direction, to each place where a vehicle can still stand: the end of the blocked
stretch, or a junction. Each of these is a target, and what is left to walk is its cost.
"""

import heapq
from dataclasses import dataclass
from math import inf

from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import SPEED_MPS, Weights

NO_ROAD = -1


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
        self._graph, self._weights = graph, weights
        self._pace = SPEED_MPS / foot_kph
        self._roads_at: dict[int, list[int]] | None = None

    def targets(self, road: int, along_m: float, around: tuple[float, float]) -> list[Target]:
        """Every end of the walk that a vehicle might reach."""
        found: list[Target] = []
        waiting: list[tuple[float, int]] = []
        self._follow(road, along_m, around, 0.0, found, waiting)
        done: set[int] = set()
        while waiting:
            foot_m, junction = heapq.heappop(waiting)
            if junction in done:
                continue
            done.add(junction)
            found.append(Target(NO_ROAD, 0.0, junction, foot_m, foot_m * self._pace))
            for other in self._blocked_roads_at(junction):
                length = float(self._graph.road_length_m[other])
                for begin in {0.0, length}:
                    ends = self._graph.road_from if begin == 0.0 else self._graph.road_to
                    stretch = _blocked_around(self._weights, other, begin)
                    if int(ends[other]) == junction and stretch is not None:
                        self._follow(other, begin, stretch, foot_m, found, waiting)
        return found

    def _follow(
        self, road: int, along_m: float, stretch: tuple[float, float], foot_m: float,
        found: list[Target], waiting: list[tuple[float, int]],
    ) -> None:  # fmt: skip
        """Walk both ways along one blocked stretch."""
        graph = self._graph
        for edge_m in stretch:
            walked = foot_m + abs(edge_m - along_m)
            if edge_m <= 0.0:
                heapq.heappush(waiting, (walked, int(graph.road_from[road])))
            elif edge_m >= graph.road_length_m[road]:
                heapq.heappush(waiting, (walked, int(graph.road_to[road])))
            else:
                found.append(Target(road, edge_m, foot_m=walked, foot_time_s=walked * self._pace))

    def _blocked_roads_at(self, junction: int) -> list[int]:
        if self._roads_at is None:
            self._roads_at = {}
            for road in (self._weights.piece_row >= 0).nonzero()[0].tolist():
                for end in {int(self._graph.road_from[road]), int(self._graph.road_to[road])}:
                    self._roads_at.setdefault(end, []).append(road)
        return self._roads_at.get(junction, [])
