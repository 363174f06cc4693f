"""A step is taken back within a minute by who entered it; the record keeps both."""

import pytest

from gis_dispatch import errors
from gis_dispatch.domain.incident import Incident
from gis_dispatch.ports import House
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.close_call import close_call
from gis_dispatch.services.close_incident import close_incident
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.deliver_case import begin_delivery, due_deliveries
from gis_dispatch.services.link_call import link_call
from gis_dispatch.services.mark_duplicate import mark_duplicate
from gis_dispatch.services.reopen_incident import reopen_incident
from gis_dispatch.services.take_back_call import take_back_call
from gis_dispatch.services.take_back_incident import take_back_incident
from gis_dispatch.services.take_back_referral import take_back_referral
from gis_dispatch.services.take_back_step import take_back_step
from gis_dispatch.services.take_call import take_call
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import People


def incident_of(house: House, id: int) -> Incident:
    with house.store.transaction() as tx:
        return tx.incidents.get(id)


def close(house: House, people: People) -> Incident:
    return close_incident(house, people.operator, 1, outcome="padam", summary="padam")


def test_the_stamp_leaves_the_table_and_stays_in_the_record(
    town: House, story: Story, people: People
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route")
    assert incident_of(town, 1).status == "in_progress"
    back = take_back_step(town, people.damkar, assignment.id)
    assert (back.status, back.en_route_at) == ("acknowledged", None)
    assert incident_of(town, 1).status == "dispatched", "nobody drives"
    events = town.store.reads.all("list_events_of_incident", incident_id=1)
    kinds = [event["kind"] for event in events]
    assert kinds[-4:] == [
        "assignment.en_route", "incident.in_progress", "assignment.undone", "incident.undone",
    ]  # fmt: skip
    assert events[-2]["data"]["stamp"] == events[-4]["occurred_at"].isoformat()
    assert (events[-2]["data"]["step"], events[-2]["data"]["to"]) == ("en_route", "acknowledged")


def test_only_within_a_minute_only_by_who_did_it_only_once(
    town: House, story: Story, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route")
    with pytest.raises(errors.EnteredByOther, match="Agus entered"):
        take_back_step(town, people.lead, assignment.id)
    clock.forward(61)
    with pytest.raises(errors.TakenBackTooLate, match="61 seconds ago"):
        take_back_step(town, people.damkar, assignment.id)
    story.steps(assignment, "on_scene")
    clock.forward(60)
    assert take_back_step(town, people.damkar, assignment.id).status == "en_route"
    with pytest.raises(errors.NothingToTakeBack):
        take_back_step(town, people.damkar, assignment.id)


def test_a_unit_that_was_cleared_too_soon_is_bound_again_unless_it_went_elsewhere(
    town: House, story: Story, people: People
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route", "on_scene", "cleared")
    change_duty(town, people.damkar, 1, "off_duty")
    with pytest.raises(errors.UnitNotAvailable):
        take_back_step(town, people.damkar, assignment.id)
    change_duty(town, people.damkar, 1, "available")
    assert take_back_step(town, people.damkar, assignment.id).open
    story.clock.forward(5)
    second = story.sent(2, referral=None)
    cancel_assignment(town, people.damkar, second.id, "salah tekan")
    other = story.accepted()
    assign_units(town, people.damkar, other.incident_id, other.id, [2])
    with pytest.raises(errors.UnitAlreadyAssigned):
        take_back_step(town, people.damkar, second.id)


def test_an_agency_that_completed_too_soon_puts_the_incident_back_to_work(
    town: House, story: Story, people: People
) -> None:
    resolved = story.resolved()
    assert resolved.status == "resolved"
    [referral] = town.store.reads.all("list_referrals")
    back = take_back_referral(town, people.damkar, referral["id"])
    assert (back.status, back.completed_at, back.completion_note) == ("accepted", None, None)
    again = incident_of(town, resolved.id)
    assert (again.status, again.resolved_at) == ("in_progress", None)
    story.clock.forward(5)
    complete_referral(town, people.damkar, back.id, "padam")
    assert incident_of(town, resolved.id).status == "resolved"


def test_the_end_before_a_reopening_counts_again(town: House, story: Story, people: People) -> None:
    before = story.resolved()
    reopen_incident(town, people.operator, before.id, "asap lagi")
    story.clock.forward(100)
    referral = story.accepted(story.referral(incident_of(town, before.id)))
    complete_referral(town, people.damkar, referral.id)
    assert incident_of(town, before.id).resolved_at != before.resolved_at
    take_back_referral(town, people.damkar, referral.id)
    again = incident_of(town, before.id)
    # Nobody drives for the second time, but a unit did for the first.
    assert (again.status, again.resolved_at) == ("in_progress", before.resolved_at)


def test_an_accepted_referral_is_not_taken_back_under_a_unit(
    town: House, story: Story, people: People
) -> None:
    referral = story.accepted()
    assert take_back_referral(town, people.damkar, referral.id).status == "ready"
    accepted = story.sent()
    with pytest.raises(errors.SomethingFollowed, match="DMK-1"):
        take_back_referral(town, people.damkar, accepted.referral_id)


def test_a_closing_is_taken_back_and_its_document_kept_back(
    town: House, story: Story, people: People, clock: FakeClock
) -> None:
    story.resolved()
    close(town, people)
    back = take_back_incident(town, people.operator, 1)
    assert (back.status, back.closed_at, back.closed_by) == ("resolved", None, None)
    assert due_deliveries(town.store, clock.now()) == []
    closed = close(town, people)
    [due] = due_deliveries(town.store, clock.now())
    attempt = begin_delivery(town.store, due, clock.now())
    assert attempt is not None and attempt.case_id == f"{closed.number}.2"
    take_back_incident(town, people.operator, 1)
    with town.store.transaction() as tx:
        assert tx.deliveries.get(due).next_attempt_at is not None, "it may be there already"


@pytest.mark.parametrize("step", ["verified", "cancelled", "reopened"])
def test_what_an_operator_did_to_an_incident(
    town: House, story: Story, people: People, step: str
) -> None:
    if step == "reopened":
        before = story.resolved()
        reopen_incident(town, people.operator, before.id, "asap")
    else:
        before = story.incident(verified=step == "verified")
        if step == "cancelled":
            cancel_incident(town, people.operator, before.id, "keliru")
    back = take_back_incident(town, people.operator, before.id)
    expected = "received" if step == "verified" else before.status
    assert (back.status, back.status_reason) == (expected, None)
    assert (back.verified_at is None) == (step != "reopened")


@pytest.mark.parametrize("answered", [True, False])
def test_a_call_that_was_closed_by_mistake_rings_again(
    town: House, people: People, answered: bool
) -> None:
    from gis_dispatch.services.answer_call import answer_call

    before = take_call(town, people.operator, caller_number="0812")
    if answered:
        before = answer_call(town, people.operator, before.id)
    close_call(town, people.operator, before.id, "prank")
    back = take_back_call(town, people.operator, before.id)
    assert back == before


def snapshot(house: House, id: int) -> object:
    """Everything of an incident but what counts its changes, with all that belongs to it."""
    with house.store.transaction() as tx:
        incident = {**vars(tx.incidents.get(id)), "version": 0, "status_reason": None}
        return (
            incident,
            tx.calls.list(incident_id=id),
            tx.referrals.list(incident_id=id),
            tx.assignments.list(incident_id=id),
        )


@pytest.mark.parametrize("reached", ["received", "verified", "dispatched", "cancelled unit"])
@pytest.mark.parametrize("how", ["reopened", "taken back"])
def test_what_was_merged_comes_apart_exactly_as_it_was(
    town: House, story: Story, people: People, reached: str, how: str
) -> None:
    original = story.incident()
    if reached == "cancelled unit":
        sent = story.sent()
        cancel_assignment(town, people.damkar, sent.id, "tidak perlu")
        id = sent.incident_id
    elif reached == "dispatched":
        id = story.referral().incident_id
    else:
        id = story.incident(verified=reached == "verified").id
    before, of_original = snapshot(town, id), snapshot(town, original.id)
    mark_duplicate(town, people.operator, id, original.id)
    assert snapshot(town, original.id) == of_original, "everything stays with what it was of"
    call = take_call(town, people.operator, caller_number="0813")
    assert link_call(town, people.operator, id, call.id).incident_id == original.id
    if how == "reopened":
        reopen_incident(town, people.lead, id, "ternyata dua")
    else:
        take_back_incident(town, people.operator, id)
    assert snapshot(town, id) == before


def test_a_call_for_a_duplicate_of_a_duplicate_reaches_the_end_of_the_chain(
    town: House, story: Story, people: People
) -> None:
    first, second, third = (story.incident() for _ in range(3))
    mark_duplicate(town, people.operator, first.id, second.id)
    mark_duplicate(town, people.operator, second.id, third.id)
    call = take_call(town, people.operator, caller_number="0813")
    assert link_call(town, people.operator, first.id, call.id).incident_id == third.id
    with pytest.raises(errors.DuplicateOfItself):
        mark_duplicate(town, people.operator, third.id, first.id)


def test_a_second_closing_is_taken_back_to_the_reopening(
    town: House, story: Story, people: People
) -> None:
    story.resolved()
    first = close(town, people)
    reopen_incident(town, people.operator, 1, "asap lagi")
    story.clock.forward(30)
    close(town, people)
    back = take_back_incident(town, people.operator, 1)
    assert (back.status, back.status_reason) == ("reopened", "asap lagi")
    assert back.closed_at == first.closed_at
