"""What follows by itself: an incident moves on when its agencies and units do."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain import incident as incidents
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.domain.words import word
from gis_dispatch.errors import IncidentOver
from gis_dispatch.ports import Transaction


def move_incident(
    tx: Transaction,
    actor: Actor,
    incident: Incident,
    to_status: str,
    at: datetime,
    *,
    evidence: Collection[str] = (),
    data: Mapping[str, Any] | None = None,
    **values: object,
) -> Incident:
    """One step of an incident: checked against the table, written, recorded."""
    require(incidents.MACHINE, incident.status, to_status, actor, evidence)
    moved = tx.incidents.update(incident.id, status=to_status, **values)
    tx.events.append(
        actor,
        f"incident.{to_status}",
        at,
        incident_id=incident.id,
        data={"from": incident.status, **(data or {})},
    )
    return moved


def require_not_over(incident: Incident) -> None:
    """Refuse to work on an incident that has ended."""
    if incident.status in incidents.OVER:
        raise IncidentOver(number=incident.number, status=word(incident.status))


def unit_under_way(tx: Transaction, actor: Actor, incident: Incident, at: datetime) -> Incident:
    """The first unit that drives puts the incident in progress."""
    if incident.status != "dispatched":
        return incident
    return move_incident(tx, actor, incident, "in_progress", at, evidence=("unit_under_way",))


def referral_ended(tx: Transaction, actor: Actor, incident: Incident, at: datetime) -> Incident:
    """When every agency has ended and at least one has completed, the incident is resolved.

    An agency may complete without a unit on the road (the power was switched off from afar): its
    handling is what puts the incident in progress then. What was completed before a reopening does
    not count again.
    """
    counts = tx.one(
        "count_referrals_of_incident", incident_id=incident.id, after=incident.resolved_at
    )
    if counts["open"] or not counts["completed"]:
        return incident
    incident = unit_under_way(tx, actor, incident, at)
    if incident.status != "in_progress":
        return incident
    return move_incident(
        tx, actor, incident, "resolved", at, evidence=("referrals_done",), resolved_at=at
    )
