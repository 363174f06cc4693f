"""The agency takes the incident on."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.referring import lock_own_referral, move_referral


def accept_referral(house: House, actor: Actor, referral_id: int) -> Referral:
    """From now on the agency may send units."""
    with house.store.transaction() as tx:
        _, referral = lock_own_referral(tx, actor, referral_id)
        at = moment_of(house, None, referral.last_at)
        return move_referral(tx, actor, referral, "accepted", at, accepted_at=at)
