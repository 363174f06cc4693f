"""Roads of a network for the searches of these tests: paired, cut by closures, and found again.

Nothing is taken from the compiled graph but where the engine put a point.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

import numpy as np
import shapely

from gis_dispatch.domain.network import FloatArray, Network
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.build import lengths_m
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.snapping import Snapped
from tests.roads.plain import closed_speed

Piece = tuple[float, float, float]
"""(from metre, to metre, s/m; inf: blocked)"""
DRY = frozenset({"no", "low_water_crossing"})
"""Bridges that water does not run under."""
NEAR_M = 0.001


@dataclass(frozen=True)
class Road:
    """One or two edges with one drawing; the other direction of a one-way is edge -1 - edge."""

    edges: tuple[int, int]
    ends: tuple[int, int]
    length_m: float
    line: FloatArray


@dataclass(frozen=True)
class Place:
    """Somewhere on a road, in metres as it is drawn."""

    road: int
    along_m: float


class Roads:
    """The roads of a network, and which of them the engine means."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.all: list[Road] = []
        alone: dict[tuple[int, int, bytes], list[int]] = {}
        for edge in range(network.edge_count):
            start, end = int(network.from_junction[edge]), int(network.to_junction[edge])
            line = np.ascontiguousarray(network.lines[edge])
            twins = alone.get((end, start, line[::-1].tobytes()))
            if twins:
                twin = self.all[twins[-1]]
                self.all[twins.pop()] = replace(twin, edges=(twin.edges[0], edge))
                continue
            alone.setdefault((start, end, line.tobytes()), []).append(len(self.all))
            length_m = float(network.length_m[edge])
            self.all.append(Road((edge, -1 - edge), (start, end), length_m, line))
        self._by_line: dict[bytes, list[tuple[int, bool]]] = {}
        for number, road in enumerate(self.all):
            self._by_line.setdefault(road.line.tobytes(), []).append((number, False))
            self._by_line.setdefault(road.line[::-1].tobytes(), []).append((number, True))
        self._tree = shapely.STRtree([shapely.LineString(road.line) for road in self.all])

    def place(self, graph: Graph, at: Snapped) -> Place | None:
        """Where a point is that the engine put on a road; None where two roads look the same."""
        points = slice(int(graph.point_start[at.road]), int(graph.point_start[at.road + 1]))
        line = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
        found = self._by_line[line.tobytes()]
        if len(found) > 1:
            return None
        number, turned = found[0]
        length_m = self.all[number].length_m
        if at.along_m == float(graph.road_length_m[at.road]):
            return Place(number, 0.0 if turned else length_m)
        return Place(number, max(length_m - at.along_m, 0.0) if turned else at.along_m)

    def pieces(self, closures: Sequence[RoadClosure], profile: Profile) -> dict[int, list[Piece]]:
        """Which parts of roads closures drawn as areas block or slow for a vehicle."""
        pieces: dict[int, list[Piece]] = {}
        for closure in closures:
            speed_kph = closed_speed(closure, profile)
            if speed_kph == inf:
                continue
            pace = 3.6 / speed_kph if speed_kph else inf
            area = shapely.geometry.shape(dict(closure.geometry))
            for number in self._tree.query(area).tolist():
                tags = self.network.restrictions[self.all[number].edges[0]]
                if closure.depth_cm is None or tags.get("bridge", "no") in DRY:
                    for low, high in _inside(self.all[number], area):
                        pieces.setdefault(number, []).append((low, high, pace))
        return pieces


def _inside(road: Road, area: shapely.Geometry) -> Iterator[tuple[float, float]]:
    """The parts of a road in an area, cut in degrees: along one segment both grow alike."""
    steps = [float(lengths_m([np.array(ends)])[0]) for ends in pairwise(road.line)]
    begins = np.concatenate(([0.0], np.cumsum(steps)))
    found: list[tuple[float, float]] = []
    for number, (one, other) in enumerate(pairwise(road.line)):
        part = shapely.LineString([one, other]).intersection(area)
        for piece in getattr(part, "geoms", [part]):
            if piece.length:
                away = np.hypot(*(shapely.get_coordinates(piece) - one).T)
                share = np.sort(away / np.hypot(*(other - one)))
                low, high = begins[number] + share[[0, -1]] * steps[number]
                found.append((float(low), float(high)))
    for low, high in joined(found, NEAR_M):
        if high - low >= NEAR_M:
            to_end = high > road.length_m - NEAR_M
            yield (low if low >= NEAR_M else 0.0), (road.length_m if to_end else high)


def joined(parts: Iterable[tuple[float, float]], near_m: float = 0.0) -> list[tuple[float, float]]:
    """Parts of one road that touch, as one."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(parts):
        if found and low <= found[-1][1] + near_m:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found
