"""A changed file of an administrator changes the next journey; nothing is started again."""

from pathlib import Path

import pytest

from gis_dispatch.domain.roads import NoTrip
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.refusals import ProfileUnknown
from gis_dispatch.roads.sources import read_network
from tests.roads.small_town import EAST, WEST, Kept, start, trip

NORTH_WEST = (108.9801, 0.902)
"""On Jalan Alianyang; from Jalan Diponegoro only Gang Melati leads here, and that is one-way."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "home" / "profiles"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def roads(town_file: Path, folder: Path) -> GraphRoads:
    return open_roads(folder.parent, Kept(read_network(town_file)))


def test_the_next_journey_follows_a_changed_file(roads: GraphRoads, folder: Path) -> None:
    engine, car = start(1, WEST, "engine"), start(2, WEST, "car")
    around = trip(roads.trip_between(engine, *NORTH_WEST, []))
    assert "Gang Melati" not in around.streets
    before, cars = roads.status(), roads.engine().vehicle("car")

    folder.joinpath("engine.toml").write_text("[contraflow]\nallowed = true\nspeed_kph = 25\n")
    against = trip(roads.trip_between(engine, *NORTH_WEST, []))
    assert "Gang Melati" in against.streets
    assert against.length_m < around.length_m
    assert "Gang Melati" not in trip(roads.trip_between(car, *NORTH_WEST, [])).streets
    assert roads.engine().vehicle("car") is cars, "what did not change is not reckoned again"
    assert roads.status().profiles_sha256 != before.profiles_sha256
    assert roads.status().version == before.version

    folder.joinpath("engine.toml").write_text("[contraflow]\nallowed = maybe\n")
    assert trip(roads.trip_between(engine, *NORTH_WEST, [])) == against

    folder.joinpath("engine.toml").unlink()
    assert trip(roads.trip_between(engine, *NORTH_WEST, [])) == around
    assert roads.status() == before


def test_a_new_kind_of_vehicle_drives_at_once_until_it_is_removed(
    roads: GraphRoads, folder: Path
) -> None:
    boat = start(1, WEST, "boat")
    assert roads.trip_between(boat, *EAST, []) == NoTrip(1, "no_profile")
    folder.joinpath("boat.toml").write_text('like = "car"\ntop_speed_kph = 20\n')
    slow = trip(roads.trip_between(boat, *EAST, []))
    assert slow.driving_time_s > trip(roads.trip_between(start(1, WEST), *EAST, [])).driving_time_s
    assert "boat" in roads.profile_facts()
    folder.joinpath("boat.toml").unlink()
    assert roads.trip_between(boat, *EAST, []) == NoTrip(1, "no_profile")
    with pytest.raises(ProfileUnknown, match="car, engine, motorcycle"):
        roads.engine().vehicle("boat")
