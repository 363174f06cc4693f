"""An incident that needs no help any more is cancelled, with the reason."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.ending import require_no_units_out
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import move_incident


def cancel_incident(house: House, actor: Actor, incident_id: int, reason: str) -> Incident:
    """End it without handling; its units must be back first."""
    reason = required_text("reason", reason)
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        require_no_units_out(tx, incident)
        at = moment_of(house, None, incident.created_at)
        return move_incident(
            tx,
            actor,
            incident,
            "cancelled",
            at,
            evidence=("reason", "units_done"),
            data={"reason": reason},
        )
