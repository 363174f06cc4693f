"""Shifts: who is on which unit when; nobody on two, and the plan around a change stays."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.shifts import spans_of_day
from gis_dispatch.errors import AgencyNotYours, PersonPlannedMeanwhile
from gis_dispatch.ports import House
from gis_dispatch.services.manage_people import add_person, change_person
from gis_dispatch.services.manage_units import change_unit
from gis_dispatch.services.plan_shifts import copy_day, plan_usual, put_shift
from gis_dispatch.services.read_readiness import readiness_of
from gis_dispatch.services.read_shifts import read_shifts
from gis_dispatch.services.readiness_refusals import (
    NothingToCopy,
    PersonOfOtherAgency,
    PersonOnOtherUnit,
    ShiftUnusable,
)
from tests.fakes import FakeClock
from tests.town import People
from tests.whose import ZONE

ADMIN = Actor(2, "Budi", ADMINISTRATOR)
DAY = date(2026, 3, 2)
MORNING, EVENING = spans_of_day(DAY, ["07:00", "19:00"], ZONE)
WHOLE = {"starts_at": MORNING.starts_at, "ends_at": MORNING.ends_at}


@pytest.fixture
def crew(town: House, people: People) -> list[int]:
    """Three people of the fire brigade, on no unit."""
    return [
        add_person(town, people.damkar, {"agency_code": "damkar", "name": name, "duty_role": role})
        for name, role in (("Joko", "pengemudi"), ("Ani", "operator pompa"), ("Dedi", "petugas"))
    ]


def on_unit(town: House, at: datetime, unit_id: int = 1) -> tuple[str, list[str]]:
    row = readiness_of(town.store.reads, at, unit_id)
    return row["crew_source"], [p["name"] for p in row["crew"]]


def plan(town: House, unit_id: int = 1) -> list[tuple[str, str, str]]:
    rows = town.store.reads.all(
        "list_shifts", unit_id=unit_id, since=MORNING.starts_at - timedelta(days=9),
        until=MORNING.ends_at + timedelta(days=9),
    )  # fmt: skip
    return [
        (r["name"], *(f"{r[n].astimezone(ZONE):%d %H:%M}" for n in ("starts_at", "ends_at")))
        for r in rows
    ]


def test_the_usual_crew_rides_until_somebody_plans(
    crew: list[int], town: House, people: People
) -> None:
    change_unit(town, ADMIN, 1, {"crew": [{"name": "Ani", "duty_role": "operator pompa"}]})
    noon = MORNING.starts_at + timedelta(hours=5)
    assert on_unit(town, noon) == ("usual", ["Ani"])
    put_shift(town, people.damkar, 1, **WHOLE, people=crew[:1])
    assert on_unit(town, noon) == ("shift", ["Joko"])
    # The plan says nobody, and that is what counts; a week without a plan is no plan.
    assert on_unit(town, MORNING.ends_at) == ("shift", [])
    assert on_unit(town, MORNING.ends_at + timedelta(days=7)) == ("usual", ["Ani"])


def test_a_shift_is_put_exactly_and_the_rest_stays(
    crew: list[int], town: House, people: People
) -> None:
    put_shift(town, people.damkar, 1, **WHOLE, people=crew[:2])
    middle = MORNING.starts_at + timedelta(hours=4)
    put_shift(
        town, people.damkar, 1, starts_at=middle, ends_at=middle + timedelta(hours=2),
        people=[crew[2]],
    )  # fmt: skip
    assert plan(town) == [
        ("Ani", "02 07:00", "02 11:00"),
        ("Joko", "02 07:00", "02 11:00"),
        ("Dedi", "02 11:00", "02 13:00"),
        ("Ani", "02 13:00", "02 19:00"),
        ("Joko", "02 13:00", "02 19:00"),
    ]
    put_shift(town, people.damkar, 1, **WHOLE, people=[])
    assert plan(town) == []


def test_nobody_is_on_two_units_at_once(crew: list[int], town: House, people: People) -> None:
    put_shift(town, people.damkar, 1, **WHOLE, people=crew)
    later = MORNING.starts_at + timedelta(hours=11)
    with pytest.raises(PersonOnOtherUnit, match=r"Joko is on DMK-1 from 02-03 07:00"):
        put_shift(
            town, people.damkar, 2, starts_at=later, ends_at=later + timedelta(hours=2),
            people=crew[:1],
        )  # fmt: skip
    evening = {"starts_at": EVENING.starts_at, "ends_at": EVENING.ends_at}
    put_shift(town, people.damkar, 2, **evening, people=crew[:1])
    # Whoever wrote past that look is refused by the database itself.
    with pytest.raises(PersonPlannedMeanwhile), town.store.transaction() as tx:
        tx.run(
            "add_shift", member_id=crew[0], unit_id=2, starts_at=later,
            ends_at=later + timedelta(minutes=5), at=later, planned_by=3,
        )  # fmt: skip


def test_a_shift_that_cannot_be_is_refused(crew: list[int], town: House, people: People) -> None:
    backwards = {"starts_at": MORNING.ends_at, "ends_at": MORNING.starts_at}
    with pytest.raises(ShiftUnusable):
        put_shift(town, people.damkar, 1, **backwards, people=crew)
    long = {"starts_at": MORNING.starts_at, "ends_at": MORNING.starts_at + timedelta(hours=73)}
    with pytest.raises(ShiftUnusable):
        put_shift(town, people.damkar, 1, **long, people=crew)
    with pytest.raises(AgencyNotYours):
        put_shift(town, people.bpbd, 1, **WHOLE, people=crew)
    with pytest.raises(PersonOfOtherAgency, match="Joko"):
        put_shift(town, people.bpbd, 5, **WHOLE, people=crew[:1])


def test_a_day_is_planned_as_another_was(crew: list[int], town: House, people: People) -> None:
    put_shift(town, people.damkar, 1, **WHOLE, people=crew[:2])
    next_week = DAY + timedelta(days=7)
    planned = copy_day(town, people.damkar, "damkar", from_day=DAY, to_day=next_week)
    assert planned == 1
    assert plan(town)[2:] == [("Ani", "09 07:00", "09 19:00"), ("Joko", "09 07:00", "09 19:00")]
    with pytest.raises(NothingToCopy):
        copy_day(town, people.damkar, "damkar", from_day=DAY + timedelta(days=3), to_day=next_week)
    with pytest.raises(AgencyNotYours):
        copy_day(town, people.bpbd, "damkar", from_day=DAY, to_day=next_week)


def test_usual_crews_fill_what_nobody_planned(
    crew: list[int], town: House, people: People, clock: FakeClock
) -> None:
    change_person(town, people.damkar, crew[0], {"unit_id": 1})
    change_person(town, people.damkar, crew[1], {"unit_id": 2})
    put_shift(town, people.damkar, 1, **WHOLE, people=[crew[2]])
    made = plan_usual(town, people.damkar, "damkar", day=DAY, starts_at=MORNING.starts_at)
    assert made == 1
    assert [name for name, *_ in plan(town, 1)] == ["Dedi"]
    assert [name for name, *_ in plan(town, 2)] == ["Ani"]


def test_the_day_says_which_skills_lack(crew: list[int], town: House, people: People) -> None:
    with town.store.transaction() as tx:
        rows = [{"skill": "driver", "number": 1}, {"skill": "pump_operator", "number": 1}]
        tx.run("fill_crew_needs", type="pemadam", rows=rows)
    put_shift(town, people.damkar, 1, **WHOLE, people=crew[:1])
    day = read_shifts(town, "damkar", DAY)
    first = next(unit for unit in day["units"] if unit["id"] == 1)
    assert [s["starts_at"] for s in day["spans"]] == [MORNING.starts_at, EVENING.starts_at]
    assert first["shifts"][0]["short"] == [{"skill": "pump_operator", "number": 1}]
    assert first["shifts"][1]["short"] == rows


def test_a_crew_longer_than_three_days_is_no_shift(crew: list[int], town: House) -> None:
    with pytest.raises(Exception) as refused, town.store.transaction() as tx:
        tx.run(
            "add_shift", member_id=crew[0], unit_id=1, starts_at=MORNING.starts_at,
            ends_at=MORNING.starts_at + timedelta(hours=73), at=MORNING.starts_at, planned_by=3,
        )  # fmt: skip
    assert not isinstance(refused.value, DBAPIError) and "three_days" in str(refused.value)
