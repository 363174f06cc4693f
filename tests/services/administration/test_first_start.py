"""An empty installation becomes usable; a second start leaves everything as it is."""

import json
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree
from shapely import Point, unary_union
from shapely.geometry import shape

from gis_dispatch import assets
from gis_dispatch.domain.network import FoundStation, Network
from gis_dispatch.domain.people import SYSTEM_ACTOR, Actor
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.services.first_start import FirstStart, first_start
from gis_dispatch.services.import_found_stations import import_found_stations
from gis_dispatch.services.manage_stations import remove_station
from gis_dispatch.services.manage_users import reset_password
from gis_dispatch.services.plan_for import plan_for
from gis_dispatch.services.sign_in import verify_password

NOTHING = Network(
    *(np.empty(0),) * 2, *(np.empty(0, np.int32),) * 2, np.empty(0, np.int64),
    (), (), *(np.empty(0),) * 2, (), (),
)  # fmt: skip
FOUND = (
    FoundStation("node/1", "Pos Damkar Pusat", "fire_station", 108.98, 0.0),
    FoundStation("node/2", None, "hospital", 108.99, 0.0),
    FoundStation("node/3", "Polsek", "police_post", 108.97, 0.9),
)


class OsmIsAway(Unavailable):
    """OpenStreetMap does not answer."""


class SomeRoads:
    """Makes a network current without importing one."""

    def __init__(self, house: House, *, osm_answers: bool) -> None:
        self.house, self.osm_answers = house, osm_answers
        self.asked: list[str] = []

    def import_place(self) -> Survey:
        self.asked.append("place")
        if not self.osm_answers:
            raise OsmIsAway
        self._current(sample=False)
        return Survey(NOTHING, stations=FOUND)

    def import_sample(self) -> Survey:
        self.asked.append("sample")
        self._current(sample=True)
        return Survey(NOTHING)

    def _current(self, *, sample: bool) -> None:
        engine = self.house.store.engine  # type: ignore[attr-defined]  # the port has no SQL door
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO road_networks VALUES ('v1', 't', 'T', 'a', 'l', %(sample)s, now(),"
                " 0, 0, true, 'x')",
                {"sample": sample},
            )


def start(house: House, home: Path, roads: SomeRoads) -> FirstStart:
    return first_start(house, area="singkawang", home=home, roads=roads, say=lambda _text: None)


@pytest.fixture
def sample(empty_house: House, tmp_path: Path) -> Iterator[FirstStart]:
    yield start(empty_house, tmp_path, SomeRoads(empty_house, osm_answers=False))


def test_without_osm_there_is_a_sample_city_with_everything(
    sample: FirstStart, empty_house: House
) -> None:
    reads = empty_house.store.reads
    stations, units = reads.all("list_stations"), reads.all("list_units")
    assert sample.sample
    assert sample.notes == ()
    assert len(stations) >= 12
    assert len(units) >= 40
    assert all(row["sample"] for row in stations + units)
    assert {"damkar", "bpbd", "psc119", "pmi", "polres", "pln"} <= {
        row["agency_code"] for row in units
    }
    assert all(unit["crew"] and unit["equipment"] and unit["station"] for unit in units)
    assert {unit["duty"] for unit in units} == {"available", "off_duty", "out_of_service"}


def test_one_sign_in_per_role_opens_and_is_kept_for_its_owner_only(
    sample: FirstStart, empty_house: House, tmp_path: Path
) -> None:
    roles = {"operator", "lead_operator", "dispatcher", "crew", "planner", "administrator"}
    assert {one.role for one in sample.sign_ins} == roles
    assert {"damkar", "bpbd", "psc119"} <= {one.agency_code for one in sample.sign_ins}
    assert len({one.password for one in sample.sign_ins}) == len(sample.sign_ins)
    for one in sample.sign_ins:
        assert verify_password(empty_house, one.username, one.password).role == one.role
    path = tmp_path / "sign_ins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = tuple(SignIn(**one) for one in json.loads(path.read_text(encoding="utf-8")))
    assert kept == sample.sign_ins


def test_a_second_start_does_nothing_and_is_quick(
    sample: FirstStart, empty_house: House, tmp_path: Path
) -> None:
    roads = SomeRoads(empty_house, osm_answers=True)
    before = empty_house.store.reads.one("count_what_there_is")
    began = time.perf_counter()
    again = start(empty_house, tmp_path, roads)
    took_s = time.perf_counter() - began
    assert again == sample
    assert roads.asked == []
    assert empty_house.store.reads.one("count_what_there_is") == before
    assert took_s < 0.5


def test_a_password_that_was_changed_is_no_longer_told(
    sample: FirstStart, empty_house: House, admin: Actor, tmp_path: Path
) -> None:
    user_id = empty_house.store.reads.value("user_of_name", username="planner")
    reset_password(empty_house, admin, user_id)
    again = start(empty_house, tmp_path, SomeRoads(empty_house, osm_answers=True))
    assert {one.username for one in sample.sign_ins} - {one.username for one in again.sign_ins} == {
        "planner"
    }


def test_a_real_city_gets_its_stations_from_osm_and_no_invented_units(
    empty_house: House, tmp_path: Path
) -> None:
    made = start(empty_house, tmp_path, SomeRoads(empty_house, osm_answers=True))
    stations = empty_house.store.reads.all("list_stations")
    assert not made.sample
    assert {(row["name"], row["agency_code"]) for row in stations} == {
        ("Pos Damkar Pusat", "damkar"),
        ("PSC 119 Jalan Khatulistiwa", "psc119"),
        ("Polsek", "polres"),
    }
    assert not any(row["sample"] for row in stations)
    assert empty_house.store.reads.all("list_units") == []
    assert "crew" not in {one.role for one in made.sign_ins}
    assert [note.partition(":")[0] for note in made.notes] == [
        "There are no units yet",
        "There is no field crew sign-in yet",
    ]


def test_a_found_station_that_was_removed_does_not_come_back(house: House, admin: Actor) -> None:
    assert import_found_stations(house, SYSTEM_ACTOR, FOUND, dry_run=True) == 3
    assert house.store.reads.all("list_stations") == []
    assert import_found_stations(house, SYSTEM_ACTOR, FOUND) == 3
    first = house.store.reads.all("list_stations")[0]
    remove_station(house, admin, first["id"])
    assert import_found_stations(house, SYSTEM_ACTOR, FOUND) == 0
    assert len(house.store.reads.all("list_stations")) == 2


def test_every_sample_station_stands_on_a_road_cars_may_use() -> None:
    roads = {"residential", "unclassified", "tertiary", "secondary", "primary"}
    network = json.loads(assets.sample_network().read_text(encoding="utf-8"))
    vertices = [
        point[:2]
        for way in network["features"]
        if way["geometry"]["type"] == "LineString" and way["properties"].get("highway") in roads
        for point in way["geometry"]["coordinates"]
    ]
    lines = (assets.facts("sample_city") / "stations.csv").read_text(encoding="utf-8").splitlines()
    places = np.array([[float(cell) for cell in line.split(",")[3:5]] for line in lines[1:]])
    to_m = np.array([np.cos(np.radians(57.7)) * 111_195, 111_195])
    gaps_m, _ = cKDTree(np.array(vertices) * to_m).query(places * to_m)
    assert gaps_m.max() < 5
    apart_m, _ = cKDTree(places * to_m).query(places * to_m, k=2)
    assert apart_m[:, 1].min() > 300, "spread over the city"
    assert np.ptp(places * to_m, axis=0).min() > 6_000


def test_the_sample_city_has_kelurahan_and_an_area_with_a_plan_of_its_own(
    sample: FirstStart, empty_house: House
) -> None:
    reads = empty_house.store.reads
    outlines = reads.all("list_village_outlines")
    assert len(outlines) == 14
    assert all(row["code"].startswith("00.00.") for row in outlines)
    named = {row["code"]: row["name"] for row in reads.all("list_villages_named")}
    assert all("contoh" in named[row["code"]] for row in outlines)
    cells = [shape(row["geometry"]) for row in outlines]
    whole = unary_union(cells)
    assert whole.area == pytest.approx(sum(cell.area for cell in cells), rel=1e-6)
    port = plan_for(reads, "kebakaran.bangunan", 1, 11.935, 57.704)
    elsewhere = plan_for(reads, "kebakaran.bangunan", 1, 11.979, 57.706)
    assert port.items[0].place == "area" and elsewhere.items[0].place is None
    assert "aerial" in {item.capability for item in port.items}
    assert whole.contains(Point(11.935, 57.704))
