"""How far a vehicle comes within so many minutes by the open roads of now, as areas on a map."""

from collections.abc import Callable
from typing import Any, TypeVar

from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.domain.roads import Isochrone, Start
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House, Roads, Row
from gis_dispatch.services.inputs import choice, known_profiles, number_in
from gis_dispatch.services.ranking_inputs import read_closures

T = TypeVar("T")
Beside = Callable[[Callable[[], T]], T]
"""Runs long work that asks nothing of the database, and gives what it made."""

MOST_LIMITS = 6
LONGEST_MIN = 60.0
LONGEST_TURNOUT_S = 3600.0


class MinutesUnusable(BadInput):
    """{field}: give one to six times, each of 1 to 60 minutes, separated by commas: 5,10,15."""


def find_reach(
    house: House, lon: float, lat: float, profile: str, minutes: str, turnout_s: float,
    beside: Beside[list[Isochrone]],
) -> Row:  # fmt: skip
    """A GeoJSON feature for each time, the longest first, so that the shorter lie on top."""
    check_coordinates(lon, lat)
    choice("profile", profile, known_profiles(house))
    number_in("turnout_s", turnout_s, 0, LONGEST_TURNOUT_S)
    limits_s = sorted({60.0 * each for each in _read(minutes)}, reverse=True)
    closures = [closure.road for closure in read_closures(house, house.clock.now())]
    start = Start(0, lon, lat, profile, delay_s=turnout_s)
    roads = held_still(house.roads)
    found = beside(lambda: list(roads.reach(start, limits_s, closures)))
    return {"type": "FeatureCollection", "features": [_feature(one) for one in found]}


def held_still(roads: Roads) -> Roads:
    """The roads of this moment: they look at no table again, so any thread may ask them."""
    return roads.as_of(roads.status().version, roads.profile_facts())


def _read(minutes: str) -> list[float]:
    try:
        given = [float(part) for part in minutes.split(",")]
    except ValueError as error:
        raise MinutesUnusable(field="minutes") from error
    if len(given) > MOST_LIMITS or not all(1 <= each <= LONGEST_MIN for each in given):
        raise MinutesUnusable(field="minutes")
    return given


def _feature(found: Isochrone) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": found.geometry,
        "properties": {
            "limit_s": found.limit_s,
            "road_length_m": round(found.road_length_m, 1),
        },
    }
