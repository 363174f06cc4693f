"""A ranking's journeys for one kind of vehicle: times, ways, and what the closures cost them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.domain.roads import ClosureCost, NoTrip, NoTripReason, RoadClosure, Start, Trip
from gis_dispatch.roads.closed_weights import closed_pace
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.routes import (
    lengths_driven_m,
    line_of,
    pieces_driven,
    runs_through,
    streets_of,
)
from gis_dispatch.roads.searching import Outcome
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.targets import Target, stands_blocked
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import Weights

WORTH_TELLING_S = 0.05
"""Less than this is rounding."""
EXPLAINED = 4
"""Up to this many closures met by one ranking, each is costed by a search without it."""


@dataclass(frozen=True, eq=False)
class Journeys:
    """Starts of one profile on their way to one place; a line is drawn when it is asked for."""

    vehicle: Vehicle
    starts: Sequence[Start]
    fleet: Fleet
    end: Snapped
    targets: Sequence[Target]
    weights: Weights
    best: Outcome
    free: Outcome
    costs: Sequence[tuple[ClosureCost, ...]]
    entered: tuple[int, ...]
    """The closures the incident lies in."""

    @cached_property
    def _columns(self) -> tuple[list[int], list[float], list[float], list[float]]:
        """Per start: its target (-1: it does not arrive), driving time, length and free time."""
        best, graph = self.best, self.vehicle.graph
        reached = np.where(best.side < 0, -1, best.target)
        length_m = lengths_driven_m(graph, self.fleet, self.targets, best)
        columns = reached, best.driving_s, length_m, self.free.driving_s
        return tuple(column.tolist() for column in columns)

    def trip(self, number: int, *, drawn: bool) -> Trip | NoTrip:
        """The trip of one start, or the reason for none."""
        start, place = self.starts[number], self.fleet.places[number]
        reached, driving_s, length_m, free_s = self._columns
        if reached[number] < 0:
            return NoTrip(start.key, self._why_not(number, place))
        target = self.targets[reached[number]]
        graph = self.vehicle.graph
        pieces = pieces_driven(graph, place, target, number, self.best) if drawn else None
        return Trip(
            key=start.key,
            driving_time_s=driving_s[number],
            length_m=length_m[number],
            line=line_of(graph, pieces) if pieces else (),
            streets=streets_of(graph, pieces) if pieces else (),
            start_gap_m=place.gap_m,
            end_gap_m=self.end.gap_m,
            free_driving_time_s=free_s[number],
            closures_avoided=self.costs[number],
            foot_m=target.foot_m,
            foot_time_s=target.foot_time_s,
            closures_entered=self.entered if target.foot_m > 0 else (),
        )

    def _why_not(self, number: int, place: Snapped) -> NoTripReason:
        if self.free.side[number] < 0:
            return "no_way"
        return "inside_closure" if stands_blocked(self.weights, place) else "cut_off_by_closures"


def journeys_to(
    vehicle: Vehicle, end: Snapped, starts: Sequence[Start], places: Sequence[Snapped],
    closures: Sequence[RoadClosure], *, costed: bool,
) -> Journeys:  # fmt: skip
    """Search for all starts, each on its place, under the closures and without them."""
    fleet = Fleet(vehicle.graph, places, [start.delay_s for start in starts])
    weights = vehicle.weights(closures)
    targets = vehicle.targets(weights, end)
    best = vehicle.searcher.run(weights, targets, fleet)
    free = best
    costs: list[tuple[ClosureCost, ...]] = [()] * len(starts)
    entered: tuple[int, ...] = ()
    if weights is not vehicle.free:
        free = vehicle.searcher.run(vehicle.free, targets[:1], fleet)
        if costed:
            costs = _costs(vehicle, end, fleet, best, free, closures)
        entered = tuple(c.id for c in closures if _lies_in(vehicle, end, c))
    return Journeys(
        vehicle, starts, fleet, end, targets, weights, best, free, costs, entered
    )  # fmt: skip


def _lies_in(vehicle: Vehicle, end: Snapped, closure: RoadClosure) -> bool:
    """Whether a closure blocks the very place."""
    return closed_pace(closure, vehicle.profile) == inf and any(
        stretch.from_m <= end.along_m <= stretch.to_m
        for stretch in vehicle.closed.by_road(closure).get(end.road, ())
    )


def _costs(
    vehicle: Vehicle, end: Snapped, fleet: Fleet, best: Outcome, free: Outcome,
    closures: Sequence[RoadClosure],
) -> list[tuple[ClosureCost, ...]]:  # fmt: skip
    """For each start, what the closures on its free way cost it.

    One closure's cost is what would be saved if it alone were lifted. When more than
    `EXPLAINED` closures lie on the ways of one ranking, or when lifting one alone saves nothing
    (two closures block the same way), the whole difference is put on one of
    those met (the first by number).
    """
    slower = np.nonzero(np.isfinite(best.arrival_s) & (best.arrival_s > free.arrival_s))[0]
    concerned = [
        (closure, vehicle.closed.by_road(closure))
        for closure in closures
        if closed_pace(closure, vehicle.profile) is not None
    ]
    met: dict[int, list[RoadClosure]] = {}
    for number in slower.tolist():
        place, itself = fleet.places[number], Target(end.road, end.along_m)
        way = pieces_driven(vehicle.graph, place, itself, number, free)
        met[number] = [closure for closure, where in concerned if runs_through(way, where)]
    distinct = {closure.id for found in met.values() for closure in found}
    without: dict[int, FloatArray] = {}
    if len(distinct) <= EXPLAINED:
        for identity in sorted(distinct):
            others = [closure for closure in closures if closure.id != identity]
            weights = vehicle.weights(others)
            without[identity] = (
                free.arrival_s
                if weights is vehicle.free
                else vehicle.searcher.arrivals_s(weights, vehicle.targets(weights, end), fleet)
            )
    return [
        _shared(number, met.get(number, []), best, free, without) for number in range(len(fleet))
    ]


def _shared(
    number: int, met: Sequence[RoadClosure], best: Outcome, free: Outcome,
    without: dict[int, FloatArray],
) -> tuple[ClosureCost, ...]:  # fmt: skip
    if not met:
        return ()
    now = best.arrival_s[number]
    costs = [
        ClosureCost(closure.id, float(now - without[closure.id][number]))
        for closure in met
        if closure.id in without
    ]
    costs = [cost for cost in costs if cost.cost_s >= WORTH_TELLING_S]
    return tuple(costs) or (ClosureCost(met[0].id, float(now - free.arrival_s[number])),)
