"""Faults planted in the product or in its record: the model or the judge finds each of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from gis_dispatch.domain.from_position import Seen
from gis_dispatch.errors import DatabaseUnavailable
from gis_dispatch.services import assigning, progress, referring, report_step
from tests.consoles.town import Town
from tests.laws import judging
from tests.laws.knowing import Act
from tests.laws.world import World


@pytest.fixture
def world(town: Town, tmp_path: Path) -> Iterator[World]:
    yield World(town, tmp_path)


def sending(world: World, unit: int) -> Act:
    """The act by which a unit is sent to one more incident, which an agency has accepted."""
    world.round([Act("record", "operator", word="verified", key=f"{len(world.model.incidents)}")])
    incident = max(world.model.incidents)
    world.round([Act("refer", "operator", incident, word="damkar")])
    referral = max(world.model.referrals)
    for name, word in (("acknowledge", ""), ("check", "ready"), ("accept", "")):
        world.round([Act(name, "damkar", referral, word=word)])
    return Act("assign", "damkar", referral, unit, str(incident))


def driving(world: World) -> int:
    """A unit on its way; its assignment."""
    world.round([sending(world, 1)])
    assignment = max(world.model.assignments)
    for step in ("acknowledged", "en_route"):
        world.round([Act("step", "crew", assignment, word=step)])
    return assignment


def test_a_unit_that_may_be_sent_twice(world: World) -> None:
    """By the model at once, and by the judge of the record."""
    world.town.sql("DROP INDEX one_open_assignment_per_unit")
    world.round([sending(world, 1)])
    second = sending(world, 1)
    with pytest.raises(AssertionError, match="no order explains"):
        world.round([second])
    assert judging.double_assignments(world.town)


def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product that does not ask its own tables what may follow what."""

    def anything(*_args: Any, **_named: Any) -> SimpleNamespace:
        return SimpleNamespace(needs=())

    for room in (assigning, progress, referring):
        monkeypatch.setattr(room, "require", anything)


def asked_out_of_turn(world: World) -> list[int]:
    """A referral is accepted without a readiness check: what was answered."""
    world.round([Act("record", "operator", word="verified")])
    [incident] = world.model.incidents
    world.round([Act("refer", "operator", incident, word="damkar")])
    [referral] = world.model.referrals
    acts = [Act("acknowledge", "damkar", referral), Act("accept", "damkar", referral)]
    return [world.ask(act).status for act in acts]


def test_what_the_product_forgets_the_database_refuses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful(monkeypatch)
    assert asked_out_of_turn(world) == [200, 409]
    assert world.judged() == {}


def test_a_step_that_is_skipped_where_the_trigger_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful(monkeypatch)
    for trigger in ("referral_state_order", "referral_work_guard"):
        world.town.sql(f"DROP TRIGGER {trigger} ON referrals")
    assert asked_out_of_turn(world) == [200, 200]
    assert "illegal states" in world.judged()


def test_a_stamp_that_was_lost(world: World) -> None:
    world.round([sending(world, min(world.model.units))])
    world.town.sql("ALTER TABLE events DISABLE TRIGGER USER")
    world.town.sql("DELETE FROM events WHERE kind = 'referral.acknowledged'")
    assert {"lost stamps", "illegal states", "stamps of no event"} <= world.judged().keys()


def test_an_outbox_that_sends_at_most_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is noted before the report is taken: after a fault between them it is lost."""
    world.round([sending(world, 1)])
    kept = set()

    def noted_before(house: Any, tx: Any, actor: Any, key: UUID | None, kind: str) -> bool:
        known = key in kept
        kept.add(key)
        if not known:
            raise DatabaseUnavailable
        return False

    monkeypatch.setattr(report_step, "first_time", noted_before)
    key = "7f9c24e8-3b12-4fef-91e0-0b6a7c1d2e3f"
    act = Act("step", "crew", max(world.model.assignments), word="acknowledged", key=key)
    assert world.ask(act).status == 503
    with pytest.raises(AssertionError, match="no order explains"):
        world.round([act])


def test_an_arrival_that_comes_of_a_late_point(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = driving(world)
    unit = world.model.assignments[assignment]["unit"]
    world.round([Act("fly", "phone", unit, word="late")])
    world.round([Act("look", "worker")])
    assert world.model.assignments[assignment]["status"] == "en_route"
    assert world.judged() == {}
    monkeypatch.setattr(Seen, "trusted", True)
    world.round([Act("look", "worker")])
    assert world.model.assignments[assignment]["status"] == "on_scene"
    assert world.judged().keys() == {"steps of no point"}


def test_a_correction_that_forgets_what_stood_there(world: World) -> None:
    assignment = driving(world)
    stamp = world.model.assignments[assignment]["at"]["acknowledged"]
    earlier = world.model.assignments[assignment]["at"]["dispatched"].first
    act = Act("correct_assignment", "damkar", assignment, word="acknowledged", at=earlier)
    world.round([act])
    assert world.model.assignments[assignment]["at"]["acknowledged"] != stamp
    assert world.judged() == {}
    world.town.sql("ALTER TABLE events DISABLE TRIGGER USER")
    world.town.sql(
        "UPDATE events SET data = data || jsonb_build_object('from', data ->> 'to')"
        " WHERE kind = 'assignment.corrected'"
    )
    assert world.judged().keys() == {"stamps of no event"}


def test_a_late_step_that_is_raised_after_it_was_done(world: World) -> None:
    world.round([sending(world, 1)])
    world.town.sql(
        "INSERT INTO events (kind, occurred_at, entered_at, source, actor, incident_id,"
        " referral_id, agency_code, data) SELECT 'referral.late', now(), now(), 'system', 'x',"
        " incident_id, id, agency_code,"
        """ '{"step": "acknowledge", "level": 0, "due_at": "2026-11-27T12:00:00+00:00"}'"""
        " FROM referrals"
    )
    assert world.judged().keys() == {"raised wrongly"}


def test_points_that_nobody_sent_tell_nothing(world: World) -> None:
    """The ledger of the phones itself: without the points that told it, an arrival is a fault."""
    assignment = driving(world)
    unit = world.model.assignments[assignment]["unit"]
    for way in ("leave", "arrive"):
        world.round([Act("fly", "phone", unit, word=way)])
    world.round([Act("look", "worker")])
    assert world.model.assignments[assignment]["status"] == "on_scene"
    assert world.judged() == {}
    sent = world.phones.sent
    sent[unit] = [replace(point, place=world.phones.homes[unit]) for point in sent[unit]]
    assert world.judged().keys() == {"steps of no point"}
