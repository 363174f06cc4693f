"""Forgets old rankings by which nobody was sent."""

import logging

from gis_dispatch.ports import House
from gis_dispatch.services.prune_recommendations import prune_recommendations

log = logging.getLogger(__name__)


def prune(house: House, days: int) -> int:
    """Remove what is older than so many days; how many rankings that were."""
    removed = prune_recommendations(house.store, house.clock.now(), days)
    if removed:
        log.info("worker: %s rankings older than %s days forgotten", removed, days)
    return removed
