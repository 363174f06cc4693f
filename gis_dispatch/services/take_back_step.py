"""Within a minute, who entered a step of an assignment takes it back."""

from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import status_word
from gis_dispatch.errors import SomethingFollowed
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.last_steps import step_to_take_back
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.taking_back import nobody_under_way, taken_back


def take_back_step(house: House, actor: Actor, assignment_id: int) -> Assignment:
    """The stamp leaves the assignment and stays in the record; a freed unit is bound again."""
    with house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        step = step_to_take_back(
            house,
            tx,
            actor,
            assignments.MACHINE,
            assignment.status,
            incident_id=incident.id,
            assignment_id=assignment.id,
        )
        referral = tx.referrals.get(assignment.referral_id, lock=True)
        if referral.status != "accepted":
            raise SomethingFollowed(what=status_word("referral", referral.status))
        stamp = f"{assignment.status}_at"
        changes: dict[str, object] = {stamp: None}
        if assignment.status == "cancelled":
            changes["cancel_reason"] = None
        back = tx.assignments.update(assignment.id, status=step["data"]["from"], **changes)
        data = taken_back(assignment.status, back.status, getattr(assignment, stamp))
        record_assignment(tx, actor, back, "undone", house.clock.now(), data)
        nobody_under_way(tx, actor, incident, house.clock.now())
        return back
