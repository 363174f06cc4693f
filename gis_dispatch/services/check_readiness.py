"""The agency checks its crew, equipment and vehicle; the check is kept with what was known then."""

from datetime import datetime

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import ReadinessContradicts
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.inputs import optional_text, required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.prepare_readiness import TICKS, known_for, written
from gis_dispatch.services.referring import lock_own_referral, move_referral, record_referral


def check_readiness(
    house: House,
    actor: Actor,
    referral_id: int,
    *,
    crew_ok: bool,
    equipment_ok: bool,
    vehicle_ok: bool,
    ready: bool,
    missing: str | None = None,
    note: str | None = None,
) -> Referral:
    """Ready or not ready; it may be checked again until the agency accepts or hands back."""
    if ready and not (crew_ok and equipment_ok and vehicle_ok):
        raise ReadinessContradicts(field="ready")
    missing = optional_text("missing", missing) if ready else required_text("missing", missing)
    note = optional_text("note", note)
    check = {
        "crew_ok": crew_ok,
        "equipment_ok": equipment_ok,
        "vehicle_ok": vehicle_ok,
        "ready": ready,
        "missing": missing,
        "note": note,
    }
    status = "ready" if ready else "not_ready"
    with house.store.transaction() as tx:
        _, referral = lock_own_referral(tx, actor, referral_id)
        at = moment_of(house, None, referral.last_at)
        known = _known(tx, referral, at, check)
        tx.referrals.add_check(
            referral.id, checked_at=at, checked_by=actor.user_id, known=known, **check
        )
        if referral.status == status:
            # Checked again with the same answer: a new record, no new status.
            record_referral(tx, actor, referral, status, at, check)
            return referral
        return move_referral(
            tx,
            actor,
            referral,
            status,
            at,
            evidence=("readiness_check",),
            data=check,
            ready_at=at if ready else None,
        )


def _known(tx: Transaction, referral: Referral, at: datetime, check: Row) -> Row:
    """What was known at this moment, and which ticks the person set otherwise than it says."""
    known = known_for(tx, referral.agency_code, referral.incident_id, at)
    said = known["prefilled"]
    changed = [tick for tick in TICKS.values() if check[tick] != said[tick]]
    return {**written(known), "changed": changed}
