"""Who is really nearest to a place, by open road, and why."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.candidates import Candidate, LeftOut, Wanted, kept_back
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.domain.ranking import rank_trips
from gis_dispatch.ports import House, Row
from gis_dispatch.services.closure_notes import notes_for
from gis_dispatch.services.inputs import choice, known_profiles
from gis_dispatch.services.ranking_inputs import (
    ActiveClosure,
    read_candidates,
    read_closures,
    start_of,
)
from gis_dispatch.services.ranking_shape import left_out_row, network_row, ranked_row


@dataclass(frozen=True)
class Reckoning:
    """A ranking together with everything it was made from."""

    ranking: Row
    units: list[Candidate]
    closures: list[ActiveClosure]
    made_at: datetime


def rank_place(
    house: House,
    lon: float,
    lat: float,
    *,
    profile: str | None = None,
    agency: str | None = None,
    k: int | None = None,
) -> Row:
    """A ranking for any place; nothing is kept of it."""
    return reckon(house, (lon, lat), Wanted(agency=agency, profile=profile), k).ranking


def reckon(house: House, place: tuple[float, float], wanted: Wanted, k: int | None) -> Reckoning:
    """Every unit, either ranked by road or left out with its reason."""
    check_coordinates(*place)
    if wanted.profile is not None:
        choice("profile", wanted.profile, known_profiles())
    made_at = house.clock.now()
    status = house.roads.status()
    units = read_candidates(house)
    closures = read_closures(house, made_at)
    able: list[Candidate] = []
    left_out: list[LeftOut] = []
    for unit in units:
        why_not = kept_back(unit, wanted)
        if why_not is None:
            able.append(unit)
        else:
            left_out.append(why_not)
    starts = [start for unit in able if (start := start_of(unit)) is not None]
    roads = [closure.road for closure in closures]
    trips = {trip.key: trip for trip in house.roads.trips_to(*place, starts, roads)}
    notes = notes_for(house.roads, closures, trips.values(), made_at, house.timezone)
    ranked, unreached = rank_trips(able, trips, place, notes, k)
    by_id = {closure.road.id: closure for closure in closures}
    ranking = {
        "recommendation_id": None,
        "made_at": made_at,
        "network": network_row(status),
        "ranked": [ranked_row(line, by_id) for line in ranked],
        "left_out": [left_out_row(line) for line in [*unreached, *left_out]],
    }
    return Reckoning(ranking, units, closures, made_at)
