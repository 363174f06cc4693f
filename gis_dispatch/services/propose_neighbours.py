"""Neighbours that could help at a place: what they send, and when it could be there."""

from collections.abc import Collection

from gis_dispatch.domain.roads import Start, Trip
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Row
from gis_dispatch.services.ranking_inputs import read_closures

PROFILE = "engine"
"""A heavy vehicle: rather told too late than too early."""


def propose_neighbours(
    house: House, place: tuple[float, float], capabilities: Collection[str]
) -> list[Row]:
    """Those that come there and can do one of these things (none: anything), soonest first."""
    lon, lat = place
    found = [
        row
        for row in house.store.reads.all("list_neighbours", lon=lon, lat=lat)
        if not capabilities or set(capabilities) & set(row["capabilities"])
    ]
    driving_s = _driving_s(house, place, found)
    rows = [
        {
            "code": row["code"],
            "short_name": row["short_name"],
            "phone": row["phone"],
            "capabilities": row["capabilities"],
            "arrival_s": driving_s.get(row["code"], row["arrival_s"]),
            "by_road": row["code"] in driving_s,
        }
        for row in found
    ]
    return sorted(
        rows, key=lambda row: (row["arrival_s"] is None, row["arrival_s"] or 0, row["short_name"])
    )


def _driving_s(house: House, place: tuple[float, float], found: list[Row]) -> dict[str, float]:
    """From each one's nearest station, where a road of ours leads from there."""
    stations = [(station, row["code"]) for row in found for station in row["stations"]]
    starts = [Start(s["id"], s["lon"], s["lat"], PROFILE) for s, _code in stations]
    if not starts:
        return {}
    closures = [closure.road for closure in read_closures(house, house.clock.now())]
    try:
        trips = house.roads.trips_to(*place, starts, closures, drawn=0, costed=False)
    except Unavailable:  # No roads are loaded: what was agreed is told.
        return {}
    soonest: dict[str, float] = {}
    for (_station, code), trip in zip(stations, trips, strict=True):
        if isinstance(trip, Trip):
            time_s = round(trip.arrival_time_s, 1)
            soonest[code] = min(time_s, soonest.get(code, time_s))
    return soonest
