"""Within a minute, who verified, ended, merged or reopened an incident takes it back."""

from datetime import datetime

from gis_dispatch.domain import incident as incidents
from gis_dispatch.domain.incident import TAKEN_BACK_ALONE, Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import status_word, word
from gis_dispatch.errors import NothingToTakeBack
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.last_steps import step_to_take_back
from gis_dispatch.services.taking_back import incident_back


def take_back_incident(house: House, actor: Actor, incident_id: int) -> Incident:
    """The incident stands where it stood; a case document that nobody was sent is withdrawn."""
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        status = incident.status
        if status not in TAKEN_BACK_ALONE:
            raise NothingToTakeBack(
                machine=word("incident"), status=status_word("incident", status)
            )
        step = step_to_take_back(
            house, tx, actor, incidents.MACHINE, status, incident_id=incident.id
        )
        now = house.clock.now()
        stamp: datetime | None = step["occurred_at"]
        values: dict[str, object] = {}
        if status == "verified":
            values = {"verified_at": None, "verified_by": None}
        elif status == "duplicate":
            values = {"duplicate_of": None}
        elif status == "closed":
            before = step["data"].get("closed_before")
            closed_before = datetime.fromisoformat(before) if before else None
            values = {"closed_at": closed_before, "closed_by": None}
            _withdraw(tx, actor, incident, now)
        return incident_back(tx, actor, incident, step["data"]["from"], now, stamp, **values)


def _withdraw(tx: Transaction, actor: Actor, incident: Incident, now: datetime) -> None:
    """What the data centre may have is not taken from it: the next closing sends a newer one."""
    row = tx.find("lock_unsent_delivery", incident_id=incident.id)
    if row is None:
        return
    tx.deliveries.update(row["id"], withdrawn_at=now, next_attempt_at=None)
    data = {"case_id": row["case_id"], "sequence": row["sequence"]}
    tx.events.append(actor, "case.withdrawn", now, incident_id=incident.id, data=data)
