"""On real roads the engine and networkx never disagree."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from gis_dispatch.domain.roads import Trip
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.sources import read_network
from tests.roads.by_networkx import Town
from tests.roads.disagreeing import LonLat, Somewhere, Unit, disagreements
from tests.roads.made_up import vehicles, with_bans
from tests.roads.same_roads import Roads
from tests.roads.towns import HEADER

INCIDENTS, SETS, UNITS = 2000, 30, 50
"""How many incidents, sets of closures, and units of each vehicle."""
PROFILES = ("car", "engine", "motorcycle")
NUMBERED = list(enumerate(PROFILES))
FILES = (
    "liechtenstein/liechtenstein-2013-08-03.osm.pbf",
    "balikpapan/balikpapan_kota_drive.graphml",
)


@lru_cache
def opened(file: Path) -> tuple[Engine, Roads]:
    """The roads of a file, read once for all tests here."""
    network = with_bans(read_network(file), 300)
    return Engine(compile_graph(network, HEADER), vehicles()), Roads(network)


@pytest.fixture(params=FILES, ids=["liechtenstein", "balikpapan"])
def real(request: pytest.FixtureRequest, data_folder: Path) -> tuple[Engine, Roads]:
    """A real city or country."""
    return opened(data_folder / request.param)


def count_reached(engine: Engine, profile: str, point: LonLat, units: Sequence[Unit]) -> int:
    vehicle = engine.vehicle(profile)
    order, _ = vehicle.nearest(*point, vehicle.fleet([start for start, _ in units]), (), UNITS)
    return len(order)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "profile"), NUMBERED)
def test_every_time_is_that_of_networkx(
    real: tuple[Engine, Roads], number: int, profile: str
) -> None:
    engine, roads = real
    somewhere = Somewhere(engine, roads, profile, np.random.default_rng(number))
    town = Town(roads, engine.profiles[profile])
    found, reached = [], 0
    for incident in range(number, INCIDENTS, len(PROFILES)):
        if incident % 100 < len(PROFILES):
            units = somewhere.units(UNITS)
        point, end = somewhere.place()
        found += disagreements(engine, town, point, end, units)
        reached += count_reached(engine, profile, point, units)
    assert found == []
    # The bans made up for the test cut some places off; most are there to be compared.
    assert reached > 0.75 * UNITS * INCIDENTS / len(PROFILES)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "profile"), NUMBERED)
def test_every_time_under_closures_is_that_of_networkx(
    real: tuple[Engine, Roads], number: int, profile: str
) -> None:
    engine, roads = real
    somewhere = Somewhere(engine, roads, profile, np.random.default_rng(10 + number))
    found, walked, reached, incidents = [], 0, 0, 0
    for flood in range(number, SETS, len(PROFILES)):
        closures, units = somewhere.closures(1 + flood % 9), somewhere.units(UNITS)
        town = Town(roads, engine.profiles[profile], closures)
        for near in (None, None, *closures[:8]):
            point, end = somewhere.place(near)
            found += disagreements(engine, town, point, end, units, closures)
            trips = engine.trips_to(*point, [start for start, _ in units], closures, drawn=0)
            walked += any(isinstance(trip, Trip) and trip.foot_m > 0 for trip in trips)
            reached += sum(isinstance(trip, Trip) for trip in trips)
            incidents += 1
    assert found == []
    assert walked > 0
    assert 0.1 * UNITS * incidents < reached < UNITS * incidents
