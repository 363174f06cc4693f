"""Times of arrival: of who is on the way and was just heard of, by the closures of now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import NoTrip
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import House
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.refresh_etas import FRESH_S, refresh_etas
from gis_dispatch.services.track_position import track_positions
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.listening import Listener
from tests.fakes import FakeClock, FakeRoads
from tests.story import Story
from tests.straight_roads import SPEED_M_S
from tests.town import CENTRE, People

WEST = CENTRE[0] - 0.01, CENTRE[1]
"""About 1,113 m from the incident."""
DRIVE_S = straight_line_m(*WEST, *CENTRE) / SPEED_M_S


@dataclass
class Scene:
    """One house with its clock, and what a test asks of it."""

    house: House
    clock: FakeClock
    story: Story
    people: People

    def send(self, *steps: str) -> int:
        """Unit 1 is sent and takes these steps; its assignment."""
        return self.story.steps(self.story.sent(1), *steps).id

    def seen(self, lon: float, lat: float, **more: Any) -> datetime:
        """Unit 1 says where it is, now."""
        report = Report(lon, lat, self.clock.now(), **more)
        track_positions(self.house, self.people.crew, 1, [report])
        return self.clock.now()

    def eta(self, assignment_id: int) -> Any:
        """As an assignment is read; times as times."""
        eta = self.house.store.reads.one("get_assignment", id=assignment_id)["eta"]
        if eta is None:
            return None
        times = {name: datetime.fromisoformat(eta[name]) for name in ("arrives_at", "made_at")}
        return {**eta, **times}


@pytest.fixture
def scene(town: House, clock: FakeClock, story: Story, people: People) -> Scene:
    return Scene(town, clock, story, people)


def test_a_unit_en_route_has_a_time_of_arrival_wherever_it_is_read(scene: Scene) -> None:
    assignment_id = scene.send("acknowledged", "en_route")
    seen_at = scene.seen(*WEST)
    made_at = scene.clock.forward(4)
    assert refresh_etas(scene.house) == 1
    eta = scene.eta(assignment_id)
    assert eta.keys() == {"arrives_at", "driving_time_s", "length_m", "made_at"}
    assert eta["made_at"] == made_at
    assert eta["driving_time_s"] == pytest.approx(DRIVE_S)
    assert eta["length_m"] == pytest.approx(DRIVE_S * SPEED_M_S)
    # It was there four seconds ago and has been driving since.
    assert (eta["arrives_at"] - seen_at).total_seconds() == pytest.approx(DRIVE_S)
    reads = scene.house.store.reads
    [unit] = [row for row in reads.all("list_units") if row["id"] == 1]
    [live] = reads.all("live_positions")
    assert unit["eta"] == live["eta"] == unit["position"]["eta"]
    assert unit["eta"]["driving_time_s"] == eta["driving_time_s"]
    assert all(row["eta"] is None for row in reads.all("list_units") if row["id"] != 1)


def test_nobody_else_has_one(scene: Scene) -> None:
    assignment_id = scene.send()
    scene.seen(*WEST)
    assert refresh_etas(scene.house) == 0
    scene.story.steps(_assignment(scene, assignment_id), "acknowledged")
    scene.seen(*WEST)
    assert refresh_etas(scene.house) == 0
    assert scene.eta(assignment_id) is None


def _assignment(scene: Scene, id: int) -> Any:
    with scene.house.store.transaction() as tx:
        return tx.assignments.get(id)


def test_on_arrival_it_is_gone_at_once_and_forgotten_in_the_next_round(scene: Scene) -> None:
    assignment_id = scene.send("acknowledged", "en_route")
    scene.seen(*WEST)
    refresh_etas(scene.house)
    scene.story.steps(_assignment(scene, assignment_id), "on_scene")
    assert scene.eta(assignment_id) is None
    assert kept(scene) == 1
    assert refresh_etas(scene.house) == 0
    assert kept(scene) == 0


def kept(scene: Scene) -> int:
    store = scene.house.store
    assert isinstance(store, PostgresStore)
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM assignment_etas").scalar_one()
    return int(found)


def test_who_is_not_heard_of_has_none(scene: Scene) -> None:
    assignment_id = scene.send("acknowledged", "en_route")
    assert refresh_etas(scene.house) == 0  # never heard of
    scene.seen(*WEST)
    scene.clock.forward(FRESH_S)
    assert refresh_etas(scene.house) == 1
    scene.clock.forward(1)
    assert refresh_etas(scene.house) == 0
    assert scene.eta(assignment_id) is None


def test_it_is_never_in_the_past(scene: Scene) -> None:
    assignment_id = scene.send("acknowledged", "en_route")
    scene.seen(*CENTRE)
    now = scene.clock.forward(30)
    refresh_etas(scene.house)
    assert scene.eta(assignment_id)["arrives_at"] == now


def test_a_closure_counts_in_the_next_round(
    scene: Scene, fake_roads: FakeRoads, clock: FakeClock
) -> None:
    assignment_id = scene.send("acknowledged", "en_route")
    scene.seen(*WEST)
    refresh_etas(scene.house)
    before = scene.eta(assignment_id)["arrives_at"]
    closure = close_road(
        scene.house,
        scene.people.damkar,
        geometry={"type": "Point", "coordinates": list(CENTRE)},
        reason="banjir",
    )
    fake_roads.delays[assignment_id] = closure.id, 90.0
    clock.forward(5)
    refresh_etas(scene.house)
    assert scene.eta(assignment_id)["arrives_at"] == before + timedelta(seconds=90)
    fake_roads.unreachable[assignment_id] = NoTrip(assignment_id, "cut_off_by_closures")
    assert refresh_etas(scene.house) == 0
    assert scene.eta(assignment_id) is None


def test_units_of_one_incident_share_a_search_and_headings_count_when_moving(
    scene: Scene, fake_roads: FakeRoads
) -> None:
    first = scene.story.sent(1, 2)
    with scene.house.store.transaction() as tx:
        both = [one.id for one in tx.assignments.list(incident_id=first.incident_id)]
    for one in both:
        scene.story.steps(_assignment(scene, one), "acknowledged", "en_route")
    scene.seen(*WEST, heading_deg=90.0, speed_kph=40.0)
    report = Report(*WEST, scene.clock.now(), heading_deg=90.0, speed_kph=1.0)
    track_positions(scene.house, scene.people.crew_2, 2, [report])
    fake_roads.asked.clear()
    assert refresh_etas(scene.house) == 2
    [(starts, _closures)] = fake_roads.asked
    assert [(start.key, start.profile) for start in starts] == [(id, "engine") for id in both]
    assert [start.heading_deg for start in starts] == [90.0, None]


def test_when_nobody_moves_no_road_is_asked(scene: Scene, fake_roads: FakeRoads) -> None:
    scene.send("acknowledged", "en_route", "on_scene", "transporting")
    scene.seen(*WEST)
    fake_roads.asked.clear()
    assert refresh_etas(scene.house) == 0
    assert fake_roads.asked == []


class NoRoads(FakeRoads):
    """Before the first import."""

    def trips_to(self, *given: Any, **more: Any) -> Any:
        raise RoadsNotLoaded


def test_without_roads_it_says_so(scene: Scene) -> None:
    scene.send("acknowledged", "en_route")
    scene.seen(*WEST)
    house = House(**{**vars(scene.house), "roads": NoRoads()})
    with pytest.raises(RoadsNotLoaded):
        refresh_etas(house)


@pytest.fixture
def ear(database_url: str) -> Iterator[Any]:
    with Listener(database_url, ("positions", "events")).open() as listening:
        yield listening


def test_consoles_hear_of_changes_only_and_no_event_is_written(scene: Scene, ear: Any) -> None:
    scene.send("acknowledged", "en_route")
    scene.seen(*WEST)
    while ear.wait(0.2):
        pass
    refresh_etas(scene.house)
    assert {channel for channel, _ in ear.wait(5.0)} == {"positions"}
    scene.clock.forward(5)
    refresh_etas(scene.house)  # the same place, the same roads, the same arrival
    assert ear.wait(0.3) == []
    scene.seen(WEST[0] + 0.001, WEST[1])
    while ear.wait(0.2):
        pass
    refresh_etas(scene.house)
    assert {channel for channel, _ in ear.wait(5.0)} == {"positions"}
