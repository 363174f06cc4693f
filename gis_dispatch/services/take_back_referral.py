"""Within a minute, who entered a step of a referral takes it back."""

from datetime import datetime

from gis_dispatch.domain import incident as incidents
from gis_dispatch.domain import referral as referrals
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.last_steps import last_step, refuse_what_followed, step_to_take_back
from gis_dispatch.services.referring import lock_own_referral, record_referral
from gis_dispatch.services.taking_back import incident_back, nobody_under_way, taken_back

# What each step wrote beside its stamp.
BESIDE = {"handed_back": ("hand_back_reason",), "completed": ("completion_note",)}


def take_back_referral(house: House, actor: Actor, referral_id: int) -> Referral:
    """The agency stands where it stood; an incident that was resolved by it is at work again."""
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        step = step_to_take_back(
            house,
            tx,
            actor,
            referrals.MACHINE,
            referral.status,
            incident_id=incident.id,
            referral_id=referral.id,
        )
        if referral.status == "accepted":
            units = tx.all("list_units_of_referral", referral_id=referral.id)
            refuse_what_followed(units, "call_sign")
        stamp = f"{referral.status}_at"
        empty = dict.fromkeys((stamp, *BESIDE.get(referral.status, ())))
        now = house.clock.now()
        # An incident is at work again before an agency is: it is not resolved while one is.
        incident = _at_work_again(tx, actor, incident, referral, now)
        back = tx.referrals.update(referral.id, status=step["data"]["from"], **empty)
        data = taken_back(referral.status, back.status, getattr(referral, stamp))
        record_referral(tx, actor, back, "undone", now, data)
        nobody_under_way(tx, actor, incident, now)
        return back


def _at_work_again(
    tx: Transaction, actor: Actor, incident: Incident, referral: Referral, at: datetime
) -> Incident:
    if incident.status != "resolved" or referral.status not in referrals.MACHINE.final:
        return incident
    step = last_step(tx, incidents.MACHINE, incident_id=incident.id)
    before = step["data"].get("resolved_before") if step else None
    resolved_before = datetime.fromisoformat(before) if before else None
    return incident_back(
        tx, actor, incident, "in_progress", at, incident.resolved_at, resolved_at=resolved_before
    )
