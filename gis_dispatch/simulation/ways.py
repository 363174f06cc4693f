"""Ways over the real roads for journeys that no assignment asks for: patrols, and home again."""

import asyncio
from collections.abc import Sequence
from random import Random

from gis_dispatch.domain.roads import Start, Trip
from gis_dispatch.ports import Roads
from gis_dispatch.simulation.drive import Drive, LonLat, plan_drive, scatter

TRIES = 12
FARTHEST_FROM_ROAD_M = 80.0
KPH_ON_YARDS = 15.0


class Ways:
    """The road network as a driver knows it."""

    def __init__(self, roads: Roads) -> None:
        self._roads = roads
        # One driver reads the map at a time, and none of them holds up the others' reports.
        self._map = asyncio.Lock()

    async def drive(
        self, here: LonLat, there: LonLat, profile: str, heading_deg: float | None = None
    ) -> Drive | None:
        """The drive from one place to another, or None where no road leads.

        Out of a one-way end at the edge of the map no road leads, but a crew gets out all the
        same: it turns round, or goes back the way it came.
        """
        trip = await self._trip(here, there, profile, heading_deg)
        if trip is None and heading_deg is not None:
            trip = await self._trip(here, there, profile, None)
        if trip is not None:
            return _planned(trip, here, trip.line, there)
        back = await self._trip(there, here, profile, None)
        return None if back is None else _planned(back, here, back.line[::-1], there)

    async def _trip(
        self, here: LonLat, there: LonLat, profile: str, heading_deg: float | None
    ) -> Trip | None:
        start = Start(0, here[0], here[1], profile, heading_deg)
        async with self._map:
            found = await asyncio.to_thread(self._roads.trip_between, start, *there, ())
        return found if isinstance(found, Trip) and len(found.line) > 1 else None

    async def place_near(
        self, middles: Sequence[LonLat], radius_m: float, random: Random
    ) -> tuple[LonLat, str | None] | None:
        """A random place on a road near one of these, with its street."""
        for _ in range(TRIES):
            middle = random.choice(middles)
            lon, lat = scatter(middle, radius_m, random.random(), random.random())
            async with self._map:
                point = await asyncio.to_thread(self._roads.snap, lon, lat)
            if point is not None and point.gap_m < FARTHEST_FROM_ROAD_M:
                return (point.lon, point.lat), point.street
        return None


def _planned(trip: Trip, here: LonLat, line: Sequence[LonLat], there: LonLat) -> Drive:
    # Yards at both ends belong to the drive, so that nothing jumps onto the road.
    yards_s = (trip.start_gap_m + trip.end_gap_m) / (KPH_ON_YARDS / 3.6)
    return plan_drive([here, *line, there], trip.driving_time_s + yards_s)
