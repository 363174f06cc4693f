"""Units that stand by elsewhere: ordered, there, taken back, never in the way of an incident."""

from typing import Any

import psycopg2
import pytest

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import AgencyNotYours, RoleMayNot, StepNotPossible, UnitNotAvailable
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.end_move import notice_arrivals, report_arrival, take_back_move
from gis_dispatch.services.manage_units import remove_unit
from gis_dispatch.services.move_refusals import (
    MoveNotFound,
    StationOfOtherAgency,
    UnitIsMoving,
    UnitIsOutAlready,
)
from gis_dispatch.services.order_moves import order_moves
from gis_dispatch.services.track_position import track_positions
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import CENTRE, People

EAST = (CENTRE[0] + 0.03, CENTRE[1])
"""Where station 2 is."""


def order(house: House, people: People, unit_id: int = 1, station_id: int = 2) -> int:
    return order_moves(house, people.damkar, [{"unit_id": unit_id, "station_id": station_id}])[0]


def move(house: House, move_id: int) -> dict[str, Any]:
    return house.store.reads.one("get_move", id=move_id)


def kinds(house: House) -> list[str]:
    rows = house.store.reads.all(
        "list_events_for_viewer", sees_all=True, sees_accounts=True, after=0, most=1000
    )
    return [row["kind"] for row in rows if row["kind"].startswith("move.")]


def test_a_unit_is_ordered_and_arrives(town: House, people: People, clock: FakeClock) -> None:
    move_id = order(town, people)
    assert (move(town, move_id)["status"], move(town, move_id)["station"]["id"]) == ("ordered", 2)
    clock.forward(300)
    report_arrival(town, people.crew, move_id)
    report_arrival(town, people.crew, move_id)
    assert move(town, move_id)["ended_at"] == clock.now()
    assert kinds(town) == ["move.ordered", "move.arrived"], "said twice it is said once"
    with pytest.raises(StepNotPossible):
        take_back_move(town, people.damkar, move_id, "tidak perlu")


def test_its_position_says_that_it_is_there(town: House, people: People, clock: FakeClock) -> None:
    clock.forward(60)
    track_positions(town, people.crew, 1, [Report(*EAST, recorded_at=clock.now())])
    clock.forward(60)
    move_id = order(town, people)
    assert notice_arrivals(town.store) == 0, "it was there before it was ordered to be"
    clock.forward(60)
    track_positions(town, people.crew, 1, [Report(*EAST, recorded_at=clock.now())])
    assert notice_arrivals(town.store) == 1
    assert move(town, move_id)["status"] == "arrived"
    assert notice_arrivals(town.store) == 0


def test_an_assignment_comes_first(town: House, people: People, story: Story) -> None:
    move_id = order(town, people)
    story.sent(1)
    assert move(town, move_id)["status"] == "overtaken"
    with pytest.raises(UnitIsOutAlready, match="DMK-1"):
        order(town, people)


def test_a_unit_that_goes_off_duty_stands_by_nowhere(town: House, people: People) -> None:
    move_id = order(town, people)
    change_duty(town, people.crew, 1, "out_of_service", "mesin mati")
    assert move(town, move_id)["status"] == "overtaken"
    assert kinds(town) == ["move.ordered", "move.overtaken"]
    change_duty(town, people.crew, 1, "available")
    again = order(town, people)
    remove_unit(town, Actor(None, "Adi", ADMINISTRATOR), 1)
    assert move(town, again)["status"] == "overtaken"


def test_one_at_a_time_and_all_or_none(town: House, people: People) -> None:
    order(town, people)
    with pytest.raises(UnitIsMoving, match="DMK-1 is already on its way to Pos Damkar Timur"):
        order(town, people)
    both = [{"unit_id": 2, "station_id": 1}, {"unit_id": 1, "station_id": 2}]
    with pytest.raises(UnitIsMoving):
        order_moves(town, people.damkar, both)
    assert len(town.store.reads.all("list_moves", state="open")) == 1
    take_back_move(town, people.damkar, town.store.reads.all("list_moves")[0]["id"], "cukup")
    order(town, people)


def test_who_may_move_whom_where(town: House, people: People) -> None:
    with pytest.raises(AgencyNotYours):
        order(town, people, unit_id=5, station_id=3)
    with pytest.raises(StationOfOtherAgency):
        order(town, people, station_id=3)
    with pytest.raises(RoleMayNot):
        order_moves(town, people.crew, [{"unit_id": 1, "station_id": 2}])
    with pytest.raises(MoveNotFound):
        take_back_move(town, people.damkar, 4711, "x")
    change_duty(town, people.damkar, 2, "off_duty", None)
    with pytest.raises(UnitNotAvailable):
        order(town, people, unit_id=2, station_id=1)


def test_the_database_judges_the_order_of_states(
    town: House, people: People, database_url: str
) -> None:
    move_id = order(town, people)
    report_arrival(town, people.crew, move_id)
    back = "UPDATE moves SET status = 'ordered', ended_at = NULL WHERE id = %s"
    with (
        pytest.raises(psycopg2.errors.CheckViolation, match="move cannot go"),
        psycopg2.connect(database_url) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(back, (move_id,))
    connection.close()
