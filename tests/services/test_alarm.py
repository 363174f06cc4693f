"""Alarms: raising one asks what the plan adds, lowering one calls nobody back, each is an event."""

from typing import Any

import pytest

from gis_dispatch.errors import (
    IncidentNotVerified,
    IncidentOver,
    NumberOutOfRange,
    RoleMayNot,
    TextMissing,
)
from gis_dispatch.ports import House
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_alarm import AlarmAlready, change_alarm
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.store import PostgresStore
from tests.story import Story
from tests.town import People

ADDED = (
    "INSERT INTO response_plan_items (plan_id, agency_code, role, capability, number, alarm)"
    " VALUES (2, 'bpbd', 'support', NULL, 1, 2), (2, 'damkar', 'lead', 'rescue', 1, 2)"
)


@pytest.fixture
def planned(town: House, store: PostgresStore) -> House:
    """The plan for an urgent fire adds BPBD and a rescue truck with the second alarm."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(ADDED)
    return town


def events(house: House, kind: str) -> list[dict[str, Any]]:
    everything = {"sees_all": True, "sees_accounts": True, "after": 0, "most": 1000}
    rows = house.store.reads.all("list_events_for_viewer", **everything)
    return [row for row in rows if row["kind"] == kind]


def codes(house: House, incident_id: int) -> list[str]:
    rows = house.store.reads.all("list_referrals_of_incident", incident_id=incident_id)
    return sorted(row["agency"]["code"] for row in rows)


def plan(house: House, people: People, incident_id: int) -> dict[str, Any]:
    best = rank_units(house, people.lead, incident_id)["best_set"]
    return best if isinstance(best, dict) else {}


def test_raising_asks_the_agencies_and_units_that_the_plan_adds(
    planned: House, story: Story, people: People
) -> None:
    referral = story.accepted()
    before = plan(planned, people, referral.incident_id)
    assert (before["plan"]["alarm_level"], before["plan"]["highest_alarm"]) == (1, 2)
    assert "DMK-4" not in [row["call_sign"] for row in before["chosen"]]
    made = change_alarm(planned, people.operator, referral.incident_id, 2, "menjalar")
    assert made.agencies == ("bpbd",), "Damkar has it already"
    assert codes(planned, referral.incident_id) == ["bpbd", "damkar"]
    after = plan(planned, people, referral.incident_id)
    assert after["plan"]["alarm_level"] == 2
    assert {"DMK-4", "BPBD-1"} <= {row["call_sign"] for row in after["chosen"]}
    (event,) = events(planned, "incident.alarm")
    assert event["data"] == {
        "from": 1, "to": 2, "reason": "menjalar", "agencies": ["bpbd"],
        "adds": [
            {"agency": "damkar", "capability": "rescue", "number": 1},
            {"agency": "bpbd", "capability": None, "number": 1},
        ],
    }  # fmt: skip
    assert planned.store.reads.one("get_incident", id=referral.incident_id)["alarm_level"] == 2


def test_lowering_needs_a_reason_and_calls_nobody_back(
    planned: House, story: Story, people: People
) -> None:
    referral = story.accepted()
    change_alarm(planned, people.damkar, referral.incident_id, 2)
    with pytest.raises(TextMissing, match="reason"):
        change_alarm(planned, people.damkar, referral.incident_id, 1)
    change_alarm(planned, people.damkar, referral.incident_id, 1, "padam")
    assert codes(planned, referral.incident_id) == ["bpbd", "damkar"]
    assert [event["data"]["to"] for event in events(planned, "incident.alarm")] == [2, 1]
    change_alarm(planned, people.damkar, referral.incident_id, 2)
    assert codes(planned, referral.incident_id) == ["bpbd", "damkar"], "asked once"


def test_before_anybody_was_asked_an_alarm_only_widens_the_plan(
    planned: House, story: Story, people: People
) -> None:
    incident = story.incident()
    assert change_alarm(planned, people.operator, incident.id, 2).agencies == ()
    assert codes(planned, incident.id) == []


def test_what_is_refused(planned: House, story: Story, people: People) -> None:
    incident = story.incident()
    with pytest.raises(AlarmAlready, match="at alarm 1 already"):
        change_alarm(planned, people.operator, incident.id, 1)
    for level in (0, 6):
        with pytest.raises(NumberOutOfRange):
            change_alarm(planned, people.operator, incident.id, level)
    with pytest.raises(RoleMayNot):
        change_alarm(planned, people.crew, incident.id, 2)
    with pytest.raises(IncidentNotVerified):
        change_alarm(planned, people.operator, story.incident(verified=False).id, 2)
    cancel_incident(planned, people.operator, incident.id, "salah lapor")
    with pytest.raises(IncidentOver):
        change_alarm(planned, people.operator, incident.id, 2)
