"""A table of times holds what a trip between each two places would say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import RoadClosure, Start, Trip
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.profiles import load_profiles
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.sources import read_network
from gis_dispatch.roads.tables import times_between
from gis_dispatch.roads.trips import journeys_to
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import open_weights
from tests.roads.towns import HEADER, banned, networks, profiles

ORIGIN = 108.98, 0.9
Place = tuple[float, float]


def boxes() -> st.SearchStrategy[list[RoadClosure]]:
    """Up to two floods over a part of the town, one of which may be forded."""

    def box(number: int, west: float, south: float, effect: str) -> RoadClosure:
        east, north = west + 0.0015, south + 0.0015
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        speed_kph = 5.0 if effect == "slowed" else None
        return RoadClosure(number, 1, geometry, effect, speed_kph)  # type: ignore[arg-type]

    step = st.integers(0, 3).map(lambda n: n * 0.001 + 0.0002)
    one = st.tuples(step, step, st.sampled_from(["closed", "slowed"]))
    return st.lists(one, max_size=2).map(
        lambda given: [
            box(number, ORIGIN[0] + x, ORIGIN[1] + y, effect)
            for number, (x, y, effect) in enumerate(given, 1)
        ]
    )


def places(network: Network) -> st.SearchStrategy[list[Place]]:
    """Near the roads, on a junction, and far from any road."""
    near = st.tuples(st.floats(-0.0005, 0.0065), st.floats(-0.0005, 0.0065)).map(
        lambda away: (ORIGIN[0] + away[0], ORIGIN[1] + away[1])
    )
    junctions = [
        (float(lon), float(lat))
        for lon, lat in zip(network.junction_lon, network.junction_lat, strict=True)
    ]
    return st.lists(near | st.sampled_from(junctions) | st.just((0.0, 0.0)), min_size=0, max_size=5)


def vehicle_on(network: Network, profile: object) -> Vehicle:
    graph = compile_graph(network, HEADER)
    free = open_weights(graph, profile)  # type: ignore[arg-type]
    return Vehicle(graph, profile, free, Searcher(graph), ClosedRoads(graph))  # type: ignore[arg-type]


def one_by_one(
    vehicle: Vehicle, here: list[Place], there: list[Place], closures: list[RoadClosure]
) -> list[list[float | None]]:
    """Every time from a journey of its own."""
    table = []
    for lon, lat in here:
        row: list[float | None] = []
        begin = vehicle.snapper.snap(lon, lat)
        for place in there:
            end = vehicle.snapper.snap(*place)
            if begin is None or end is None:
                row.append(None)
                continue
            start = Start(1, lon, lat, vehicle.profile.name)
            trip = journeys_to(vehicle, end, [start], [begin], closures, costed=False).trip(
                0, drawn=False
            )
            row.append(trip.driving_time_s if isinstance(trip, Trip) else None)
        table.append(row)
    return table


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_it_holds_what_trips_say(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    assume((network.length_m > 0).all())
    network = data.draw(st.just(network) | banned(network))
    vehicle = vehicle_on(network, data.draw(profiles()))
    closures = data.draw(boxes())
    here, there = data.draw(places(network)), data.draw(places(network))
    found = times_between(vehicle, here, there, closures)
    expected = one_by_one(vehicle, here, there, closures)
    assert [len(row) for row in found] == [len(there)] * len(here)
    as_numbers = (np.array(table, dtype=np.float64) for table in (found, expected))
    np.testing.assert_allclose(*as_numbers, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("turned", [False, True])
def test_the_direction_counts(town_file: Path, turned: bool) -> None:
    """Gang Melati is one-way southward: back north a car goes round by Jalan Sudirman."""
    vehicle = vehicle_on(read_network(town_file), load_profiles()["car"])
    south, north, elsewhere = (108.98, 0.9), (108.98, 0.902), (0.0, 0.0)
    here, there = [south, north, elsewhere], [north, south]
    if turned:  # more destinations than origins: searched from the other side
        here, there = [south], [north, south, elsewhere, north]
    table = times_between(vehicle, here, there, [])
    up = table[0][0]
    assert up is not None and table[0][1] == 0.0
    if turned:
        assert table == [[up, 0.0, None, up]]
    else:
        down = table[1][1]
        assert down is not None and down < up / 2
        assert table[2] == [None, None]
