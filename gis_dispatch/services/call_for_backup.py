"""A crew asks for more help; the dispatcher and the operator hear it at once."""

from datetime import datetime
from uuid import UUID

from gis_dispatch.domain.assignment import REPORTERS, Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import word
from gis_dispatch.errors import RoleMayNot, StepNotPossible
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.not_taken import refusals_kept
from gis_dispatch.services.taken_once import by_key, first_time


def call_for_backup(
    house: House,
    actor: Actor,
    assignment_id: int,
    note: str | None = None,
    *,
    occurred_at: datetime | None = None,
    key: UUID | None = None,
) -> Assignment:
    """Record the call for help; nothing is sent by itself."""
    note = optional_text("note", note)
    kept = refusals_kept(house, actor, assignment_id, "backup", occurred_at, key)
    with kept, house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        if actor.role not in REPORTERS:
            raise RoleMayNot(
                role=word(actor.role), machine=word("assignment"), to_status=word("backup")
            )
        if not first_time(house, tx, actor, key, "backup"):
            return assignment
        if not assignment.open:
            raise StepNotPossible(
                machine=word("assignment"),
                from_status=word(assignment.status),
                to_status=word("backup"),
                possible=word("nothing"),
            )
        at = moment_of(house, occurred_at, assignment.dispatched_at)
        place = {"lon": incident.lon, "lat": incident.lat}
        record_assignment(
            tx, actor, assignment, "backup", at, {"note": note, **place, **by_key(key)}
        )
        return assignment
