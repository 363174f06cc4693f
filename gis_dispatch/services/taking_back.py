"""What taking a step back leaves in the record, and what goes back with it by itself."""

from datetime import datetime
from typing import Any

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import Transaction

TAKEN_BACK = "ditarik kembali"


def taken_back(step: str, to: str, stamp: datetime | None) -> dict[str, Any]:
    """Which step, when it was said to have happened, and where its thing stands again."""
    return {"step": step, "to": to, "stamp": stamp.isoformat() if stamp else None}


def incident_back(
    tx: Transaction,
    actor: Actor,
    incident: Incident,
    to: str,
    at: datetime,
    stamp: datetime | None,
    **values: object,
) -> Incident:
    """An incident stands again where it stood, with the reason it had there."""
    reason = _reason_back(tx, incident, to)
    back = tx.incidents.update(incident.id, status=to, status_reason=reason, **values)
    data = taken_back(incident.status, to, stamp) | {"duplicate_of": back.duplicate_of}
    tx.events.append(actor, "incident.undone", at, incident_id=incident.id, data=data)
    return back


def _reason_back(tx: Transaction, incident: Incident, to: str) -> str | None:
    """Some steps back are steps of the table too, and need a reason for themselves."""
    if to == "reopened":
        step = tx.one("find_last_step", kinds=["incident.reopened"], incident_id=incident.id)
        return str(step["data"]["reason"])
    return TAKEN_BACK if incident.status == "duplicate" else None


def nobody_under_way(tx: Transaction, actor: Actor, incident: Incident, at: datetime) -> None:
    """When the unit that put the incident in progress turns out not to drive, it is not."""
    if incident.status != "in_progress":
        return
    if tx.one("count_work_on_incident", incident_id=incident.id)["begun"]:
        return
    incident_back(tx, actor, incident, "dispatched", at, None)
