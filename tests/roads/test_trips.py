"""The port as its callers see it: trips, reasons for none, what closures cost, street names."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gis_dispatch.domain.roads import NoTrip, Start, Trip
from gis_dispatch.errors import DatabaseUnavailable, RoadsNotLoaded
from gis_dispatch.ports import Roads
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.profiles import ProfileBook
from gis_dispatch.roads.sources import read_network
from tests.roads.small_town import EAST, WEST, Kept, avenue, box, start, trip


def test_the_port_is_filled(roads: GraphRoads) -> None:
    port: Roads = roads
    assert port.status().junction_count == 6
    west, south, east, north = port.status().bounds
    assert (west, south, east, north) == pytest.approx((108.98, 0.9, 108.984, 0.902))


def test_a_trip_tells_time_length_line_and_streets(roads: GraphRoads) -> None:
    (found,) = [trip(one) for one in roads.trips_to(*EAST, [start(7, WEST)], [])]
    assert found.key == 7
    assert found.streets == ("Jalan Diponegoro", "Jalan Sudirman", "Jalan Alianyang")
    assert found.line[0] == pytest.approx(WEST)
    assert found.line[-1] == pytest.approx(EAST)
    assert len(found.line) == 6
    # 389.6 m at the signed 60, 221.1 m at 50 and 5.6 m at 30 km/h
    assert found.length_m == pytest.approx(389.6 + 221.1 + 5.6, abs=0.2)
    assert found.driving_time_s == pytest.approx(
        389.6 / 60 * 3.6 + 221.1 / 50 * 3.6 + 0.67, abs=0.1
    )
    assert found.free_driving_time_s == found.driving_time_s
    assert found.closures_avoided == ()
    assert found.start_gap_m == pytest.approx(0, abs=0.01)


def test_gaps_are_told(roads: GraphRoads) -> None:
    found = trip(roads.trip_between(start(1, (108.9805, 0.8995)), 108.9832, 0.9023, []))
    assert found.start_gap_m == pytest.approx(55.3, abs=0.1)
    assert found.end_gap_m == pytest.approx(33.2, abs=0.1)


def test_each_vehicle_goes_its_own_way_in_the_order_asked(roads: GraphRoads) -> None:
    starts = [start(1, WEST, "engine"), start(2, WEST, "motorcycle"), start(3, WEST)]
    engine, motorcycle, car = [trip(one) for one in roads.trips_to(108.982, 0.9011, starts, [])]
    assert [one.key for one in (engine, motorcycle, car)] == [1, 2, 3]
    assert motorcycle.streets == ("Jalan Diponegoro", "Gang Kenanga")
    assert motorcycle.end_gap_m == pytest.approx(0, abs=0.01)
    assert engine.streets == car.streets == (
        "Jalan Diponegoro", "Jalan Sudirman", "Jalan Alianyang",
    )  # fmt: skip
    assert car.end_gap_m == pytest.approx(99.5, abs=0.5)
    assert engine.driving_time_s > car.driving_time_s


def test_a_one_way_is_driven_in_its_direction_only(roads: GraphRoads) -> None:
    # Gang Melati is one-way southward, from Alianyang to Diponegoro.
    down = trip(roads.trip_between(start(1, (108.9801, 0.902)), 108.9801, 0.9, []))
    assert down.streets == ("Jalan Alianyang", "Gang Melati", "Jalan Diponegoro")
    up = trip(roads.trip_between(start(1, (108.9801, 0.9)), 108.9801, 0.902, []))
    assert up.streets == ("Jalan Diponegoro", "Jalan Sudirman", "Jalan Alianyang")


def test_both_on_one_one_way_in_either_order(roads: GraphRoads) -> None:
    ahead = trip(roads.trip_between(start(1, (108.98, 0.9015)), 108.98, 0.9005, []))
    assert ahead.streets == ("Gang Melati",)
    assert ahead.length_m == pytest.approx(110.6, abs=0.1)
    behind = trip(roads.trip_between(start(1, (108.98, 0.9005)), 108.98, 0.9015, []))
    assert behind.length_m > 1000
    assert behind.streets[0] == behind.streets[-1] == "Gang Melati"


def test_already_there(roads: GraphRoads) -> None:
    found = trip(roads.trip_between(start(1, WEST), *WEST, []))
    assert (found.driving_time_s, found.length_m) == (0, 0)
    assert len(found.line) == 2


def test_only_the_soonest_are_drawn(roads: GraphRoads) -> None:
    starts = [Start(1, *WEST, "car", delay_s=300.0), Start(2, 108.9801, 0.902, "car")]
    late, soon = [trip(one) for one in roads.trips_to(*EAST, starts, [], drawn=1)]
    assert (late.line, late.streets) == ((), ())
    assert soon.streets == ("Jalan Alianyang",)
    assert late.driving_time_s < soon.driving_time_s + 300


def test_a_road_is_told_whole(roads: GraphRoads) -> None:
    edge = roads.edge_at(108.9841, 0.9004)
    assert edge is not None
    assert (edge.street, edge.road_class) == ("Jalan Sudirman", "secondary")
    assert len(edge.line) == 3
    assert edge.length_m == pytest.approx(221.1, abs=0.2)
    assert roads.edge_at(0, 0) is None


def test_reasons_for_no_trip(roads: GraphRoads) -> None:
    far = (109.2, 0.9)
    near, away = roads.trips_to(*WEST, [start(1, EAST), start(2, far)], [])
    assert isinstance(near, Trip)
    assert away == NoTrip(2, "no_road_near_unit")
    assert roads.trip_between(start(1, WEST), *far, []) == NoTrip(1, "no_road_near_incident")


def test_no_way_is_told_from_cut_off(town_file: Path, tmp_path: Path) -> None:
    text = town_file.read_text().replace('<tag k="highway" v="secondary"/>', "")
    town_file.write_text(text.replace('<tag k="oneway" v="-1"/>', '<tag k="oneway" v="-1"/>'))
    roads = open_roads(tmp_path / "other", Kept(read_network(town_file)))
    found = roads.trip_between(start(1, WEST), *EAST, [box(1, 1.0, 1.0, 1.1, 1.1)])
    assert found == NoTrip(1, "no_way")


def test_snapping_names_the_street(roads: GraphRoads) -> None:
    found = roads.snap(108.9810, 0.9003)
    assert found is not None
    assert (found.street, round(found.gap_m)) == ("Jalan Diponegoro", 33)
    assert roads.snap(0, 0) is None


def test_an_unknown_vehicle_stops_nobody_else(roads: GraphRoads) -> None:
    lost, found = roads.trips_to(*EAST, [start(1, WEST, "submarine"), start(2, WEST)], [])
    assert lost == NoTrip(1, "no_profile")
    assert isinstance(found, Trip)


def test_no_starts_no_trips(roads: GraphRoads) -> None:
    assert list(roads.trips_to(*EAST, [], [])) == []


def test_roads_in_memory_outlive_the_database(town_file: Path, tmp_path: Path) -> None:
    kept, clock = Kept(read_network(town_file)), [0.0]
    roads = GraphRoads(tmp_path, kept, ProfileBook(tmp_path), now_s=lambda: clock[0])
    assert isinstance(roads.trip_between(start(1, WEST), *EAST, []), Trip)
    kept.away, clock[0] = True, 100.0
    assert isinstance(roads.trip_between(start(1, WEST), *EAST, []), Trip)
    fresh = GraphRoads(tmp_path, kept, ProfileBook(tmp_path))
    with pytest.raises(DatabaseUnavailable):
        fresh.status()


def test_no_roads_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(RoadsNotLoaded):
        open_roads(tmp_path, Kept(None)).trips_to(*EAST, [start(1, WEST)], [])


def test_many_at_once_get_the_same_answers(roads: GraphRoads) -> None:
    starts = [start(key, (108.98 + key * 0.0001, 0.9)) for key in range(40)]
    expected = roads.trips_to(*EAST, starts, [avenue(effect="slowed", speed_kph=10.0)])
    ask: Callable[[int], object] = lambda _: roads.trips_to(  # noqa: E731
        *EAST, starts, [avenue(effect="slowed", speed_kph=10.0)]
    )
    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(ask, range(64)))
