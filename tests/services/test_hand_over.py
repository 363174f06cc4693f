"""The change of shifts: kept as it was seen, from one person to another; and promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gis_dispatch.domain.people import OPERATOR, Actor
from gis_dispatch.errors import (
    DeskNotYours,
    HandoverNeedsAnother,
    HandoverNotFound,
    HandoverTaken,
    HandoverWaits,
    OnlyPeople,
    PromiseDueUnusable,
    PromiseEnded,
    PromiseNotFound,
    Refusal,
    TextMissing,
)
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.hand_over_shift import (
    hand_over_shift,
    read_desk,
    read_handover,
    take_shift,
)
from gis_dispatch.services.keep_promises import end_promise, make_promise
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.services.clocks import agree
from tests.story import Story
from tests.town import People


def promise(house: House, actor: Actor, clock: FakeClock, minutes: int = 30) -> int:
    return make_promise(
        house, actor, promise="Telepon balik", promised_to="Ibu Ani",
        due_at=clock.now() + timedelta(minutes=minutes),
    )  # fmt: skip


def test_a_desk_tells_what_who_comes_next_must_know(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    change_duty(town, people.damkar, 2, "out_of_service", "rem blong")
    promise(town, people.damkar, clock)
    clock.forward(100)
    desk = read_desk(town, "damkar")
    assert [one["id"] for one in desk["open"]] == [referral.incident_id]
    assert [one["referral_id"] for one in desk["late"]] == [referral.id]
    assert [one["promised_to"] for one in desk["promised"]] == ["Ibu Ani"]
    assert [(one["call_sign"], one["duty_reason"]) for one in desk["out_of_service"]] == [
        ("DMK-2", "rem blong")
    ]
    other = read_desk(town, "bpbd")
    assert [other[part] for part in ("open", "late", "promised", "out_of_service")] == [[]] * 4
    room = read_desk(town, None)
    assert len(room["open"]) == 1 and room["promised"] == []
    assert room["counts"] == {"calls": 1, "incidents": 1, "completed": 0}


def test_one_hands_over_and_another_takes_over(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    story.referral()
    number = hand_over_shift(town, people.operator, "Jalan Diponegoro banjir")
    with pytest.raises(HandoverWaits):
        hand_over_shift(town, people.lead)
    with pytest.raises(HandoverNeedsAnother):
        take_shift(town, people.operator, number)
    with pytest.raises(DeskNotYours):
        take_shift(town, people.damkar, number)
    clock.forward(60)
    take_shift(town, people.lead, number, "diterima")
    with pytest.raises(HandoverTaken):
        take_shift(town, people.lead, number)
    found = read_handover(town, people.operator, number, anywhere=False)
    assert (found["handed_by"], found["taken_by"]) == ("Siti", "Budi")
    assert len(found["picture"]["open"]) == 1
    with pytest.raises(DeskNotYours):
        read_handover(town, people.damkar, number, anywhere=False)
    kinds = [e["kind"] for e in events_of(town.store) if e["kind"].startswith("handover.")]
    assert kinds == ["handover.given", "handover.taken"]


def test_what_was_handed_over_stays_as_it_was_seen(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    number = hand_over_shift(town, people.operator)
    clock.forward(60)
    take_shift(town, people.lead, number)
    story.referral()
    assert read_handover(town, people.lead, number, anywhere=True)["picture"]["open"] == []
    assert read_desk(town, None)["since"] is not None
    assert read_desk(town, None)["counts"]["calls"] == 1
    with pytest.raises(HandoverNotFound, match="999"):
        read_handover(town, people.lead, 999, anywhere=True)


def test_two_who_hand_over_at_once_make_one_hand_over(town: House, people: People) -> None:
    def give(actor: Actor) -> bool:
        try:
            hand_over_shift(town, actor)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as hands:
        done = list(hands.map(give, [people.operator, people.lead] * 4))
    assert sum(done) == 1
    assert hand_over_shift(town, people.damkar), "another desk has its own"


def test_a_promise_is_kept_by_its_desk_with_a_word(
    town: House, people: People, clock: FakeClock
) -> None:
    number = promise(town, people.operator, clock)
    with pytest.raises(TextMissing, match="outcome"):
        end_promise(town, people.operator, number, " ")
    with pytest.raises(DeskNotYours):
        end_promise(town, people.damkar, number, "ditelepon")
    end_promise(town, people.lead, number, "ditelepon")
    with pytest.raises(PromiseEnded):
        end_promise(town, people.operator, number, "lagi")
    with pytest.raises(PromiseNotFound, match="999"):
        end_promise(town, people.operator, 999, "lagi")
    assert read_desk(town, None)["promised"] == []
    [kept] = town.store.reads.all("list_promises", agency=None, open=False)
    assert (kept["outcome"], kept["ended_by"]) == ("ditelepon", "Budi")
    for minutes in (-10, 60 * 24 * 400):
        with pytest.raises(PromiseDueUnusable):
            promise(town, people.operator, clock, minutes)


def test_a_program_has_no_shift(town: House, clock: FakeClock) -> None:
    program = Actor(None, "telepon", OPERATOR)
    with pytest.raises(OnlyPeople):
        hand_over_shift(town, program)
    with pytest.raises(OnlyPeople):
        promise(town, program, clock)
