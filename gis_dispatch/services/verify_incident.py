"""The operator confirms name, place and kind of an emergency."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import move_incident


def verify_incident(house: House, actor: Actor, incident_id: int) -> Incident:
    """From now on agencies may be asked for help."""
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        at = moment_of(house, None, incident.created_at)
        return move_incident(
            tx,
            actor,
            incident,
            "verified",
            at,
            evidence=("place",),
            verified_at=at,
            verified_by=actor.user_id,
        )
