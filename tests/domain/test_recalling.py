"""Events to a picture: each kind changes one thing, in the order in which it was entered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gis_dispatch.domain.picture import KnownIncident, KnownUnit
from gis_dispatch.domain.recalling import Recorded, changed, recalled
from gis_dispatch.domain.unit_history import unit_as_it_was

T = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
UNIT = KnownUnit(
    1, "DMK-1", "damkar", "pemadam", 7, active=True, duty="available", duty_reason=None
)


def event(id: int, kind: str, late_s: float = 0, **more: Any) -> Recorded:
    occurred_at = T + timedelta(minutes=id)
    return Recorded(id, kind, occurred_at, occurred_at + timedelta(seconds=late_s), **more)


RECEIVED = event(
    1, "incident.received", incident_id=5, incident_number="20260302-0001",
    data={"kind": "kebakaran", "priority": 1, "lon": 108.9, "lat": 0.9, "address": "Jl. A"},
)  # fmt: skip


def test_what_was_entered_last_is_what_is_known_whenever_it_happened() -> None:
    en_route = {"assignment_id": 3, "unit_id": 1, "incident_id": 5, "referral_id": 2}
    sent = event(2, "assignment.dispatched", **en_route)
    there = event(4, "assignment.on_scene", **en_route)
    late = event(3, "assignment.en_route", late_s=600, **en_route)
    picture = recalled({}, [RECEIVED, sent, late, there])
    assert picture["assignment", 3].status == "on_scene"  # type: ignore[attr-defined]
    assert (late.late_s, there.late_s) == (600, 0)


def test_a_duplicate_that_is_reopened_is_no_duplicate_any_more() -> None:
    marked = event(2, "incident.duplicate", incident_id=5, data={"of_incident_id": 4})
    again = event(3, "incident.received", incident_id=5, data={"from": "duplicate"})
    picture = recalled({}, [RECEIVED, marked])
    assert picture["incident", 5].duplicate_of == 4  # type: ignore[attr-defined]
    incident = changed(picture, again)
    assert isinstance(incident, KnownIncident)
    assert (incident.status, incident.duplicate_of, incident.lon) == ("received", None, 108.9)


@pytest.mark.parametrize(
    "kind",
    [
        "incident.verified", "call.answered", "referral.accepted", "assignment.on_scene",
        "closure.lifted", "unit.duty", "ranking.made", "case.delivered", "user.changed",
    ],
)  # fmt: skip
def test_what_never_began_in_the_record_is_left_alone(kind: str) -> None:
    ids = {"incident_id": 9, "call_id": 9, "referral_id": 9, "assignment_id": 9, "unit_id": 9}
    assert changed({}, event(1, kind, agency_code="damkar", closure_id=9, **ids)) is None


def test_the_caller_is_not_even_read() -> None:
    told = event(2, "incident.changed", incident_id=5, data={"caller_name": None, "needs": {}})
    picture = recalled({}, [RECEIVED])
    assert changed(picture, told) == picture["incident", 5]


NEAREST: dict[str, Any] = {
    "duty_before": None, "duty_after": None, "change_before": None, "change_after": None,
}  # fmt: skip
OLD_CHANGE = {"call_sign": "DMK-1", "active": True, "agency_code": "damkar"}
NEW_CHANGE = {**OLD_CHANGE, "type_code": "truk", "station_id": 7}


def test_a_unit_without_events_was_always_as_it_is() -> None:
    assert unit_as_it_was(UNIT, **NEAREST) == UNIT


def test_duty_comes_from_the_event_before_or_is_undone_by_the_one_after() -> None:
    off = {"from": "available", "to": "off_duty", "reason": "ganti regu", "from_reason": None}
    before = unit_as_it_was(UNIT, **{**NEAREST, "duty_before": off})
    after = unit_as_it_was(UNIT, **{**NEAREST, "duty_after": off})
    assert before is not None and (before.duty, before.duty_reason) == ("off_duty", "ganti regu")
    assert after is not None and (after.duty, after.not_recorded) == ("available", ())


def test_what_an_old_event_did_not_tell_is_named_and_not_invented() -> None:
    old = {"from": "off_duty", "to": "available", "reason": None}
    unit = unit_as_it_was(
        UNIT, **{**NEAREST, "duty_after": old, "change_before": OLD_CHANGE,
                 "change_after": OLD_CHANGE},
    )  # fmt: skip
    assert unit is not None
    assert unit.not_recorded == ("type_code", "station_id", "duty_reason")


def test_a_change_afterwards_is_undone() -> None:
    change = {**NEW_CHANGE, "from": {"type_code": "pemadam", "active": False}}
    unit = unit_as_it_was(UNIT, **{**NEAREST, "change_after": change})
    assert unit is not None
    assert (unit.type_code, unit.active, unit.station_id) == ("pemadam", False, 7)


def test_a_unit_is_not_there_before_it_was_added() -> None:
    added = {**NEW_CHANGE, "added": {"duty": "off_duty", "duty_reason": None}}
    assert unit_as_it_was(UNIT, **{**NEAREST, "change_after": added}) is None
    unit = changed({}, event(1, "unit.changed", unit_id=4, agency_code="damkar", data=added))
    assert isinstance(unit, KnownUnit)
    assert (unit.id, unit.duty, unit.type_code) == (4, "off_duty", "truk")
