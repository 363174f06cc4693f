"""People, phones and restarts against the real API, held against a plain model.

2,000 events here; `GIS_DISPATCH_TEST_EVENTS=100000` (script/nightly) for a night. A world is one
long history, so nothing is shrunk: what fails says which acts were done at once and what they were
told.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from gis_dispatch.services import assigning, progress, referring
from tests.consoles.town import Town
from tests.laws import judging
from tests.laws.model import NEXT_STEP, Act
from tests.laws.world import ROLES, World

EVENTS = int(os.environ.get("GIS_DISPATCH_TEST_EVENTS", "2000"))
PEOPLE = (*ROLES, "crew")
OF = {
    "calls": ("answer", "hang_up", "dismiss", "undo_call", "link"),
    "incidents": ("verify", "cancel", "merge", "reopen", "close", "undo_incident", "refer"),
    "referrals": (
        "acknowledge", "check", "accept", "hand_back", "complete", "undo_referral", "assign",
    ),
    "assignments": ("step", "call_back", "undo_step"),
    "units": ("duty",),
}  # fmt: skip
NAMES = ["ring", "record", *(name for names in OF.values() for name in names)]
DUTIES = ("available", "off_duty", "out_of_service")
OFFICE = ("damkar", "damkar 2", "bpbd", "lead")
COURSE = (
    "refer",
    "acknowledge",
    "check",
    "accept",
    "assign",
    "step",
    "step",
    "step",
    "step",
    "complete",
    "close",
)

# Two or three hands on the same few things, so that they meet.
chosen = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(PEOPLE), st.integers(0, 5), st.integers(0, 5)
)


def act_of(world: World, name: str, who: str, which: int, other: int) -> Act | None:
    """The act on one of the newest things there are; None when there is nothing of the kind."""
    if name == "ring":
        return Act("ring", "operator")
    if name == "record":
        return Act("record", "operator", word="verified" if which % 3 else "")
    kind = next(kind for kind, names in OF.items() if name in names)
    ids = _newest(world, kind)
    if not ids:
        return None
    id = ids[which % len(ids)]
    if name in {"refer", "link", "merge", *OF["calls"]}:
        who = who if who in {"operator", "operator 2", "lead"} else "operator"
    if name in {"link", "merge"}:
        incidents = _newest(world, "incidents")
        return Act(name, who, id, incidents[other % len(incidents)]) if incidents else None
    if name == "assign":
        units = sorted(world.model.units)
        of = str(world.model.referrals[id]["incident"])
        return Act(name, _office(who), id, units[(which + other) % len(units)], of)
    if kind == "referrals":
        who = _office(who)
    words = {
        "refer": ("damkar", "bpbd"),
        "check": ("ready", "ready", "not_ready"),
        "duty": DUTIES,
        "step": _steps(world, id, other) if name == "step" else (),
    }.get(name, ("",))
    if name in {"duty", "call_back"}:
        who = _office(who)
    if name == "step" or name == "undo_step":
        who = "crew" if who == "crew" else _office(who)
    return Act(name, who, id, word=words[other % len(words)])


def _newest(world: World, kind: str) -> list[int]:
    return (
        sorted(getattr(world.model, kind))[-6:][::-1]
        if kind != "units"
        else list(world.model.units)
    )


def _office(who: str) -> str:
    return who if who in OFFICE else "damkar"


def _steps(world: World, id: int, other: int) -> tuple[str, ...]:
    """Mostly the step that comes next, now and then any other."""
    next_ones = tuple(sorted(NEXT_STEP.get(world.model.assignments[id]["status"], ())))
    return (*next_ones, *next_ones, *next_ones, "on_scene")


class Laws(RuleBasedStateMachine):
    """One world for all examples; what each does is remembered by the world, not by the example."""

    world: World

    @rule(acts=st.lists(chosen, min_size=1, max_size=3))
    def at_once(self, acts: list[tuple[str, str, int, int]]) -> None:
        self._round(acts)

    @rule(which=st.integers(0, 5), until=st.integers(3, len(COURSE)), rival=chosen)
    def a_case(self, which: int, until: int, rival: tuple[str, str, int, int]) -> None:
        """A call taken some way, so that late states are reached; somebody interferes."""
        self._round([("ring", "operator", 0, 0)])
        self._round([("record", "operator", 1, 1), ("answer", "operator", 0, 0)])
        self._round([("link", "operator", 0, 0), ("verify", "operator 2", 0, 0)])
        for number, name in enumerate(COURSE[:until]):
            who = "operator" if name in {"refer", "close"} else "damkar"
            acts = [(name, who, 0, which if name == "assign" else 0)]
            self._round([*acts, rival] if number == which else acts)

    @rule(acts=st.lists(chosen, min_size=1, max_size=2))
    def a_phone_sends_twice(self, acts: list[tuple[str, str, int, int]]) -> None:
        """Of two that say the same at once, one is first; both are told what is true."""
        self._round([*acts, acts[0]])

    @rule(acts=st.lists(chosen, min_size=1, max_size=3), odd=st.integers(0, 5))
    def the_database_ends_all_connections(
        self, acts: list[tuple[str, str, int, int]], odd: int
    ) -> None:
        if odd == 0:
            self._round([act for act in acts if act[0] not in MAKES], cut=True)

    @rule(odd=st.integers(0, 9))
    def the_web_process_begins_anew(self, odd: int) -> None:
        if odd == 0:
            self.world.restart()

    def _round(self, chosen_acts: list[tuple[str, str, int, int]], *, cut: bool = False) -> None:
        acts = [act for one in chosen_acts if (act := act_of(self.world, *one)) is not None]
        if acts and self.world.broken is None:
            try:
                self.world.round(acts, cut=cut)
            except Exception as broken:  # noqa: BLE001
                # Hypothesis would play the example again, in a world that has gone on.
                self.world.broken = broken


MAKES = {"ring", "record", "refer", "assign"}
"""What these made would be unknown if their answer were lost."""


def play(world: World, events: int, examples: int = 1000) -> None:
    """Go on until the record is so long."""
    machine = type("Laws", (Laws,), {"world": world})
    rules = settings(
        max_examples=4,
        stateful_step_count=15,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    for _ in range(examples):
        if judging.events_so_far(world.town) >= events:
            break
        run_state_machine_as_test(machine, settings=rules)
        if world.broken is not None:
            raise world.broken


def judged(world: World) -> dict[str, list[Any]]:
    """Every law that is broken, with what breaks it."""
    broken = {
        "illegal states": judging.illegal_states(world.town),
        "double assignments": judging.double_assignments(world.town),
        "lost stamps": judging.lost_stamps(world.town, world.stamps),
        "stamps of no event": judging.stamps_not_of_the_record(world.town),
    }
    return {law: found[:5] for law, found in broken.items() if found}


@pytest.fixture
def world(town: Town, tmp_path: Path) -> Iterator[World]:
    made = World(town, tmp_path)
    yield made
    made.town.hub.stop()
    made.town.store.close()


def test_whatever_people_phones_and_restarts_do_the_laws_hold(world: World) -> None:
    play(world, EVENTS)
    events = judging.events_so_far(world.town)
    print(
        f"{events} events, {world.answers} answers ({world.refused} refused, {world.lost} lost"
        f" with a connection), {world.restarts} restarts, {len(world.stamps)} stamps"
    )
    assert events >= EVENTS
    assert world.refused and world.restarts and world.stamps
    assert judged(world) == {}


def test_a_room_that_lets_a_unit_be_sent_twice_is_found_out(world: World) -> None:
    """By the model at once, and by the judge of the record."""
    world.town.sql("DROP INDEX one_open_assignment_per_unit")
    unit = min(world.model.units)
    world.round([sending(world, unit)])
    second = sending(world, unit)
    with pytest.raises(AssertionError, match="no order explains"):
        world.round([second])
    assert judging.double_assignments(world.town)


def sending(world: World, unit: int) -> Act:
    """The act by which a unit is sent to one more incident, which an agency has accepted."""
    world.round([Act("record", "operator", word="verified")])
    incident = max(world.model.incidents)
    world.round([Act("refer", "operator", incident, word="damkar")])
    referral = max(world.model.referrals)
    for name, word in (("acknowledge", ""), ("check", "ready"), ("accept", "")):
        world.round([Act(name, "damkar", referral, word=word)])
    return Act("assign", "damkar", referral, unit, str(incident))


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
    return [world.ask(act, datetime.now(UTC)).status for act in acts]


def test_what_the_product_forgets_the_database_refuses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful(monkeypatch)
    assert asked_out_of_turn(world) == [200, 409]
    assert judged(world) == {}


def test_without_the_trigger_the_judge_sees_what_was_skipped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful(monkeypatch)
    for trigger in ("referral_state_order", "referral_work_guard"):
        world.town.sql(f"DROP TRIGGER {trigger} ON referrals")
    assert asked_out_of_turn(world) == [200, 200]
    assert "illegal states" in judged(world)


def test_a_lost_stamp_is_seen(world: World) -> None:
    world.round([sending(world, min(world.model.units))])
    world.town.sql("ALTER TABLE events DISABLE TRIGGER USER")
    [(referral,)] = world.town.sql(
        "SELECT max(id) FROM referrals WHERE acknowledged_at IS NOT NULL"
    )
    world.town.sql(
        "DELETE FROM events WHERE kind = 'referral.acknowledged' AND referral_id = %(id)s",
        id=referral,
    )
    assert {"lost stamps", "illegal states", "stamps of no event"} <= judged(world).keys()
