"""Assignments: the database lets one of twenty, steps follow each other, times run forward."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import SIMULATOR, Actor
from gis_dispatch.errors import (
    AgencyNotYours,
    AnotherUnitFirst,
    ChoiceUnknown,
    NoUnitGiven,
    OnlySample,
    OtherSetRecommended,
    RecommendationNotFound,
    RecommendationOfOtherIncident,
    ReferralNotAccepted,
    Refusal,
    StepNotPossible,
    TextMissing,
    TimeInFuture,
    TimeRunsBackwards,
    UnitAlreadyAssigned,
    UnitIsOut,
    UnitNotAvailable,
    UnitNotRecommended,
    UnitNotYours,
    UnitOfOtherAgency,
)
from gis_dispatch.ports import House
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.call_for_backup import call_for_backup
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.report_step import report_step
from tests.fakes import FakeClock, FakeNotifier
from tests.looking import events_of
from tests.story import Story
from tests.town import People

DISPATCHERS = 20


def test_of_twenty_dispatchers_who_send_one_unit_at_once_one_succeeds(
    story: Story, town: House, people: People
) -> None:
    referrals = [story.accepted() for _ in range(DISPATCHERS)]
    together = Barrier(DISPATCHERS)

    def send(number: int) -> object:
        together.wait(timeout=30)
        referral = referrals[number]
        try:
            return assign_units(town, people.damkar, referral.incident_id, referral.id, [1])
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(DISPATCHERS) as pool:
        answers = list(pool.map(send, range(DISPATCHERS)))
    sent = [answer for answer in answers if isinstance(answer, list)]
    refused = [answer for answer in answers if isinstance(answer, UnitAlreadyAssigned)]
    assert (len(sent), len(refused)) == (1, DISPATCHERS - 1)
    winner = town.store.reads.one("get_incident", id=sent[0][0].incident_id)["number"]
    assert {str(refusal) for refusal in refused} == {
        f"DMK-1 is already on its way for incident {winner}. Choose another unit."
    }
    assert len(town.store.reads.all("list_assignments", unit_id=1)) == 1
    events = events_of(town.store)
    assert [e["kind"] for e in events].count("assignment.dispatched") == 1


def test_several_units_go_together_or_not_at_all(
    story: Story, town: House, people: People, notifier: FakeNotifier
) -> None:
    story.sent(2)
    notifier.crews.clear()
    referral = story.accepted()
    with pytest.raises(UnitAlreadyAssigned, match="DMK-2"):
        assign_units(town, people.damkar, referral.incident_id, referral.id, [3, 2, 1])
    assert (
        town.store.reads.all("list_assignments_of_incident", incident_id=referral.incident_id) == []
    )
    assert notifier.crews == []
    made = assign_units(town, people.damkar, referral.incident_id, referral.id, [3, 1, 1])
    assert [a.unit_id for a in made] == [1, 3]
    assert [unit_id for unit_id, _ in notifier.crews] == [1, 3]


def test_who_may_not_be_sent(story: Story, town: House, people: People) -> None:
    ready = story.ready()
    with pytest.raises(ReferralNotAccepted, match="damkar"):
        assign_units(town, people.damkar, ready.incident_id, ready.id, [1])
    referral = story.accepted()
    incident_id = referral.incident_id
    with pytest.raises(NoUnitGiven):
        assign_units(town, people.damkar, incident_id, referral.id, [])
    with pytest.raises(UnitOfOtherAgency, match="BPBD-1"):
        assign_units(town, people.damkar, incident_id, referral.id, [5])
    with pytest.raises(AgencyNotYours):
        assign_units(town, people.bpbd, incident_id, referral.id, [1])
    change_duty(town, people.damkar, 3, "out_of_service", "ban bocor")
    with pytest.raises(UnitNotAvailable, match="out of service"):
        assign_units(town, people.damkar, incident_id, referral.id, [3])


def test_a_unit_that_was_not_recommended_needs_a_reason(
    story: Story, town: House, people: People
) -> None:
    referral = story.accepted()
    incident_id = referral.incident_id
    ranking = rank_units(town, people.damkar, incident_id)
    chosen = ranking["recommendation_id"]
    with pytest.raises(UnitNotRecommended, match="DMK-4 was not recommended"):
        assign_units(town, people.damkar, incident_id, referral.id, [1, 4], chosen)
    made = assign_units(
        town, people.damkar, incident_id, referral.id, [1, 4], chosen, "Butuh tangga"
    )
    assert {a.overrule_reason for a in made} == {"Butuh tangga"}
    other = story.accepted()
    with pytest.raises(RecommendationOfOtherIncident):
        assign_units(town, people.damkar, other.incident_id, other.id, [2], chosen)
    with pytest.raises(RecommendationNotFound):
        assign_units(town, people.damkar, other.incident_id, other.id, [2], 999)


def test_whoever_is_not_in_the_recommended_set_needs_a_reason_as_well(
    story: Story, town: House, people: People
) -> None:
    referral = story.accepted(story.referral(story.incident("kebakaran.lahan")))
    incident_id = referral.incident_id
    ranking = rank_units(town, people.damkar, incident_id)
    shown = ranking["recommendation_id"]
    [best] = [row["unit_id"] for row in ranking["best_set"]["chosen"]]
    first, second = (row["unit"]["id"] for row in ranking["ranked"][:2])
    assert best == first

    def send(actor: Actor, *unit_ids: int, why: str | None = None) -> list[Assignment]:
        return assign_units(town, actor, incident_id, referral.id, unit_ids, shown, why)

    with pytest.raises(AnotherUnitFirst, match="DMK-1 would be there first"):
        send(people.damkar, second)
    with pytest.raises(OtherSetRecommended, match=r"would send DMK-1. Why DMK-2\?"):
        send(people.damkar, first, second)
    with pytest.raises(OtherSetRecommended):  # whoever overrules an agency says why all the same
        send(people.lead, first, second)
    [made] = send(people.damkar, second, why="DMK-1 belum isi air")
    assert made.overrule_reason == "DMK-1 belum isi air"
    [made] = send(people.damkar, first)
    assert made.overrule_reason is None


def test_steps_follow_each_other(story: Story, town: House, people: People) -> None:
    assignment = story.sent()
    with pytest.raises(StepNotPossible, match="Possible: job acknowledged, cancelled"):
        report_step(town, people.crew, assignment.id, "on_scene")
    with pytest.raises(ChoiceUnknown):
        report_step(town, people.crew, assignment.id, "lunch")
    ended = story.steps(
        assignment,
        "acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared",
    )  # fmt: skip
    assert ended.status == "cleared" and not ended.open
    assert not town.store.reads.one("get_unit", id=1)["busy"]
    story.sent(1)


def test_a_late_report_keeps_both_times(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    happened = clock.forward(60)
    clock.forward(600)
    report_step(town, people.crew, assignment.id, "acknowledged", happened)
    again = report_step(town, people.crew, assignment.id, "acknowledged", happened)
    assert again.acknowledged_at == happened
    events = town.store.reads.all("list_events_of_incident", incident_id=assignment.incident_id)
    found = [e for e in events if e["kind"] == "assignment.acknowledged"]
    assert len(found) == 1
    assert found[0]["occurred_at"] == happened
    assert found[0]["entered_at"] == happened + timedelta(seconds=600)
    assert found[0]["source"] == "device"
    with pytest.raises(TimeRunsBackwards):
        report_step(town, people.crew, assignment.id, "en_route", happened - timedelta(seconds=6))
    with pytest.raises(TimeInFuture):
        report_step(
            town, people.crew, assignment.id, "en_route", clock.now() + timedelta(seconds=61)
        )
    ahead = clock.now() + timedelta(seconds=59)
    en_route = report_step(town, people.crew, assignment.id, "en_route", ahead)
    assert en_route.en_route_at == clock.now()


def test_clocks_a_little_apart_are_the_same_moment(
    story: Story, town: House, people: People
) -> None:
    assignment = story.sent()
    slow = assignment.dispatched_at - timedelta(seconds=4)
    reported = report_step(town, people.crew, assignment.id, "acknowledged", slow)
    assert reported.acknowledged_at == assignment.dispatched_at


def test_a_crew_reports_only_for_its_own_unit(story: Story, town: House, people: People) -> None:
    assignment = story.sent(1)
    with pytest.raises(UnitNotYours, match="DMK-1"):
        report_step(town, people.crew_2, assignment.id, "acknowledged")
    with pytest.raises(AgencyNotYours):
        report_step(town, people.bpbd, assignment.id, "acknowledged")
    simulator = Actor(None, "Simulator", SIMULATOR, source="simulator")
    with pytest.raises(OnlySample):
        report_step(town, simulator, assignment.id, "acknowledged")


def test_a_unit_is_called_back_until_it_has_arrived(
    story: Story, town: House, people: People
) -> None:
    assignment = story.sent(1)
    with pytest.raises(TextMissing):
        cancel_assignment(town, people.damkar, assignment.id, " ")
    cancelled = cancel_assignment(town, people.damkar, assignment.id, "Unit lain lebih dekat")
    assert cancelled.cancel_reason == "Unit lain lebih dekat"
    there = story.steps(story.sent(1), "acknowledged", "en_route", "on_scene")
    with pytest.raises(StepNotPossible):
        cancel_assignment(town, people.damkar, there.id, "terlambat")


def test_backup_is_called_while_the_unit_is_out(story: Story, town: House, people: People) -> None:
    assignment = story.sent(1)
    call_for_backup(town, people.crew, assignment.id, "Butuh tangga")
    event = town.store.reads.all("list_events_of_incident", incident_id=assignment.incident_id)[-1]
    assert event["kind"] == "assignment.backup"
    assert event["data"]["note"] == "Butuh tangga"
    story.steps(assignment, "acknowledged", "en_route", "on_scene", "cleared")
    with pytest.raises(StepNotPossible):
        call_for_backup(town, people.crew, assignment.id, "lagi")


def test_duty(story: Story, town: House, people: People) -> None:
    story.sent(1)
    with pytest.raises(UnitIsOut, match="DMK-1"):
        change_duty(town, people.crew, 1, "off_duty")
    with pytest.raises(UnitNotYours):
        change_duty(town, people.crew, 2, "off_duty")
    with pytest.raises(Refusal, match="a reason must be given"):
        change_duty(town, people.damkar, 2, "out_of_service")
    change_duty(town, people.damkar, 2, "off_duty")
    before = town.store.reads.value("newest_event_id")
    change_duty(town, people.damkar, 2, "off_duty")
    assert town.store.reads.value("newest_event_id") == before
