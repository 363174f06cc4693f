"""What a phone sent and was refused stays in the record; steps go back by when that was said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from gis_dispatch.errors import (
    Conflict,
    SomethingFollowed,
    StepAlreadyReported,
    TakenBackTooLate,
    TimeInFuture,
    TimeRunsBackwards,
    UnitNotYours,
)
from gis_dispatch.ports import House, Row
from gis_dispatch.services.call_for_backup import call_for_backup
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.report_scene import report_counts
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.take_back_step import take_back_step
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.story import Story
from tests.town import People


def _events(house: House, kind: str) -> list[Row]:
    return [event for event in events_of(house.store) if event["kind"] == kind]


def _not_taken(house: House) -> list[Row]:
    return _events(house, "assignment.not_taken")


def test_what_was_not_taken_is_in_the_record_once_with_its_time_and_the_reason(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route")
    pressed_at, key = clock.now(), uuid4()
    clock.forward(20)
    report_step(town, people.damkar, assignment.id, "on_scene")
    stands_at = clock.now()
    for _ in range(3):
        clock.forward(30)
        with pytest.raises(StepAlreadyReported):
            report_step(town, people.crew, assignment.id, "on_scene", pressed_at, key=key)
    [event] = _not_taken(town)
    assert (event["occurred_at"], event["entered_at"]) == (
        pressed_at,
        stands_at + timedelta(seconds=30),
    )
    assert (event["actor"], event["unit_id"], event["assignment_id"]) == ("Joko", 1, assignment.id)
    data = event["data"]
    assert (data["what"], data["given"]) == ("on_scene", pressed_at.isoformat())
    assert data["report"] == str(key)
    refusal = data["refusal"]
    assert refusal["code"] == "step_already_reported"
    assert refusal["sentence"] == StepAlreadyReported.msgid()
    assert refusal["fields"]["step"] == {"word": "on scene"}
    assert town.store.reads.one("get_assignment", id=assignment.id)["on_scene_at"] == stands_at


def test_every_kind_of_report_of_a_phone_that_is_refused_is_told(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    cancel_assignment(town, people.damkar, assignment.id, "Sudah padam")
    sends = {
        "en_route": lambda key: report_step(
            town, people.crew, assignment.id, "en_route", clock.now(), key=key
        ),
        "backup": lambda key: call_for_backup(
            town, people.crew, assignment.id, "Tangga", occurred_at=clock.now(), key=key
        ),
        "counts": lambda key: report_counts(
            town, people.crew, assignment.id, {"dead": 1}, counted_at=clock.now(), key=key
        ),
        "undo": lambda key: take_back_step(
            town, people.crew, assignment.id, "acknowledged", clock.now(), key=key
        ),
    }
    for send in sends.values():
        with pytest.raises(Conflict):
            send(uuid4())
    told = _not_taken(town)
    assert [event["data"]["what"] for event in told] == list(sends)
    assert told[0]["data"]["refusal"]["fields"]["reason"] == "Sudah padam"


def test_who_reads_the_refusal_at_once_and_who_may_not_report_leave_nothing(
    story: Story, town: House, people: People
) -> None:
    assignment = story.steps(story.sent(), "acknowledged")
    with pytest.raises(StepAlreadyReported):
        report_step(town, people.damkar, assignment.id, "acknowledged")
    with pytest.raises(UnitNotYours):
        report_step(town, people.crew_2, assignment.id, "en_route", key=uuid4())
    assert _not_taken(town) == []


def test_two_phones_that_send_one_refused_report_at_once_leave_one_line(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged")
    pressed_at, key = clock.now() - timedelta(seconds=30), uuid4()

    def send(_: int) -> str:
        try:
            report_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
        except StepAlreadyReported as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {"step_already_reported"}
    assert len(_not_taken(town)) == 1


def test_a_clock_that_is_wrong_by_years_does_not_leave_the_case(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    for given_at in (clock.now() - timedelta(days=9999), clock.now() + timedelta(days=9999)):
        with pytest.raises((TimeRunsBackwards, TimeInFuture)):
            report_step(town, people.crew, assignment.id, "acknowledged", given_at, key=uuid4())
    early, late = _not_taken(town)
    assert early["occurred_at"] == assignment.dispatched_at
    assert late["occurred_at"] == late["entered_at"]
    assert late["data"]["given"] == given_at.isoformat()


def test_a_step_taken_back_without_a_signal_is_taken_back_by_when_that_was_pressed(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment, key = story.sent(), uuid4()
    report_step(town, people.crew, assignment.id, "acknowledged", clock.now(), key=uuid4())
    clock.forward(40)
    pressed_at = clock.now()
    clock.forward(900)
    back = take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    assert (back.status, back.acknowledged_at) == ("dispatched", None)
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    again = take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    assert again.status == "acknowledged", "one press takes back one step"
    [event] = _events(town, "assignment.undone")
    assert event["occurred_at"] == pressed_at and event["data"]["report"] == str(key)


def test_a_step_that_another_followed_meanwhile_is_not_taken_back(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    pressed_at = clock.now()
    clock.forward(10)
    report_step(town, people.crew, assignment.id, "en_route", key=uuid4())
    with pytest.raises(SomethingFollowed):
        take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=uuid4())
    clock.forward(61)
    with pytest.raises(TakenBackTooLate):
        take_back_step(town, people.crew, assignment.id, "en_route", clock.now(), key=uuid4())
    assert [e["data"]["what"] for e in _not_taken(town)] == ["undo"] * 2
