"""The agency gives the incident back to the operator, with the reason."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import referral_ended
from gis_dispatch.services.referring import lock_own_referral, move_referral


def hand_back_referral(house: House, actor: Actor, referral_id: int, reason: str) -> Referral:
    """It is not for this agency, or the agency is not able to."""
    reason = required_text("reason", reason)
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        return give_back(tx, house, actor, incident, referral, reason)


def give_back(
    tx: Transaction, house: House, actor: Actor, incident: Incident, referral: Referral, reason: str
) -> Referral:
    """The same inside a transaction that holds both."""
    at = moment_of(house, None, referral.last_at)
    handed_back = move_referral(
        tx,
        actor,
        referral,
        "handed_back",
        at,
        evidence=("reason",),
        data={"reason": reason},
        handed_back_at=at,
        hand_back_reason=reason,
    )
    referral_ended(tx, actor, incident, at)
    return handed_back
