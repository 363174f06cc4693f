"""An incident that ended is opened again, with the reason; a duplicate is taken apart again."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.last_steps import status_before
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import move_incident


def reopen_incident(house: House, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Resolved or closed becomes reopened; a duplicate becomes what it was before."""
    reason = required_text("reason", reason)
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        at = moment_of(house, None, incident.closed_at or incident.created_at)
        was_duplicate = incident.status == "duplicate"
        return move_incident(
            tx,
            actor,
            incident,
            status_before(tx, incident) if was_duplicate else "reopened",
            at,
            evidence=("reason",),
            data={"reason": reason, **_of(tx, incident)},
            duplicate_of=None,
        )


def _of(tx: Transaction, incident: Incident) -> dict[str, object]:
    """The incident that this one was taken for."""
    if incident.duplicate_of is None:
        return {}
    return {"of": tx.incidents.get(incident.duplicate_of).number}
