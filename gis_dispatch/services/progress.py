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
    """One step of an incident: checked against the table, written, recorded.

    The reason that a step needs is kept with the incident for as long as it is in that status.
    """
    step = require(incidents.MACHINE, incident.status, to_status, actor, evidence)
    told = dict(data or {})
    reason = told["reason"] if "reason" in step.needs else None
    moved = tx.incidents.update(incident.id, status=to_status, status_reason=reason, **values)
    # A duplicate that is taken apart again is not received or verified a second time.
    unmerged = incident.status == "duplicate"
    kind = "unmerged" if unmerged else to_status
    if unmerged:
        told["to"] = to_status
    tx.events.append(
        actor,
        f"incident.{kind}",
        at,
        incident_id=incident.id,
        data={"from": incident.status, **told},
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
        tx,
        actor,
        incident,
        "resolved",
        at,
        evidence=("referrals_done",),
        data=_before(incident.resolved_at),
        resolved_at=at,
    )


def _before(resolved_at: datetime | None) -> dict[str, str]:
    """The end before a reopening: should this one be taken back, it counts again."""
    return {"resolved_before": resolved_at.isoformat()} if resolved_at else {}
