"""Driving times from many places to many, by the open roads of now."""

from collections.abc import Sequence

from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House, Row
from gis_dispatch.services.find_reach import Beside, held_still
from gis_dispatch.services.inputs import choice, known_profiles
from gis_dispatch.services.ranking_inputs import read_closures

MOST_ORIGINS = 250
MOST_DESTINATIONS = 2500

Places = Sequence[tuple[float, float]]
Table = Sequence[Sequence[float | None]]


class TooManyPlaces(BadInput):
    """{field}: at most {most} places at once; {given} were given."""


def tabulate_times(
    house: House, profile: str, origins: Places, destinations: Places, beside: Beside[Table]
) -> Row:
    """Seconds, a row per origin and a column per destination; None where there is no way."""
    choice("profile", profile, known_profiles(house))
    for field, places, most in (
        ("origins", origins, MOST_ORIGINS),
        ("destinations", destinations, MOST_DESTINATIONS),
    ):
        if len(places) > most:
            raise TooManyPlaces(field=field, most=most, given=len(places))
        for lon, lat in places:
            check_coordinates(lon, lat)
    closures = [closure.road for closure in read_closures(house, house.clock.now())]
    roads = held_still(house.roads)
    table = beside(lambda: roads.times_between(profile, origins, destinations, closures))
    return {
        "times_s": [[None if time is None else round(time, 1) for time in row] for row in table]
    }
