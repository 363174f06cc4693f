"""A unit is called back before it has arrived."""

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import move_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of


def cancel_assignment(house: House, actor: Actor, assignment_id: int, reason: str) -> Assignment:
    """The unit is free again at once."""
    reason = required_text("reason", reason)
    with house.store.transaction() as tx:
        _, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        at = moment_of(house, None, assignment.last_at)
        return move_assignment(
            tx,
            actor,
            assignment,
            "cancelled",
            at,
            evidence=("reason",),
            data={"reason": reason},
            cancel_reason=reason,
        )
