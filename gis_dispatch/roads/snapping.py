"""Puts points on roads: the nearest road a vehicle may use, and how far along it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.roads import Start
from gis_dispatch.roads import kernel_snap
from gis_dispatch.roads.graph import Graph

REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Snapped:
    """A point on a road."""

    road: int
    along_m: float
    gap_m: float
    lon: float
    lat: float


_UNKNOWN = Snapped(-1, 0.0, 0.0, 0.0, 0.0)


class Snapper:
    """Snaps for one vehicle; remembers, because stations and waiting units do not move."""

    def __init__(self, graph: Graph, ways: NDArray[np.uint8], max_gap_m: float) -> None:
        """`ways`: per road the directions that may be driven (see `Weights.ways`)."""
        self._graph = graph
        self._ways = ways
        self._max_gap_m = max_gap_m
        self._known: dict[tuple[float, float, float | None], Snapped | None] = {}

    def snap(self, lon: float, lat: float, heading_deg: float | None = None) -> Snapped | None:
        """The nearest allowed road, the one that goes this way where a heading is known."""
        graph = self._graph
        if self._is_far(lon, lat):
            return None
        road, along_m, gap_m, at_lon, at_lat = kernel_snap.nearest(
            lon, lat, nan if heading_deg is None else heading_deg,
            self._max_gap_m, self._ways,
            graph.cell_key, graph.cell_start, graph.cell_point, graph.segment_road,
            graph.point_lon, graph.point_lat, graph.point_m,
        )  # fmt: skip
        if road < 0:
            return None
        return Snapped(int(road), along_m, gap_m, at_lon, at_lat)

    def _is_far(self, lon: float, lat: float) -> bool:
        """Whether no road can be near, seen from the network's bounds.

        Near a pole, where degrees of longitude are short, looking for one would take for ever.
        """
        west, south, east, north = self._graph.bounds
        _, per_lat = kernel_snap.metres_per_degree(max(-90.0, min(90.0, lat)))
        if max(south - lat, lat - north) * per_lat > self._max_gap_m:
            return True
        per_lon, _ = kernel_snap.metres_per_degree(min(max(lat, south), north))
        return max(west - lon, lon - east) * per_lon > self._max_gap_m

    def snap_starts(self, starts: Sequence[Start]) -> list[Snapped | None]:
        """Every start on its road."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        snapped: list[Snapped | None] = []
        for start in starts:
            key = (start.lon, start.lat, start.heading_deg)
            found = self._known.get(key, _UNKNOWN)
            if found is _UNKNOWN:
                found = self._known[key] = self.snap(*key)
            snapped.append(found)
        return snapped
