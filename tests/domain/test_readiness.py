"""What a unit lacks is named, once each; as many places of a crew as possible are filled."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.crews import Need, Person, gaps, skills_of
from gis_dispatch.domain.readiness import (
    Condition,
    Level,
    Rules,
    Supply,
    Thing,
    Vehicle,
    findings,
)
from gis_dispatch.domain.reasons import Both

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = Rules(
    skills={"driver": Both("Pengemudi", "Driver"), "pump": Both("Operator pompa", "Pump operator")},
    supplies={"fuel": Supply(Both("BBM", "Fuel"), 25, timedelta(hours=24))},
    carried={"pemadam": ("fuel",)},
    vehicle_days=7,
)
FIT = Vehicle(fit=True, defect=None, checked_at=NOW, permit_until=None)
FULL = {"fuel": Level("fuel", 80, NOW)}


def person(number: int, *skills: str) -> Person:
    return Person(number, f"P{number}", "-", frozenset(skills))


def thing(name: str, checked_at: datetime, valid_days: int) -> Thing:
    return Thing(name, fit=True, defect=None, checked_at=checked_at, valid_days=valid_days)


def said(**known: object) -> list[tuple[str, bool, str]]:
    """What is found of an engine with everything in order, but for what is given."""
    fine: dict[str, object] = {
        "type_code": "pemadam",
        "crew_source": "shift",
        "people": [person(1, "driver"), person(2, "pump")],
        "needs": [Need("driver", 1), Need("pump", 1)],
        "levels": FULL,
        "vehicle": FIT,
    }
    found = findings(Condition(**{**fine, **known}), RULES, NOW)  # type: ignore[arg-type]
    return [(one.part, one.sure, one.words.en) for one in found]


def test_nothing_is_said_of_a_unit_in_order() -> None:
    assert said() == []


def test_what_is_missing_is_named() -> None:
    assert said(people=[person(1, "driver")]) == [("crew", True, "Pump operator")]
    assert said(people=[]) == [("crew", True, "nobody is on shift")]
    late = thing("Alat bantu napas", NOW - 10 * DAY, 7)
    broken = Thing("Pompa", fit=False, defect="bocor", checked_at=NOW, valid_days=None)
    assert said(equipment=[late, broken]) == [
        ("equipment", True, "Alat bantu napas: check overdue since 3 days"),
        ("equipment", True, "Pompa: bocor"),
    ]
    assert said(levels={"fuel": Level("fuel", 10, NOW)}) == [("vehicle", True, "Fuel 10 %")]
    assert said(vehicle=replace(FIT, fit=False, defect="rem blong")) == [
        ("vehicle", True, "vehicle: rem blong")
    ]
    expired = replace(FIT, permit_until=NOW - 3 * DAY)
    assert said(vehicle=expired) == [("vehicle", True, "road permit expired since 3 days")]


def test_what_nobody_knows_is_not_called_missing() -> None:
    assert said(levels={}) == [("vehicle", False, "Fuel: not noted yet")]
    assert said(levels={"fuel": Level("fuel", 80, NOW - 2 * DAY)}) == [
        ("vehicle", False, "Fuel 80 %, noted 2 days ago")
    ]
    assert said(vehicle=None) == [("vehicle", False, "vehicle never looked at")]


@pytest.mark.parametrize(("days", "overdue"), [(6, False), (7, False), (7.01, True)])
def test_a_check_holds_for_its_days(*, days: float, overdue: bool) -> None:
    assert bool(said(equipment=[thing("Tali", NOW - days * DAY, 7)])) is overdue


def test_a_role_counts_as_the_skill_it_names() -> None:
    words = {"driver": ["pengemudi"], "firefighter": ["petugas", "komandan regu"]}
    assert skills_of("Pengemudi", [], words) == {"driver"}
    assert skills_of("komandan  regu", ["driver"], words) == {"driver", "firefighter"}
    assert skills_of("juru masak", [], words) == frozenset()


SKILLS = st.sampled_from("abc")
CREWS = st.lists(st.frozensets(SKILLS), max_size=5)
NEEDS = st.dictionaries(SKILLS, st.integers(1, 2), max_size=3)


@given(CREWS, NEEDS)
def test_no_way_to_seat_a_crew_fills_more_places(
    crew: list[frozenset[str]], wanted: dict[str, int]
) -> None:
    people = [person(number, *skills) for number, skills in enumerate(crew)]
    needs = [Need(skill, number) for skill, number in wanted.items()]
    left = sum(gap.number for gap in gaps(needs, people))
    # Every person on each skill they have, or idle: the best of all these is the most there is.
    best = max(
        sum(min(Counter(chosen)[skill], number) for skill, number in wanted.items())
        for chosen in product(*[[*skills, ""] for skills in crew])
    )
    assert sum(wanted.values()) - left == best
    assert all(0 < gap.number <= wanted[gap.skill] for gap in gaps(needs, people))


@given(CREWS, NEEDS, st.frozensets(SKILLS))
def test_one_more_person_never_leaves_more_places_empty(
    crew: list[frozenset[str]], wanted: dict[str, int], more: frozenset[str]
) -> None:
    needs = [Need(skill, number) for skill, number in wanted.items()]
    few = [person(number, *skills) for number, skills in enumerate(crew)]
    many = [*few, person(99, *more)]
    assert sum(g.number for g in gaps(needs, many)) <= sum(g.number for g in gaps(needs, few))
