"""The law of the chain: each level once, in order, in its time, and never after the step was done.

Workers come and go, time passes, people act or do not, in whatever order hypothesis thinks of. All
examples continue one history on one database.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.referral_clock import LATE, TAKEN_FOR, Clock, Level, next_raise
from gis_dispatch.errors import Refusal
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.hand_back_referral import hand_back_referral
from gis_dispatch.services.raise_late_referral import raise_late_referral
from gis_dispatch.services.referral_clocks import planned_raises
from gis_dispatch.services.take_over_referral import take_over_referral
from tests.fakes import START
from tests.looking import events_of
from tests.services.clocks import CHAIN, agree, look_once
from tests.story import Story
from tests.town import People

AFTER_S = {0: 0, **{n: int(str(level["after_s"])) for n, level in enumerate(CHAIN, start=1)}}


def _check(house: House, people: People, referral_id: int, *, ready: bool) -> None:
    check_readiness(
        house, people.damkar, referral_id, crew_ok=ready, equipment_ok=True, vehicle_ok=True,
        ready=ready, missing=None if ready else "supir",
    )  # fmt: skip


Act = Callable[[House, People, int, int], object]
ACTS: dict[str, Act] = {
    "acknowledge": lambda h, p, r, _i: acknowledge_referral(h, p.damkar, r),
    "ready": lambda h, p, r, _i: _check(h, p, r, ready=True),
    "not_ready": lambda h, p, r, _i: _check(h, p, r, ready=False),
    "accept": lambda h, p, r, _i: accept_referral(h, p.damkar, r),
    "hand_back": lambda h, p, r, _i: hand_back_referral(h, p.damkar, r, "bukan"),
    "urgent": lambda h, p, _r, i: change_incident(h, p.operator, i, priority=1),
    "can_wait": lambda h, p, _r, i: change_incident(h, p.operator, i, priority=3),
    "take_over": lambda h, p, r, _i: take_over_referral(h, p.lead, r),
    # A worker that looks; one that planned long ago and comes late with what it planned.
    "worker": lambda h, _p, _r, _i: look_once(h),
    "old_job": lambda h, _p, r, _i: raise_late_referral(h, r),
}
acts = st.lists(
    st.tuples(
        st.sampled_from([*ACTS, "worker", "worker", "worker", "old_job"]), st.integers(1, 200)
    ),
    min_size=4,
    max_size=18,
)


@given(acts)
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
def _walk(story: Story, steps: list[tuple[str, int]]) -> None:
    house, clock, people = story.house, story.clock, story.people
    referral = story.referral()
    ended: dict[tuple[str, datetime], datetime] = {}
    for name, seconds in steps:
        clock.forward(seconds)
        before = _owed(house, referral.id)
        with suppress(Refusal):
            ACTS[name](house, people, referral.id, referral.incident_id)
        after = _owed(house, referral.id)
        if before is not None and before != after:
            ended[before] = clock.now()
    _obeyed(house, referral.id, ended)
    # The worker that comes back last leaves nothing that was due.
    while look_once(house):
        pass
    assert all(r.at > clock.now() for r in planned_raises(house).values())


def _owed(house: House, referral_id: int) -> tuple[str, datetime] | None:
    rows = house.store.reads.all("list_clocks", referral_id=referral_id)
    return (rows[0]["step"], rows[0]["began_at"]) if rows else None


def _obeyed(house: House, referral_id: int, ended: dict[tuple[str, datetime], datetime]) -> None:
    rows = _rows(house, referral_id)
    steps: dict[tuple[str, datetime], list[dict[str, Any]]] = {}
    for row in rows:
        steps.setdefault((row["step"], row["began_at"]), []).append(row)
    for key, levels in steps.items():
        assert [row["level"] for row in levels] == list(range(len(levels)))
        for row in levels:
            assert row["raised_at"] >= row["due_at"] + timedelta(seconds=AFTER_S[row["level"]])
            assert row["raised_at"] <= ended.get(key, row["raised_at"])
        for below, above in pairwise(levels):
            gap = timedelta(seconds=AFTER_S[above["level"]] - AFTER_S[below["level"]])
            assert above["raised_at"] >= below["raised_at"] + gap
    told = [
        (event["data"]["step"], event["data"]["level"])
        for event in events_of(house.store, most=100_000)
        if event["kind"] in {"referral.late", "referral.escalated"}
        and event["referral_id"] == referral_id
    ]
    assert told == [(row["step"], row["level"]) for row in rows], "one event for each, in order"


def _rows(house: House, referral_id: int) -> list[dict[str, Any]]:
    with house.store.engine.connect() as connection:  # type: ignore[attr-defined]  # PostgreSQL's
        found = connection.exec_driver_sql(
            "SELECT step, began_at, level, due_at, raised_at FROM referral_raises"
            " WHERE referral_id = %(id)s ORDER BY id",
            {"id": referral_id},
        )
        return [dict(row) for row in found.mappings()]


def test_each_level_is_raised_once_in_order_and_never_after_the_step(
    story: Story, town: House
) -> None:
    agree(town)
    _walk(story)


levels = st.lists(st.integers(1, 5000), min_size=0, max_size=9, unique=True).map(sorted)


@given(levels, st.integers(0, 9), st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_rule_never_goes_back_and_never_hurries(
    after: list[int], last: int, raised_s: int, taken_s: int
) -> None:
    chain = [Level(n, after_s, "role", "dispatcher") for n, after_s in enumerate(after, start=1)]
    begun = Clock(1, "damkar", "check", START, START + timedelta(seconds=60))
    first = next_raise(begun, chain)
    assert first is not None and (first.level, first.at) == (LATE, begun.due_at)
    raised_at = begun.due_at + timedelta(seconds=raised_s)
    taken_at = begun.due_at + timedelta(seconds=taken_s)
    running = Clock(1, "damkar", "check", begun.began_at, begun.due_at, last, raised_at, taken_at)
    following = next_raise(running, chain)
    if last >= len(chain):
        assert following is None
        return
    assert following is not None
    assert following.level.level == last + 1
    assert following.at > raised_at
    assert following.at >= taken_at + TAKEN_FOR
    assert following.at >= begun.due_at + timedelta(seconds=following.level.after_s)
