"""Laws of every state table: nothing unreachable, no dead end, no step without its evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain import assignment, call, incident, referral
from gis_dispatch.domain.machines import MACHINES
from gis_dispatch.domain.people import ROLES, Actor
from gis_dispatch.domain.states import Machine, require, steps_for
from gis_dispatch.domain.words import WORDS, status_word
from gis_dispatch.errors import EvidenceMissing, RoleMayNot, StepNotPossible

machines = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)


def reachable(machine: Machine, start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for step in machine.following(waiting.pop()):
            if step.to_status not in seen:
                seen.add(step.to_status)
                waiting.append(step.to_status)
    return seen


@machines
def test_every_status_is_reached_from_the_first(machine: Machine) -> None:
    assert reachable(machine, machine.initial) == machine.statuses


@machines
def test_only_final_statuses_have_no_next_step(machine: Machine) -> None:
    dead_ends = {status for status in machine.statuses if not machine.following(status)}
    assert dead_ends <= machine.final


@machines
def test_from_everywhere_an_end_can_be_reached(machine: Machine) -> None:
    ends = machine.final or {machine.initial}
    for status in machine.statuses:
        assert reachable(machine, status) & ends, status


@machines
def test_no_step_is_listed_twice_or_leads_nowhere(machine: Machine) -> None:
    steps = [(step.from_status, step.to_status) for step in machine.transitions]
    assert len(steps) == len(set(steps))
    assert all(start != end for start, end in steps)
    assert all(step.roles for step in machine.transitions)
    assert all(step.roles <= set(ROLES) for step in machine.transitions)


@machines
def test_every_status_and_evidence_has_a_word(machine: Machine) -> None:
    needed = {need for step in machine.transitions for need in step.needs}
    assert needed | {machine.name} <= set(WORDS)
    known = set(WORDS.values())
    assert {status_word(machine.name, status) for status in machine.statuses} <= known


def test_the_states_are_those_of_the_dictionary() -> None:
    assert incident.MACHINE.statuses == {
        "received", "verified", "dispatched", "in_progress", "resolved", "closed", "reopened",
        "cancelled", "duplicate", "out_of_area",
    }  # fmt: skip
    assert referral.MACHINE.statuses == {
        "sent", "acknowledged", "ready", "not_ready", "accepted", "handed_back", "completed",
    }  # fmt: skip
    assert assignment.MACHINE.statuses == {
        "dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital",
        "cleared", "cancelled",
    }  # fmt: skip


EVIDENCE = {
    ("incident", "closed"): {"closing_report"},
    ("incident", "resolved"): {"referrals_done"},
    ("incident", "reopened"): {"reason"},
    ("incident", "dispatched"): {"agency"},
    ("referral", "handed_back"): {"reason"},
    ("referral", "ready"): {"readiness_check"},
    ("referral", "not_ready"): {"readiness_check"},
    ("assignment", "cancelled"): {"reason"},
}


@pytest.mark.parametrize(("key", "evidence"), EVIDENCE.items())
def test_steps_that_need_evidence_need_it_from_everywhere(
    key: tuple[str, str], evidence: set[str]
) -> None:
    machine = next(m for m in MACHINES if m.name == key[0])
    steps = [s for s in machine.transitions if s.to_status == key[1]]
    if key == ("incident", "dispatched"):
        steps = [s for s in steps if s.from_status != "duplicate"]
    assert steps
    for step in steps:
        assert evidence <= set(step.needs)


def test_accepting_follows_only_a_good_readiness_check() -> None:
    before = {s.from_status for s in referral.TRANSITIONS if s.to_status == "accepted"}
    assert before == {"ready"}


@given(
    machine=st.sampled_from(MACHINES),
    data=st.data(),
    role=st.sampled_from(ROLES),
)
def test_a_step_is_taken_exactly_when_table_role_and_evidence_allow_it(
    machine: Machine, data: st.DataObject, role: str
) -> None:
    statuses = sorted(machine.statuses)
    start, end = data.draw(st.sampled_from(statuses)), data.draw(st.sampled_from(statuses))
    needs = sorted({need for step in machine.transitions for need in step.needs})
    evidence = data.draw(st.sets(st.sampled_from(needs))) if needs else set()
    actor = Actor(1, "x", role)
    step = machine.find(start, end)
    if step is None:
        with pytest.raises(StepNotPossible) as refused:
            require(machine, start, end, actor, evidence)
        assert str(status_word(machine.name, start)) in str(refused.value)
    elif role not in step.roles:
        with pytest.raises(RoleMayNot):
            require(machine, start, end, actor, evidence)
    elif not set(step.needs) <= evidence:
        with pytest.raises(EvidenceMissing):
            require(machine, start, end, actor, evidence)
    else:
        assert require(machine, start, end, actor, evidence) is step
        assert end in steps_for(machine, start, actor)


def stamped_paths(machine: Machine) -> set[tuple[str, frozenset[str]]]:
    """Every status with every set of stamps that a way to it can leave, each step leaving its own.

    A step leaves the stamps its status needs; taking a step back removes those it may not carry.
    """
    begin = (machine.initial, frozenset(machine.carries[machine.initial].needed))
    seen, waiting = {begin}, [begin]
    while waiting:
        status, stamps = waiting.pop()
        for step in machine.following(status):
            after = machine.carries[step.to_status]
            leaves = {name for need in step.needs for name in machine.evidence.get(need, ())}
            found = (stamps | leaves | own_stamp(machine, step.to_status)) & machine.stamps
            found -= machine.forbidden(step.to_status) & REASONS
            if status == "duplicate" and not set(after.needed) <= found:
                continue  # it goes back to what it was, which is not there
            made = (step.to_status, frozenset(found))
            lacks, early = set(after.needed) - found, machine.forbidden(step.to_status) & found
            if status == "duplicate" and (lacks or early):
                continue  # it goes back to what it was, and that was another status
            assert (lacks, early) == (set(), set()), (status, step.to_status)
            made = (step.to_status, frozenset(found))
            assert set(after.needed) <= found, (status, step.to_status, set(after.needed) - found)
            assert not machine.forbidden(step.to_status) & found, (status, step.to_status)
            if made not in seen:
                seen.add(made)
                waiting.append(made)
    return seen


REASONS = {"status_reason", "duplicate_of", "ready_at"}
"""What is told of a status only while it lasts."""


def own_stamp(machine: Machine, status: str) -> set[str]:
    """The stamp a service writes when something comes into a status."""
    if machine is call.MACHINE:
        told = {"answered": "answered_at", "linked": "answered_at"}
        return {told.get(status, "ended_at")}
    return {f"{status}_at"}


with_stamps = pytest.mark.parametrize(
    "machine", [m for m in MACHINES if m.carries], ids=lambda machine: machine.name
)


@with_stamps
def test_every_way_into_a_status_leaves_what_the_status_carries(machine: Machine) -> None:
    assert {status for status, _ in stamped_paths(machine)} == machine.statuses
    assert set(machine.carries) == machine.statuses


@machines
def test_what_may_be_taken_back_leads_back_to_where_it_came_from(machine: Machine) -> None:
    steps = {(step.from_status, step.to_status) for step in machine.transitions}
    for after, before in machine.undos:
        assert (before, after) in steps
        assert after in machine.undoable
        assert (after, before) not in steps
    assert machine.undoable <= {step.to_status for step in machine.transitions}


def test_where_a_call_leads_is_where_its_table_leads() -> None:
    steps = {(step.from_status, step.to_status) for step in call.TRANSITIONS}
    assert set(call.ENDS.items()) <= steps
    assert set(call.LINKS.items()) <= steps


def test_no_two_machines_share_a_word_for_different_things() -> None:
    assert status_word("incident", "dispatched") != status_word("assignment", "dispatched")
    assert status_word("referral", "acknowledged") != status_word("assignment", "acknowledged")
