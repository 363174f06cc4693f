"""A span of the record: its bounds, what somebody may see, late entries, tracks, the export."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gis_dispatch.domain.people import ADMINISTRATOR, PLANNER, Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import IncidentNotFound, PeriodBackwards, TimeInFuture
from gis_dispatch.ports import House
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.export_replay import ReplayTooLarge, export_replay
from gis_dispatch.services.relocate_incident import relocate_incident
from gis_dispatch.services.replay_sight import sight_of
from gis_dispatch.services.replay_span import replay_span
from gis_dispatch.services.replay_spans import (
    Span,
    SpanMissing,
    SpanTooLong,
    chosen_span,
    incident_of_number,
)
from gis_dispatch.services.replay_tracks import TracksTooLong, replay_tracks
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.track_position import track_positions
from tests.fakes import START, FakeClock
from tests.looking import events_of
from tests.story import Story
from tests.town import CENTRE, People

PLANS = Actor(7, "Wati", PLANNER)
MINUTE = timedelta(minutes=1)


def span_of(house: House, clock: FakeClock, minutes: int = 60) -> Span:
    return chosen_span(house, clock.now() - minutes * MINUTE, clock.now(), None)


def told(house: House, clock: FakeClock, actor: Actor) -> Any:
    return replay_span(house, span_of(house, clock), sight_of(actor))


def test_bounds_are_said(town: House, clock: FakeClock) -> None:
    now = clock.now()
    with pytest.raises(SpanMissing, match="from when to when"):
        chosen_span(town, None, None, None)
    with pytest.raises(PeriodBackwards):
        chosen_span(town, now - MINUTE, now - 2 * MINUTE, None)
    with pytest.raises(TimeInFuture):
        chosen_span(town, now + MINUTE, now + 2 * MINUTE, None)
    with pytest.raises(SpanTooLong, match="24"):
        chosen_span(town, now - timedelta(hours=24, minutes=6), now, None)
    with pytest.raises(IncidentNotFound):
        chosen_span(town, None, None, 404)
    with pytest.raises(IncidentNotFound, match="20990101-0001"):
        incident_of_number(town, "20990101-0001")
    assert chosen_span(town, now - MINUTE, now + MINUTE, None).to_at == now


def test_an_incident_has_a_span_of_its_own(town: House, clock: FakeClock, story: Story) -> None:
    incident = story.resolved()
    span = chosen_span(town, None, None, incident_of_number(town, incident.number))
    assert span.from_at == START - 2 * MINUTE
    assert (span.to_at, span.shortened) == (clock.now(), False)
    clock.forward(26 * 3600)
    span = chosen_span(town, None, None, incident.id)
    assert (span.to_at - span.from_at, span.shortened) == (timedelta(hours=24), True)


def test_a_step_entered_later_is_known_only_later(
    town: House, clock: FakeClock, story: Story, people: People
) -> None:
    assignment = story.sent()
    happened = clock.now() + MINUTE
    clock.forward(600)
    report_step(town, people.crew, assignment.id, "acknowledged", occurred_at=happened)
    [late] = [one for one in told(town, clock, people.lead)["events"] if one["late_s"]]
    assert (late["kind"], late["occurred_at"]) == ("assignment.acknowledged", happened)
    assert (late["entered_at"], late["late_s"]) == (clock.now(), 540)
    before = chosen_span(town, START, clock.now() - MINUTE, None)
    # Of a span that ended before it was entered it is told too, but it changed nothing then.
    [late] = [e for e in replay_span(town, before, sight_of(people.lead))["events"] if e["late_s"]]
    assert (late["kind"], late["change"]) == ("assignment.acknowledged", None)


def test_parts_put_together_are_the_whole(
    town: House, clock: FakeClock, story: Story, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.resolved()
    whole = told(town, clock, people.lead)["events"]
    assert len(whole) > 10
    monkeypatch.setattr("gis_dispatch.services.replay_span.MOST_EVENTS", 4)
    span, sight, parts, after, more = span_of(town, clock), sight_of(people.lead), [], 0, True
    while more:
        part = replay_span(town, span, sight, after=after)
        parts += part["events"]
        after, more = part["events"][-1]["id"], part["more"]
        assert len(part["events"]) <= 4
    assert parts == whole


def test_a_dispatcher_sees_only_what_the_agency_was_asked(
    town: House, clock: FakeClock, story: Story, people: People
) -> None:
    story.sent()
    seen = told(town, clock, people.bpbd)
    assert {one["kind"] for one in seen["events"]} == {"assignment.dispatched"}
    [sent] = seen["events"]
    assert (sent["incident_id"], sent["incident_number"], sent["actor"]) == (None, None, None)
    assert (sent["change"]["incident_id"], sent["change"]["unit_id"]) == (None, 1)
    clock.forward(5)
    later = replay_span(town, chosen_span(town, clock.now() - MINUTE / 30, clock.now(), None),
                        sight_of(people.bpbd))  # fmt: skip
    assert {one["thing"] for one in later["start"]} == {"unit", "assignment"}
    own = {one["kind"] for one in told(town, clock, people.damkar)["events"]}
    assert {"incident.received", "referral.sent", "assignment.dispatched"} <= own


def test_a_planner_is_told_no_words_and_no_names(
    town: House, clock: FakeClock, story: Story, people: People
) -> None:
    incident = story.incident()
    relocate_incident(town, people.operator, incident.id, lon=CENTRE[0], lat=CENTRE[1])
    change_incident(town, people.operator, incident.id, caller_name="Ani", needs="Ani terjepit")
    story.resolved()
    for actor in (PLANS, Actor(2, "Budi", ADMINISTRATOR)):
        text = str(told(town, clock, actor))
        assert "Ani'" not in text and "0812000111" not in text
        assert ("Siti" in text, "Diponegoro" in text) == (actor is not PLANS, actor is not PLANS)
    assert "terjepit" not in str(told(town, clock, PLANS))


def test_points_keep_both_clocks(town: House, clock: FakeClock, people: People) -> None:
    sent = clock.now()
    for delay_s, east in ((0, 0.0), (300, 0.001), (0, 0.002), (0, 0.9)):
        clock.forward(10)
        at = clock.now() - timedelta(seconds=delay_s)
        report = Report(CENTRE[0] + east, CENTRE[1], recorded_at=at)
        track_positions(town, people.crew, 1, [report])
    clock.forward(60)
    span = chosen_span(town, sent - 10 * MINUTE, clock.now(), None)
    [track] = replay_tracks(town, span, span.from_at, span.from_at + 10 * MINUTE)["items"]
    assert (track["recorded_ms"], track["delay_s"]) == ([320_000], [300])
    [track] = replay_tracks(town, span, sent, sent + 10 * MINUTE)["items"]
    assert track["recorded_ms"] == [10_000, 30_000, 40_000]
    assert track["doubted"] == [0, 0, 1]
    with pytest.raises(TracksTooLong, match="600"):
        replay_tracks(town, span, span.from_at, span.from_at + 11 * MINUTE)


def test_a_long_span_has_thinner_tracks(town: House, clock: FakeClock, people: People) -> None:
    for _ in range(40):
        clock.forward(5)
        track_positions(town, people.crew, 1, [Report(*CENTRE, recorded_at=clock.now())])
    clock.forward(1)
    day = chosen_span(town, clock.now() - timedelta(hours=24), clock.now(), None)
    hour = chosen_span(town, clock.now() - timedelta(hours=1), clock.now(), None)
    points = [
        len(replay_tracks(town, span, clock.now() - 10 * MINUTE, clock.now())["items"][0]["lon"])
        for span in (hour, day)
    ]
    assert points == [40, 4]


def test_an_export_is_remembered_and_names_nobody(
    town: House, clock: FakeClock, story: Story, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = story.resolved()
    clock.forward(10)
    span = replace(span_of(town, clock), incident_id=incident.id)
    taken = export_replay(town, people.lead, span)
    assert "Siti" not in str(taken["events"]) and "Diponegoro" not in str(taken)
    last = events_of(town.store)[-1]
    assert (last["kind"], last["actor"], last["incident_id"]) == (
        "replay.exported", "Budi", incident.id,
    )  # fmt: skip
    assert last["data"]["events"] == len(taken["events"])
    monkeypatch.setattr("gis_dispatch.services.export_replay.MOST_EXPORTED_EVENTS", 3)
    with pytest.raises(ReplayTooLarge, match="choose a shorter span"):
        export_replay(town, people.lead, span)
    assert events_of(town.store)[-1]["id"] == last["id"]
