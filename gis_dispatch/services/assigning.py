"""Who may send units, and one step of an assignment: checked, written, recorded."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.domain.words import status_word, word
from gis_dispatch.errors import RoleMayNot
from gis_dispatch.ports import Transaction

SENDING = assignments.MACHINE.initial


def require_sender(actor: Actor) -> None:
    """Only dispatchers (and a lead operator who overrules) send units."""
    if actor.role not in assignments.SENDERS:
        raise RoleMayNot(
            role=word(actor.role),
            machine=word("assignment"),
            to_status=status_word("assignment", SENDING),
        )


def move_assignment(
    tx: Transaction,
    actor: Actor,
    assignment: Assignment,
    to_status: str,
    at: datetime,
    *,
    evidence: Collection[str] = (),
    data: Mapping[str, Any] | None = None,
    **values: object,
) -> Assignment:
    """Move an assignment, stamp it and record it."""
    require(assignments.MACHINE, assignment.status, to_status, actor, evidence)
    moved = tx.assignments.update(
        assignment.id, status=to_status, **{f"{to_status}_at": at}, **values
    )
    record_assignment(tx, actor, moved, to_status, at, {"from": assignment.status, **(data or {})})
    return moved


def record_assignment(
    tx: Transaction,
    actor: Actor,
    assignment: Assignment,
    kind: str,
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    """Add an event of an assignment."""
    unit = tx.units.get(assignment.unit_id)
    tx.events.append(
        actor,
        f"assignment.{kind}",
        at,
        incident_id=assignment.incident_id,
        referral_id=assignment.referral_id,
        assignment_id=assignment.id,
        unit_id=assignment.unit_id,
        agency_code=unit.agency_code,
        data={"call_sign": unit.call_sign, **data},
    )
