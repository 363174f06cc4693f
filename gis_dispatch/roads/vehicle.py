"""The engine for one kind of vehicle on one network: its weights and its trips."""

from collections.abc import Sequence
from math import inf

from gis_dispatch.domain.roads import ClosureCost, NoTrip, RoadClosure, Start, Trip
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profiles import Profile
from gis_dispatch.roads.routes import Pieces, line_of, pieces_driven, runs_through, streets_of
from gis_dispatch.roads.searching import Outcome, Searcher
from gis_dispatch.roads.snapping import Snapped, Snapper
from gis_dispatch.roads.weights import Weights, closed_pace, closed_weights, open_weights

EXPLAINED = 4
"""Up to this many closures met by one ranking, each is costed by a search without it."""
KEPT_SETS = 32


class Vehicle:
    """Trips of one profile."""

    def __init__(
        self, graph: Graph, profile: Profile, searcher: Searcher, closed: ClosedRoads
    ) -> None:
        self.graph = graph
        self.profile = profile
        self.free = open_weights(graph, profile)
        self.snapper = Snapper(graph, self.free)
        self.searcher = searcher
        self._closed = closed
        self._sets: dict[tuple[tuple[int, int], ...], Weights] = {}

    def weights(self, closures: Sequence[RoadClosure]) -> Weights:
        """The network under these closures; compiled once per set of (id, version)."""
        if not closures:
            return self.free
        key = tuple(sorted((closure.id, closure.version) for closure in closures))
        weights = self._sets.get(key)
        if weights is None:
            touched = [(closure, self._closed.stretches(closure)) for closure in closures]
            weights = closed_weights(self.graph, self.free, touched)
            if len(self._sets) >= KEPT_SETS:
                self._sets.clear()
            self._sets[key] = weights
        return weights

    def trips(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure]
    ) -> list[Trip | NoTrip]:
        """A trip, or the reason for none, for every start, in their order."""
        end = self.snapper.snap(lon, lat)
        if end is None:
            return [NoTrip(start.key, "no_road_near_incident") for start in starts]
        snapped = self.snapper.snap_starts(starts)
        here = [place for place in snapped if place is not None]
        weights = self.weights(closures)
        best = self.searcher.run(weights, end, here)
        free = best if weights is self.free else self.searcher.run(self.free, end, here)
        costs = [()] * len(here) if free is best else self._costs(end, here, best, free, closures)
        made: list[Trip | NoTrip] = []
        number = 0
        for start, place in zip(starts, snapped, strict=True):
            if place is None:
                made.append(NoTrip(start.key, "no_road_near_unit"))
                continue
            made.append(self._trip(start, place, end, number, best, free, costs[number]))
            number += 1
        return made

    def _trip(
        self, start: Start, place: Snapped, end: Snapped, number: int,
        best: Outcome, free: Outcome, costs: tuple[ClosureCost, ...],
    ) -> Trip | NoTrip:  # fmt: skip
        if best.side[number] < 0:
            return NoTrip(start.key, "no_way" if free.side[number] < 0 else "cut_off_by_closures")
        pieces = self._pieces(place, end, number, best)
        return Trip(
            key=start.key,
            driving_time_s=float(best.cost_s[number]),
            length_m=pieces.length_m,
            line=line_of(self.graph, pieces),
            streets=streets_of(self.graph, pieces),
            start_gap_m=place.gap_m,
            end_gap_m=end.gap_m,
            free_driving_time_s=float(free.cost_s[number]),
            closures_avoided=costs,
        )

    def _pieces(self, place: Snapped, end: Snapped, number: int, outcome: Outcome) -> Pieces:
        return pieces_driven(
            self.graph, place, end, int(outcome.side[number]), outcome.arcs[number]
        )

    def _costs(
        self, end: Snapped, here: Sequence[Snapped], best: Outcome, free: Outcome,
        closures: Sequence[RoadClosure],
    ) -> list[tuple[ClosureCost, ...]]:  # fmt: skip
        """For each start, what the closures on its free way cost it.

        One closure's cost is what would be saved if it alone were lifted. When more than
        `EXPLAINED` closures lie on the ways of one ranking, or when lifting one alone saves nothing
        (two closures block the same way), the whole difference is put on the first closure met.
        """
        met: list[list[RoadClosure]] = []
        for number, place in enumerate(here):
            slower = best.cost_s[number] > free.cost_s[number] and best.cost_s[number] < inf
            way = self._pieces(place, end, number, free) if slower else None
            met.append([] if way is None else self._met(way, closures))
        distinct = {closure.id: closure for found in met for closure in found}
        without: dict[int, Outcome] = {}
        if len(distinct) <= EXPLAINED:
            for identity in distinct:
                others = [closure for closure in closures if closure.id != identity]
                without[identity] = self.searcher.run(
                    self.weights(others), end, here, with_arcs=False
                )
        return [
            self._shared(number, found, best, free, without) for number, found in enumerate(met)
        ]

    def _met(self, way: Pieces, closures: Sequence[RoadClosure]) -> list[RoadClosure]:
        return [
            closure
            for closure in closures
            if closed_pace(closure, self.profile) is not None
            and runs_through(way, self._closed.by_road(closure))
        ]

    @staticmethod
    def _shared(
        number: int, met: Sequence[RoadClosure], best: Outcome, free: Outcome,
        without: dict[int, Outcome],
    ) -> tuple[ClosureCost, ...]:  # fmt: skip
        if not met:
            return ()
        total = float(best.cost_s[number] - free.cost_s[number])
        costs = [
            ClosureCost(closure.id, float(best.cost_s[number] - without[closure.id].cost_s[number]))
            for closure in met
            if closure.id in without
        ]
        costs = [cost for cost in costs if cost.cost_s > 0]
        return tuple(costs) or (ClosureCost(met[0].id, total),)
