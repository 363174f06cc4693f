"""Steps that positions propose: once, confirmed or declined by people, or taken by setting."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.from_position import Rules
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import UnitNotYours
from gis_dispatch.ports import House, Row
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.propose_steps import NothingProposed, decline_step, propose_steps
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.track_position import track_positions
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.story import Story
from tests.town import CENTRE, People

RULES = Rules()


@dataclass
class Driver:
    """A crew's phone that says where it is every five seconds."""

    house: House
    clock: FakeClock
    people: People

    def stand(self, lon: float, lat: float, seconds: int, *, sent_later_s: float = 0) -> None:
        reports = []
        for _ in range(seconds // 5):
            self.clock.forward(5)
            report = Report(lon, lat, self.clock.now(), 5.0, 0.0)
            reports.append(report)
            if not sent_later_s:
                track_positions(self.house, self.people.crew, 1, [report])
        if sent_later_s:
            self.clock.forward(sent_later_s)
            track_positions(self.house, self.people.crew, 1, reports)


@pytest.fixture
def driver(town: House, clock: FakeClock, people: People) -> Driver:
    return Driver(town, clock, people)


@pytest.fixture
def on_the_way(story: Story) -> Assignment:
    return story.steps(story.sent(), "acknowledged", "en_route")


def proposal(house: House, assignment: Assignment) -> Row | None:
    row: Row | None = house.store.reads.one("get_assignment", id=assignment.id)["proposal"]
    return row


def test_an_arrival_is_proposed_once_and_confirmed_with_the_time_of_the_position(
    town: House, driver: Driver, on_the_way: Assignment, people: People, clock: FakeClock
) -> None:
    assert propose_steps(town, RULES) == 0
    begun_at = clock.now() + timedelta(seconds=5)
    driver.stand(*CENTRE, seconds=40)
    assert [propose_steps(town, RULES) for _ in range(3)] == [1, 0, 0]
    found = proposal(town, on_the_way)
    assert found is not None and found["step"] == "on_scene"
    clock.forward(30)
    taken = report_step(town, people.crew, on_the_way.id, "on_scene", begun_at)
    assert taken.on_scene_at == begun_at
    propose_steps(town, RULES)
    assert proposal(town, on_the_way) is None
    kinds = [e["kind"] for e in events_of(town.store) if e["assignment_id"] == on_the_way.id]
    assert kinds.count("assignment.proposed") == 1 and kinds[-1] == "assignment.on_scene"


def test_buffered_points_propose_no_arrival_however_many(
    town: House, driver: Driver, on_the_way: Assignment
) -> None:
    driver.stand(*CENTRE, seconds=300, sent_later_s=120)
    assert propose_steps(town, RULES) == 0
    assert propose_steps(town, RULES, automatic=True) == 0


def test_what_the_crew_declines_is_not_proposed_again_for_the_same_stay(
    town: House, driver: Driver, on_the_way: Assignment, people: People
) -> None:
    driver.stand(*CENTRE, seconds=40)
    propose_steps(town, RULES)
    with pytest.raises(UnitNotYours):
        decline_step(town, people.crew_2, on_the_way.id)
    decline_step(town, people.crew, on_the_way.id)
    with pytest.raises(NothingProposed):
        decline_step(town, people.crew, on_the_way.id)
    driver.stand(*CENTRE, seconds=40)
    assert propose_steps(town, RULES) == 0
    driver.stand(CENTRE[0] + 0.01, CENTRE[1], seconds=40)
    driver.stand(*CENTRE, seconds=40)
    assert propose_steps(town, RULES) == 1, "it drove away and came again"


def test_a_proposal_ends_when_the_unit_is_called_back(
    town: House, driver: Driver, on_the_way: Assignment, people: People
) -> None:
    driver.stand(*CENTRE, seconds=40)
    propose_steps(town, RULES)
    cancel_assignment(town, people.damkar, on_the_way.id, "Sudah padam")
    propose_steps(town, RULES)
    assert proposal(town, on_the_way) is None
    assert town.store.reads.value("open_courses") is None


def test_by_setting_a_fresh_position_is_as_good_as_the_crews_word(
    town: House, driver: Driver, on_the_way: Assignment, clock: FakeClock
) -> None:
    begun_at = clock.now() + timedelta(seconds=5)
    driver.stand(*CENTRE, seconds=40)
    assert propose_steps(town, RULES, automatic=True) == 1
    row = town.store.reads.one("get_assignment", id=on_the_way.id)
    assert (row["status"], row["on_scene_at"]) == ("on_scene", begun_at)
    [event] = [e for e in events_of(town.store) if e["kind"] == "assignment.on_scene"]
    assert (event["source"], event["actor"]) == ("device", "GIS Dispatch")
