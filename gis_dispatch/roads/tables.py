"""Tables of driving times, many places to many: one search for each destination.

The times are those of `trips_to`, rounding apart: the same places on the roads, the same weights,
the same search.
"""

from collections.abc import Sequence

import numpy as np

from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.vehicle import Vehicle

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
    table = np.full((len(begins), len(ends)), np.inf)
    for number, end in enumerate(ends):
        targets = vehicle.targets(weights, end)
        if len(targets) == 1:
            table[:, number] = vehicle.searcher.arrivals_s(weights, targets, fleet)
        else:
            table[:, number] = vehicle.searcher.run(weights, targets, fleet).driving_s
    whole = np.full((len(origins), len(destinations)), np.inf)
    whole[np.ix_(rows, columns)] = table
    return [[time if time < np.inf else None for time in row] for row in whole.tolist()]


def _on_roads(vehicle: Vehicle, places: Places) -> tuple[list[Snapped], list[int]]:
    """Those places that are near a road, each on it, and which of the places they are."""
    starts = [Start(number, lon, lat, "") for number, (lon, lat) in enumerate(places)]
    snapped = vehicle.snapper.snap_starts(starts)
    found = [(at, number) for number, at in enumerate(snapped) if at is not None]
    return [at for at, _ in found], [number for _, number in found]
