"""A lead operator takes a late step in hand: the chain above it rests for a while."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ReferralNotLate
from gis_dispatch.ports import House
from gis_dispatch.services.locks import lock_referral
from gis_dispatch.services.progress import require_not_over
from gis_dispatch.services.referral_clocks import read_clocks
from gis_dispatch.services.referring import record_referral


def take_over_referral(house: House, actor: Actor, referral_id: int) -> None:
    """Say that somebody is at it; the step itself is still the agency's, or done for it."""
    with house.store.transaction() as tx:
        incident, referral = lock_referral(tx, referral_id)
        require_not_over(incident)
        now = house.clock.now()
        clocks = read_clocks(tx, referral_id=referral_id, late_at=now)
        if not clocks:
            raise ReferralNotLate(agency=referral.agency_code)
        [clock] = clocks
        tx.run(
            "add_takeover",
            referral_id=referral_id,
            step=clock.step,
            began_at=clock.began_at,
            taken_at=now,
            taken_by=actor.user_id,
        )
        record_referral(tx, actor, referral, "taken_over", now, {"step": clock.step})
