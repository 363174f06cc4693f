"""One step of a referral: whose it is, checked against the table, written, recorded."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain import referral as referrals
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import OPERATOR, Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.domain.states import require
from gis_dispatch.errors import AgencyNotYours
from gis_dispatch.ports import Transaction
from gis_dispatch.services.guards import require_agency, require_sample
from gis_dispatch.services.locks import lock_referral
from gis_dispatch.services.progress import require_not_over


def lock_own_referral(tx: Transaction, actor: Actor, referral_id: int) -> tuple[Incident, Referral]:
    """A referral that this actor may act on, held together with its incident."""
    incident, referral = lock_referral(tx, referral_id)
    require_speaker(tx, actor, referral.agency_code)
    require_sample(actor, incident.sample)
    require_not_over(incident)
    return incident, referral


def require_speaker(tx: Transaction, actor: Actor, agency_code: str) -> None:
    """A dispatcher speaks for the own agency, an operator for neighbours, who have no desk here."""
    require_agency(actor, agency_code)
    if actor.role == OPERATOR and not is_neighbour(tx, agency_code):
        raise AgencyNotYours(agency=agency_code)


def is_neighbour(tx: Transaction, agency_code: str) -> bool:
    """Whether the agency is another city's, without a desk here."""
    return bool(tx.one("find_agency", code=agency_code)["kind"] == referrals.NEIGHBOUR)


def send_referral(
    tx: Transaction,
    actor: Actor,
    incident_id: int,
    agency_code: str,
    role: str,
    at: datetime,
    note: str | None = None,
) -> Referral:
    """Hand an incident to one agency, and record it."""
    referral = tx.referrals.add(
        incident_id=incident_id,
        agency_code=agency_code,
        role=role,
        status=referrals.MACHINE.initial,
        note=note,
        sent_at=at,
        sent_by=actor.user_id,
    )
    record_referral(tx, actor, referral, referral.status, at, {"role": role, "note": note})
    return referral


def move_referral(
    tx: Transaction,
    actor: Actor,
    referral: Referral,
    to_status: str,
    at: datetime,
    *,
    evidence: Collection[str] = (),
    data: Mapping[str, Any] | None = None,
    **values: object,
) -> Referral:
    """Move a referral and record it."""
    require(referrals.MACHINE, referral.status, to_status, actor, evidence)
    moved = tx.referrals.update(referral.id, status=to_status, **values)
    record_referral(tx, actor, moved, to_status, at, {"from": referral.status, **(data or {})})
    return moved


def record_referral(
    tx: Transaction,
    actor: Actor,
    referral: Referral,
    kind: str,
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    """Add an event of a referral."""
    tx.events.append(
        actor,
        f"referral.{kind}",
        at,
        incident_id=referral.incident_id,
        referral_id=referral.id,
        agency_code=referral.agency_code,
        data=data,
    )
