"""The agency has seen the incident."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.referring import lock_own_referral, move_referral


def acknowledge_referral(house: House, actor: Actor, referral_id: int) -> Referral:
    """Stamp that somebody at the agency has it."""
    with house.store.transaction() as tx:
        _, referral = lock_own_referral(tx, actor, referral_id)
        at = moment_of(house, None, referral.last_at)
        return move_referral(tx, actor, referral, "acknowledged", at, acknowledged_at=at)
