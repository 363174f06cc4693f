"""An incident that ended is opened again, with the reason."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import required_text
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
            _before_duplicate(tx, incident) if was_duplicate else "reopened",
            at,
            evidence=("reason",),
            data={"reason": reason},
            duplicate_of=None,
        )


def _before_duplicate(tx: Transaction, incident: Incident) -> str:
    if tx.one("count_referrals_of_incident", incident_id=incident.id)["total"]:
        return "dispatched"
    return "received" if incident.verified_at is None else "verified"
