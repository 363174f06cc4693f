"""Where a unit has been: the points of its track, in the order in which they were recorded."""

from datetime import timedelta

from gis_dispatch.domain.people import CREW, Actor
from gis_dispatch.errors import Forbidden, UnitNotFound
from gis_dispatch.ports import House, Row
from gis_dispatch.services.inputs import number_in

LONGEST_MIN = 24 * 60
MOST_POINTS = 1800
"""A line on a screen needs no more; of a longer time, one point in each of so many parts."""


class TrackOfOtherUnit(Forbidden):
    """You may look at the track of your own unit only."""


def read_track(house: House, actor: Actor, unit_id: int, minutes: int) -> Row:
    """The track of the last minutes. A late point is where it belongs; a doubted one says so."""
    number_in("minutes", minutes, 1, LONGEST_MIN)
    if actor.role == CREW and actor.unit_id != unit_id:
        raise TrackOfOtherUnit
    unit = house.store.reads.one("get_unit", id=unit_id)
    if actor.only_agency not in (None, unit["agency_code"]):
        raise UnitNotFound(id=unit_id)
    since = house.clock.now() - timedelta(minutes=minutes)
    points = house.store.reads.all(
        "track_of_unit", unit_id=unit_id, since=since, every_s=max(0.5, minutes * 60 / MOST_POINTS)
    )
    return {"unit_id": unit_id, "minutes": minutes, "points": points}
