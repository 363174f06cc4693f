"""Within a minute, who entered a step of an assignment takes it back."""

from datetime import datetime
from uuid import UUID

from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain.assignment import STEPS, Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import status_word
from gis_dispatch.errors import SomethingFollowed
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.last_steps import step_to_take_back
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.not_taken import refusals_kept
from gis_dispatch.services.taken_once import by_key, first_time
from gis_dispatch.services.taking_back import nobody_under_way, taken_back


def take_back_step(
    house: House,
    actor: Actor,
    assignment_id: int,
    step: str | None = None,
    occurred_at: datetime | None = None,
    *,
    key: UUID | None = None,
) -> Assignment:
    """The stamp leaves the assignment and stays in the record; a freed unit is bound again.

    A phone names the step it means and when that was said: by the time it has a signal, another
    step may be the last one.
    """
    if step is not None:
        choice("step", step, STEPS)
    kept = refusals_kept(house, actor, assignment_id, "undo", occurred_at, key)
    with kept, house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        if not first_time(house, tx, actor, key, "undo") or _is_gone(assignment, step):
            return assignment
        stamp = f"{assignment.status}_at"
        at = moment_of(house, occurred_at, getattr(assignment, stamp))
        told = step_to_take_back(
            house,
            tx,
            actor,
            assignments.MACHINE,
            assignment.status,
            pressed_at=at,
            incident_id=incident.id,
            assignment_id=assignment.id,
        )
        referral = tx.referrals.get(assignment.referral_id, lock=True)
        if referral.status != "accepted":
            raise SomethingFollowed(what=status_word("referral", referral.status))
        changes: dict[str, object] = {stamp: None}
        if assignment.status == "cancelled":
            changes["cancel_reason"] = None
        back = tx.assignments.update(assignment.id, status=told["data"]["from"], **changes)
        data = taken_back(assignment.status, back.status, getattr(assignment, stamp))
        record_assignment(tx, actor, back, "undone", at, data | by_key(key))
        nobody_under_way(tx, actor, incident, house.clock.now())
        return back


def _is_gone(assignment: Assignment, step: str | None) -> bool:
    """Whether the step that is meant was taken back already; refused where another followed it."""
    if step is None or assignment.status == step:
        return False
    if getattr(assignment, f"{step}_at") is not None:
        raise SomethingFollowed(what=status_word("assignment", assignment.status))
    return True
