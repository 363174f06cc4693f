"""The engine for one kind of vehicle on one network: its weights and who reaches a place first."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.closed_weights import closed_pace, closed_weights
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.snapping import Snapped, Snapper
from gis_dispatch.roads.stretches import Stretch
from gis_dispatch.roads.targets import Target, targets_of
from gis_dispatch.roads.weights import Weights

KEPT_SETS = 8
"""How many sets of closures are kept compiled; each is a few megabytes on a large city."""


class Vehicle:
    """One profile on one graph."""

    def __init__(
        self, graph: Graph, profile: Profile, free: Weights,
        searcher: Searcher, closed: ClosedRoads,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.profile = profile
        self.free = free
        self.snapper = Snapper(graph, free.ways, profile.max_gap_m)
        self.searcher = searcher
        self.closed = closed
        self._keeping = Lock()
        self._sets: OrderedDict[tuple[tuple[int, int], ...], Weights] = OrderedDict()

    def weights(self, closures: Sequence[RoadClosure]) -> Weights:
        """The network under these closures; compiled once per set of (id, version)."""
        concerned = [c for c in closures if closed_pace(c, self.profile) is not None]
        if not concerned:
            return self.free
        key = tuple(sorted((closure.id, closure.version) for closure in concerned))
        with self._keeping:
            weights = self._sets.get(key)
            if weights is not None:
                self._sets.move_to_end(key)
                return weights
        touched = [(closure, self.closed.stretches(closure)) for closure in concerned]
        weights = closed_weights(self.graph, self.profile, self.free, touched)
        with self._keeping:
            self._sets[key] = weights
            while len(self._sets) > KEPT_SETS:
                self._sets.popitem(last=False)
        return weights

    def warm_up(self, road: int) -> None:
        """Close a road for a moment and look at a way: what a first ranking may not do."""
        length_m = float(self.graph.road_length_m[road])
        shut = RoadClosure(0, 0, {}, "closed"), [Stretch(road, 0.0, length_m)]
        weights = closed_weights(self.graph, self.profile, self.free, [shut])
        there = [Target(road, 0.0)]
        fleet = Fleet(self.graph, [Snapped(road, length_m, 0.0, 0.0, 0.0)], [0.0])
        self.searcher.run(weights, there, fleet).arcs_of(0)

    def targets(self, weights: Weights, end: Snapped) -> list[Target]:
        """Where a journey to this place may end."""
        return targets_of(self.graph, weights, end, self.profile.foot_speed_kph)

    def fleet(self, starts: Sequence[Start]) -> Fleet:
        """Starts put on their roads; those far from any road are left out."""
        snapped = self.snapper.snap_starts(starts)
        on_road = [
            (place, start.delay_s)
            for place, start in zip(snapped, starts, strict=True)
            if place is not None
        ]
        return Fleet(self.graph, [place for place, _ in on_road], [delay for _, delay in on_road])

    def nearest(
        self, lon: float, lat: float, fleet: Fleet, closures: Sequence[RoadClosure] = (),
        wanted: int = 10,
    ) -> tuple[IntArray, FloatArray]:  # fmt: skip
        """(the soonest of the fleet's places, when each arrives in s with its delay)."""
        end = self.snapper.snap(lon, lat)
        if end is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0)
        weights = self.weights(closures)
        return self.searcher.soonest(weights, self.targets(weights, end), fleet, wanted)
