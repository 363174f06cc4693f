"""Two incidents turn out to be one."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import DuplicateOfItself
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.ending import require_no_units_out
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import move_incident


def mark_duplicate(house: House, actor: Actor, incident_id: int, of_incident_id: int) -> Incident:
    """Link one incident to the one it repeats; `reopen_incident` undoes it."""
    with house.store.transaction() as tx:
        # Both rows in the order of their ids, so that two operators cannot wait for each other.
        locked = {
            id: tx.incidents.get(id, lock=True) for id in sorted({incident_id, of_incident_id})
        }
        incident, original = locked[incident_id], _original(tx, locked[of_incident_id])
        require_sample(actor, incident.sample)
        if original.id == incident.id:
            raise DuplicateOfItself(field="of_incident_id", number=incident.number)
        require_no_units_out(tx, incident)
        at = moment_of(house, None, incident.created_at)
        return move_incident(
            tx,
            actor,
            incident,
            "duplicate",
            at,
            evidence=("original", "units_done"),
            data={"of": original.number, "of_incident_id": original.id},
            duplicate_of=original.id,
        )


def _original(tx: Transaction, incident: Incident) -> Incident:
    """The incident at the end of a chain of duplicates; a chain never turns back on itself."""
    while incident.duplicate_of is not None:
        incident = tx.incidents.get(incident.duplicate_of)
    return incident
