"""Calls: taken once, answered once, closed by one key, never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gis_dispatch.domain.call import NO_INCIDENT
from gis_dispatch.domain.people import SIMULATOR, Actor
from gis_dispatch.errors import (
    CallAlreadyAnswered,
    CallAlreadyClosed,
    CallAlreadyEnded,
    CallAlreadyLinked,
    ChoiceUnknown,
    CoordinatesOutOfRange,
    DispositionUnknown,
    OnlySample,
    TimeInFuture,
    TimeWithoutZone,
)
from gis_dispatch.ports import House
from gis_dispatch.services.answer_call import answer_call
from gis_dispatch.services.close_call import close_call
from gis_dispatch.services.end_call import end_call
from gis_dispatch.services.link_call import link_call
from gis_dispatch.services.take_call import take_call
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.story import Story
from tests.town import People


def kinds(house: House, **about: object) -> list[str]:
    events = events_of(house.store)
    return [e["kind"] for e in events if all(e[k] == v for k, v in about.items())]


def test_a_call_is_taken_answered_and_ended(town: House, people: People, clock: FakeClock) -> None:
    call = take_call(
        town, people.operator, caller_number="0812", lon=108.9, lat=0.9, location_method="aml"
    )
    assert town.store.reads.one("get_call", id=call.id)["location"]["method"] == "aml"
    assert [c["id"] for c in town.store.reads.all("list_calls", state="waiting")] == [call.id]
    clock.forward(7)
    answered = answer_call(town, people.operator, call.id)
    assert answered.answered_at == call.received_at + timedelta(seconds=7)
    assert town.store.reads.all("list_calls", state="waiting") == []
    with pytest.raises(CallAlreadyAnswered):
        answer_call(town, people.lead, call.id)
    clock.forward(30)
    end_call(town, people.operator, call.id)
    with pytest.raises(CallAlreadyEnded):
        end_call(town, people.operator, call.id)
    assert kinds(town, call_id=call.id) == ["call.received", "call.answered", "call.ended"]


def test_the_telephone_system_may_report_twenty_times_at_once(town: House, people: People) -> None:
    with ThreadPoolExecutor(20) as pool:
        calls = list(
            pool.map(
                lambda _: take_call(town, people.operator, caller_number="1", external_id="pbx-7"),
                range(20),
            )
        )
    assert len({call.id for call in calls}) == 1
    assert kinds(town) == ["call.received"]


@pytest.mark.parametrize("disposition", NO_INCIDENT)
def test_one_key_closes_a_call_that_makes_no_incident(
    town: House, people: People, disposition: str
) -> None:
    call = take_call(town, people.operator, caller_number=None)
    closed = close_call(town, people.operator, call.id, disposition, None)
    assert closed.disposition == disposition and closed.ended_at is not None
    assert (closed.answered_at is None) == (disposition == "terputus")
    assert [c["id"] for c in town.store.reads.all("list_calls", state="all")] == [call.id]
    with pytest.raises(CallAlreadyClosed):
        close_call(town, people.operator, call.id, disposition, None)


def test_an_incident_call_is_not_closed_by_a_key(town: House, people: People) -> None:
    call = take_call(town, people.operator, caller_number=None)
    with pytest.raises(DispositionUnknown, match="hantu"):
        close_call(town, people.operator, call.id, "incident", None)


def test_bad_input_is_named(town: House, people: People, clock: FakeClock) -> None:
    bad = [
        ({"channel": "pigeon"}, ChoiceUnknown),
        ({"lon": 200.0, "lat": 0.9}, CoordinatesOutOfRange),
        ({"lon": 108.9}, CoordinatesOutOfRange),
        ({"received_at": clock.now() + timedelta(minutes=2)}, TimeInFuture),
        ({"received_at": clock.now().replace(tzinfo=None)}, TimeWithoutZone),
    ]
    for given, refusal in bad:
        with pytest.raises(refusal):
            take_call(town, people.operator, caller_number="1", **given)  # type: ignore[arg-type]
    assert kinds(town) == []


def test_more_calls_about_one_incident(story: Story, town: House, people: People) -> None:
    incident = story.incident()
    call = take_call(town, people.operator, caller_number="2")
    link_call(town, people.operator, incident.id, call.id)
    assert town.store.reads.one("get_incident", id=incident.id)["call_count"] == 2
    other = story.incident()
    with pytest.raises(CallAlreadyLinked, match=incident.number):
        link_call(town, people.operator, other.id, call.id)


def test_the_simulator_takes_only_sample_calls(town: House) -> None:
    simulator = Actor(None, "Simulator", SIMULATOR, source="simulator")
    with pytest.raises(OnlySample):
        take_call(town, simulator, caller_number="1")
    assert take_call(town, simulator, caller_number="1", sample=True).sample
