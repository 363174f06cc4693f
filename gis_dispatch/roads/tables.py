"""Tables of driving times, many places to many: one search for each of whichever are fewer.

The times are those of `trips_to`, rounding apart: the same places on the roads, the same
weights, the same search, only the other way round where that saves searches.
"""

from collections.abc import Sequence

import numpy as np

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.seeds import STAYS, inward_seeds
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import Weights

Places = Sequence[tuple[float, float]]


def times_between(
    vehicle: Vehicle, origins: Places, destinations: Places, closures: Sequence[RoadClosure]
) -> list[list[float | None]]:
    """Seconds, a row per origin and a column per destination ((lon, lat) each); None: no way.

    To a destination inside a closure one drives as near as a crew would, and walks on: the walk is
    not in these times, as it is not in a trip's driving time.
    """
    weights = vehicle.weights(closures)
    begins, rows = _on_roads(vehicle, origins)
    ends, columns = _on_roads(vehicle, destinations)
    fleet = Fleet(vehicle.graph, begins, [0.0] * len(begins))
    targets = [vehicle.targets(weights, end) for end in ends]
    table = np.full((len(begins), len(ends)), np.inf)
    open_ends = [number for number, several in enumerate(targets) if len(several) == 1]
    if len(begins) < len(open_ends):
        single = [targets[number][0] for number in open_ends]
        table[:, open_ends] = _outward(vehicle, weights, fleet, single)
    else:
        for number in open_ends:
            order, times = vehicle.searcher.soonest(weights, targets[number], fleet, len(fleet))
            table[order, number] = times
    for number, several in enumerate(targets):
        if len(several) > 1:
            table[:, number] = vehicle.searcher.run(weights, several, fleet).driving_s
    whole = np.full((len(origins), len(destinations)), np.inf)
    whole[np.ix_(rows, columns)] = table
    return [[time if time < np.inf else None for time in row] for row in whole.tolist()]


def _on_roads(vehicle: Vehicle, places: Places) -> tuple[list[Snapped], list[int]]:
    """Those places that are near a road, each on it, and which of the places they are."""
    starts = [Start(number, lon, lat, "") for number, (lon, lat) in enumerate(places)]
    snapped = vehicle.snapper.snap_starts(starts)
    found = [(at, number) for number, at in enumerate(snapped) if at is not None]
    return [at for at, _ in found], [number for _, number in found]


def _outward(
    vehicle: Vehicle, weights: Weights, fleet: Fleet, targets: Sequence[Target]
) -> FloatArray:
    """One search from each origin; a target is entered from the nodes at which its road begins."""
    seeds = inward_seeds(vehicle.graph, weights, targets, fleet)
    table = np.full((len(fleet), len(targets)), np.inf)
    for origin, place in enumerate(fleet.places):
        node_s = vehicle.searcher.spread(weights, place, np.inf, outward=True)
        np.minimum.at(table[origin], seeds.target, node_s[seeds.node] + seeds.cost)
    stays = seeds.direct_start, seeds.direct_side - STAYS
    np.minimum.at(table, stays, seeds.direct_driving)
    return table
