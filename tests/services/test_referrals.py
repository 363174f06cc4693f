"""Referrals: each agency in its own order, nobody else's, and the incident follows."""

import pytest

from gis_dispatch.errors import (
    AgencyAlreadyReferred,
    AgencyNotYours,
    AgencyUnknown,
    NoAgencyGiven,
    ReadinessContradicts,
    StepNotPossible,
    TextMissing,
    UnitsStillOut,
)
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.hand_back_referral import hand_back_referral
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.reopen_incident import reopen_incident
from tests.story import Story
from tests.town import People


def status(house: House, incident_id: int) -> str:
    return str(house.store.reads.one("get_incident", id=incident_id)["status"])


def check(house: House, people: People, referral_id: int, missing: str | None = None) -> str:
    made = check_readiness(
        house,
        people.damkar,
        referral_id,
        crew_ok=missing is None,
        equipment_ok=True,
        vehicle_ok=True,
        ready=missing is None,
        missing=missing,
    )
    return made.status


def test_agencies_are_referred_together_or_not_at_all(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident()
    with pytest.raises(AgencyUnknown, match="nasa"):
        refer_incident(town, people.operator, incident.id, ["damkar", "nasa"])
    with pytest.raises(NoAgencyGiven):
        refer_incident(town, people.operator, incident.id, [])
    assert status(town, incident.id) == "verified"
    made = refer_incident(town, people.operator, incident.id, ["pln", "damkar", "pln"])
    assert [(r.agency_code, r.role) for r in made] == [("pln", "support"), ("damkar", "lead")]
    with pytest.raises(AgencyAlreadyReferred, match="damkar"):
        refer_incident(town, people.operator, incident.id, ["bpbd", "damkar"])
    assert len(town.store.reads.all("list_referrals_of_incident", incident_id=incident.id)) == 2


def test_steps_are_not_skipped(story: Story, town: House, people: People) -> None:
    referral = story.referral()
    with pytest.raises(StepNotPossible, match='"sent", it cannot become "accepted"'):
        accept_referral(town, people.damkar, referral.id)
    with pytest.raises(StepNotPossible):
        check(town, people, referral.id)
    with pytest.raises(StepNotPossible):
        hand_back_referral(town, people.damkar, referral.id, "bukan wilayah kami")


def test_only_the_own_agency_acts_and_a_lead_operator_may_overrule(
    story: Story, town: House, people: People
) -> None:
    referral = story.referral()
    with pytest.raises(AgencyNotYours, match="damkar"):
        acknowledge_referral(town, people.bpbd, referral.id)
    # 112 speaks for neighbours only, which have no desk here.
    with pytest.raises(AgencyNotYours, match="damkar"):
        acknowledge_referral(town, people.operator, referral.id)
    assert acknowledge_referral(town, people.lead, referral.id).status == "acknowledged"


def test_every_readiness_check_is_kept(story: Story, town: House, people: People) -> None:
    referral = story.referral()
    acknowledge_referral(town, people.damkar, referral.id)
    with pytest.raises(TextMissing, match="missing"):
        check(town, people, referral.id, "")
    with pytest.raises(ReadinessContradicts):
        check_readiness(
            town, people.damkar, referral.id,
            crew_ok=False, equipment_ok=True, vehicle_ok=True, ready=True,
        )  # fmt: skip
    assert check(town, people, referral.id, "supir") == "not_ready"
    with pytest.raises(StepNotPossible):
        accept_referral(town, people.damkar, referral.id)
    assert check(town, people, referral.id, "supir dan pompa") == "not_ready"
    assert check(town, people, referral.id) == "ready"
    checks = town.store.reads.all("list_readiness_checks", incident_id=referral.incident_id)
    assert [c["missing"] for c in checks] == ["supir", "supir dan pompa", None]
    shown = town.store.reads.one("get_referral", id=referral.id)
    assert shown["readiness"]["ready"] is True and shown["readiness"]["checked_by"] == "Agus"
    assert accept_referral(town, people.damkar, referral.id).status == "accepted"


def test_handing_back_frees_the_agency_to_be_asked_again(
    story: Story, town: House, people: People
) -> None:
    referral = story.ready()
    with pytest.raises(TextMissing):
        hand_back_referral(town, people.damkar, referral.id, "")
    hand_back_referral(town, people.damkar, referral.id, "Di luar wilayah")
    assert status(town, referral.incident_id) == "dispatched"
    again = refer_incident(town, people.operator, referral.incident_id, ["damkar"])
    assert again[0].id != referral.id


def test_the_incident_is_resolved_when_the_last_agency_ends(
    story: Story, town: House, people: People
) -> None:
    assignment = story.sent()
    incident_id = assignment.incident_id
    other = refer_incident(town, people.operator, incident_id, ["bpbd"])[0]
    with pytest.raises(UnitsStillOut, match="DMK-1"):
        complete_referral(town, people.damkar, assignment.referral_id)
    story.steps(assignment, "acknowledged", "en_route")
    assert status(town, incident_id) == "in_progress"
    story.steps(assignment, "on_scene", "cleared")
    complete_referral(town, people.damkar, assignment.referral_id, "Padam")
    assert status(town, incident_id) == "in_progress"
    acknowledge_referral(town, people.bpbd, other.id)
    check_readiness(
        town, people.bpbd, other.id,
        crew_ok=False, equipment_ok=True, vehicle_ok=True, ready=False, missing="awak",
    )  # fmt: skip
    hand_back_referral(town, people.bpbd, other.id, "Tidak diperlukan")
    assert status(town, incident_id) == "resolved"


def test_an_agency_may_complete_without_a_unit(story: Story, town: House, people: People) -> None:
    referral = story.accepted()
    complete_referral(town, people.damkar, referral.id, "Listrik diputus dari jauh")
    events = town.store.reads.all("list_events_of_incident", incident_id=referral.incident_id)
    assert [e["kind"] for e in events][-3:] == [
        "referral.completed",
        "incident.in_progress",
        "incident.resolved",
    ]


def test_what_was_completed_before_a_reopening_does_not_resolve_again(
    story: Story, town: House, people: People
) -> None:
    incident = story.resolved()
    reopen_incident(town, people.operator, incident.id, "Asap lagi")
    referral = story.ready(story.referral(incident))
    hand_back_referral(town, people.damkar, referral.id, "Tidak ada unit")
    assert status(town, incident.id) == "dispatched"
    again = story.accepted(story.referral(incident))
    complete_referral(town, people.damkar, again.id)
    assert status(town, incident.id) == "resolved"
