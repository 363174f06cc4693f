"""Incidents: recorded, verified, moved, changed, and every way they may end."""

from typing import cast

import pytest

from gis_dispatch.errors import (
    ChangedMeanwhile,
    DuplicateOfItself,
    EvidenceMissing,
    IncidentNotVerified,
    IncidentOver,
    KindUnknown,
    PriorityOutOfRange,
    RoleMayNot,
    StepNotPossible,
    TextMissing,
    UnitsStillOut,
)
from gis_dispatch.ports import House
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.close_incident import close_incident
from gis_dispatch.services.find_nearby import find_nearby
from gis_dispatch.services.mark_duplicate import mark_duplicate
from gis_dispatch.services.propose_agencies import propose_agencies
from gis_dispatch.services.read_incident import read_incident
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.relocate_incident import relocate_incident
from gis_dispatch.services.reopen_incident import reopen_incident
from gis_dispatch.services.transfer_incident import transfer_incident
from gis_dispatch.services.verify_incident import verify_incident
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock, FakeNotifier
from tests.looking import events_of
from tests.story import Story
from tests.town import CENTRE, People


def kinds(house: House, incident_id: int) -> list[str]:
    rows = house.store.reads.all("list_events_of_incident", incident_id=incident_id)
    return [row["kind"] for row in rows]


def status(house: House, incident_id: int) -> str:
    return str(house.store.reads.one("get_incident", id=incident_id)["status"])


def test_recording_and_verifying_in_one_act_makes_both_events(story: Story, town: House) -> None:
    incident = story.incident()
    assert incident.status == "verified"
    assert incident.number == "20260302-0001"
    assert incident.address == "Jl. Diponegoro 1"
    assert incident.priority == 1
    assert kinds(town, incident.id) == [
        "call.received",
        "call.answered",
        "incident.received",
        "call.linked",
        "incident.verified",
    ]
    assert story.incident().number == "20260302-0002"


def test_the_caller_of_the_call_becomes_the_caller_of_the_incident(story: Story) -> None:
    assert story.incident().caller_number == "0812000111"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "ufo"}, KindUnknown),
        ({"priority": 0}, PriorityOutOfRange),
        ({"priority": 5}, PriorityOutOfRange),
    ],
)
def test_bad_input_records_nothing(
    town: House, people: People, given: dict[str, object], refusal: type[Exception]
) -> None:
    values: dict[str, object] = {"kind": "kebakaran", "lon": 108.9, "lat": 0.9, **given}
    with pytest.raises(refusal):
        record_incident(town, people.operator, **values)  # type: ignore[arg-type]
    assert events_of(town.store) == []


def test_an_unverified_incident_is_not_referred(story: Story, town: House, people: People) -> None:
    incident = story.incident(verified=False)
    with pytest.raises(IncidentNotVerified, match=incident.number):
        refer_incident(town, people.operator, incident.id, ["damkar"])
    with pytest.raises(RoleMayNot):
        verify_incident(town, people.damkar, incident.id)
    assert verify_incident(town, people.operator, incident.id).verified_by == 1
    refer_incident(town, people.operator, incident.id, ["damkar"])
    assert status(town, incident.id) == "dispatched"


def test_every_place_is_kept(story: Story, town: House, people: People) -> None:
    incident = story.incident()
    moved = relocate_incident(
        town, people.operator, incident.id, lon=108.99, lat=0.91, method="coordinates"
    )
    assert moved.version > incident.version
    with cast(PostgresStore, town.store).engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT *, ST_X(point) AS lon, ST_Y(point) AS lat FROM incident_locations"
            " WHERE incident_id = %s ORDER BY id",
            (incident.id,),
        )
        places = list(rows.mappings())
    assert [(p["lon"], p["method"]) for p in places] == [
        (CENTRE[0], "pin"),
        (108.99, "coordinates"),
    ]


def test_a_change_tells_what_changed_but_not_who_called(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident()
    change_incident(
        town, people.operator, incident.id, version=incident.version, priority=2, caller_name="Ani"
    )
    event = town.store.reads.all("list_events_of_incident", incident_id=incident.id)[-1]
    assert event["kind"] == "incident.changed"
    assert event["data"] == {"priority": {"from": 1, "to": 2}, "caller_name": None}
    with pytest.raises(ChangedMeanwhile):
        change_incident(town, people.lead, incident.id, version=incident.version, priority=3)
    count = len(kinds(town, incident.id))
    change_incident(town, people.lead, incident.id, priority=2)
    assert len(kinds(town, incident.id)) == count


def test_cancelling_needs_a_reason_and_no_unit_out(
    story: Story, town: House, people: People
) -> None:
    assignment = story.sent()
    with pytest.raises(TextMissing):
        cancel_incident(town, people.operator, assignment.incident_id, "  ")
    with pytest.raises(UnitsStillOut, match="DMK-1"):
        cancel_incident(town, people.operator, assignment.incident_id, "Salah lapor")
    other = story.incident()
    cancel_incident(town, people.operator, other.id, "Salah lapor")
    assert status(town, other.id) == "cancelled"
    with pytest.raises(IncidentOver, match="cancelled"):
        refer_incident(town, people.operator, other.id, ["damkar"])


def test_a_duplicate_can_be_undone(story: Story, town: House, people: People) -> None:
    first, second = story.incident(), story.incident(verified=False)
    mark_duplicate(town, people.operator, second.id, first.id)
    assert read_incident(town, second.id, people.operator)["duplicate_of"] == first.id
    with pytest.raises(DuplicateOfItself):
        mark_duplicate(town, people.operator, first.id, second.id)
    with pytest.raises(DuplicateOfItself):
        mark_duplicate(town, people.operator, first.id, first.id)
    assert reopen_incident(town, people.operator, second.id, "Lain tempat").status == "received"
    referral = story.referral(first)
    mark_duplicate(town, people.operator, referral.incident_id, second.id)
    assert reopen_incident(town, people.operator, first.id, "Keliru").status == "dispatched"


def test_an_incident_elsewhere_is_transferred(story: Story, town: House, people: People) -> None:
    incident = story.incident()
    transfer_incident(town, people.operator, incident.id, "Bengkayang", "Di luar kota")
    assert status(town, incident.id) == "out_of_area"


def test_closing_needs_everything_done_and_queues_the_case(
    story: Story, town: House, people: People, notifier: FakeNotifier
) -> None:
    open_one = story.referral()
    with pytest.raises(StepNotPossible, match="referred"):
        close_incident(
            town, people.operator, open_one.incident_id, outcome="Padam", summary="Selesai"
        )
    incident = story.resolved()
    assert incident.status == "resolved"
    with pytest.raises(RoleMayNot):
        close_incident(town, people.damkar, incident.id, outcome="Padam", summary="Selesai")
    with pytest.raises(TextMissing):
        close_incident(town, people.operator, incident.id, outcome="Padam", summary="")
    close_incident(
        town,
        people.operator,
        incident.id,
        outcome="Padam",
        summary="Api padam dalam 20 menit",
        casualties={"luka": 1},
    )
    with town.store.transaction() as tx:
        deliveries = tx.deliveries.list(incident_id=incident.id)
    assert [d.sequence for d in deliveries] == [1]
    assert notifier.cases == [deliveries[0].id]
    assert kinds(town, incident.id)[-2:] == ["incident.closed", "case.queued"]
    reopen_incident(town, people.operator, incident.id, "Asap lagi")
    assert status(town, incident.id) == "reopened"
    refer_incident(town, people.operator, incident.id, ["damkar"])
    assert status(town, incident.id) == "dispatched"


def test_nearby_incidents_are_scored_and_say_why(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    near, far = story.incident(), story.incident()
    relocate_incident(town, people.operator, far.id, lon=CENTRE[0] + 0.003, lat=CENTRE[1])
    found = find_nearby(town, CENTRE[0] + 0.0001, CENTRE[1], kind="kebakaran")
    assert [item["incident"]["id"] for item in found] == [near.id, far.id]
    assert found[0]["distance_m"] == pytest.approx(11, abs=1)
    assert "Same kind" in found[0]["reason_en"]
    assert find_nearby(town, CENTRE[0] + 0.1, CENTRE[1]) == []


def test_the_plan_proposes_agencies_leading_first(story: Story, town: House) -> None:
    fire = propose_agencies(town, story.incident().id)["items"]
    assert [(a["code"], a["role"]) for a in fire] == [("damkar", "lead"), ("pln", "support")]
    land = propose_agencies(town, story.incident(kind="kebakaran.lahan").id)["items"]
    assert [(a["code"], a["role"]) for a in land] == [("bpbd", "lead"), ("damkar", "support")]


def test_what_a_viewer_sees_and_may_do(story: Story, town: House, people: People) -> None:
    referral = story.accepted()
    seen = read_incident(town, referral.incident_id, people.operator)
    assert seen["caller_number"] == "0812000111"
    assert {"change", "relocate", "refer", "cancel"} <= set(seen["allowed"])
    assert "close" not in seen["allowed"]
    damkar = read_incident(town, referral.incident_id, people.damkar)
    assert damkar["caller_number"] == "0812000111"
    assert damkar["referrals"][0]["allowed"] == ["complete", "assign"]
    bpbd = read_incident(town, referral.incident_id, people.bpbd)
    assert bpbd["caller_number"] is None
    assert all(call["caller_number"] is None for call in bpbd["calls"])
    assert bpbd["referrals"][0]["allowed"] == []


def test_the_procedure_line_follows_the_stamps(story: Story, town: House, people: People) -> None:
    def line(incident_id: int) -> list[str]:
        detail = read_incident(town, incident_id, people.operator)
        return [step["state"] for step in detail["procedure"]]

    incident = story.incident(verified=False)
    assert line(incident.id) == ["done"] * 3 + ["current"] + ["waiting"] * 4
    resolved = story.resolved()
    assert line(resolved.id) == ["done"] * 7 + ["current"]
    detail = read_incident(town, resolved.id, people.operator)
    assert detail["procedure"][2]["by"] == "Siti"
    assert detail["procedure"][5]["by"] == "Agus"
    assert detail["procedure"][7]["whose_turn"] == "operator"
    assert detail["intervals"] == {
        "answer_s": 10.0,
        "processing_s": 60.0,
        "turnout_s": 120.0,
        "travel_s": 60.0,
        "response_s": 180.0,
        "on_scene_s": 60.0,
        "committed_s": 240.0,
        "total_response_s": 250.0,
    }
    cancelled = story.incident()
    cancel_incident(town, people.operator, cancelled.id, "Nihil")
    assert line(cancelled.id) == ["done"] * 4 + ["skipped"] * 4


def test_resolved_is_reopened_only_with_a_reason(story: Story, town: House, people: People) -> None:
    incident = story.resolved()
    with pytest.raises((TextMissing, EvidenceMissing)):
        reopen_incident(town, people.operator, incident.id, "")
    assert reopen_incident(town, people.operator, incident.id, "Api lagi").status == "reopened"
