"""Forgets old rankings by which nobody was sent, and old positions of units at no assignment."""

import logging
from datetime import date

from gis_dispatch.ports import House
from gis_dispatch.services.forget_positions import forget_positions, make_position_days
from gis_dispatch.services.prune_recommendations import prune_recommendations
from gis_dispatch.services.taken_once import forget_keys

log = logging.getLogger(__name__)


def prune(house: House, days: int) -> int:
    """Remove what is older than so many days; how many rankings that were."""
    forget_keys(house.store, house.clock.now())
    removed = prune_recommendations(house.store, house.clock.now(), days)
    if removed:
        log.info("worker: %s rankings older than %s days forgotten", removed, days)
    return removed


def keep_days(house: House) -> list[date]:
    """Make the tables of coming days ahead, and forget the positions of old ones; which days."""
    now = house.clock.now()
    make_position_days(house.store, now)
    forgotten = forget_positions(house.store, now, house.position_days)
    for day in forgotten:
        log.info("worker: the positions of %s are forgotten, but for assignments", day)
    return forgotten
