"""An agency that is not ready asks another one: in its place, or beside it."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House
from gis_dispatch.services.hand_back_referral import give_back
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.readiness_refusals import NotThisAgency
from gis_dispatch.services.refer_incident import send_referrals
from gis_dispatch.services.referring import lock_own_referral


def pass_on_referral(
    house: House,
    actor: Actor,
    referral_id: int,
    *,
    agency: str,
    reason: str,
    hand_back: bool = True,
) -> Referral:
    """The other agency's referral. Both happen or neither: nobody hands back into nothing."""
    reason = required_text("reason", reason)
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        if agency == referral.agency_code:
            raise NotThisAgency(field="agency")
        made = send_referrals(tx, house, actor, incident, [agency], reason)
        if hand_back:
            give_back(tx, house, actor, incident, referral, reason)
        return made[0]
