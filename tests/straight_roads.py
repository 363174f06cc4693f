"""The least that stands in for roads: a straight line at one speed, and one street everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from gis_dispatch.domain.coverage import SEVERAL, WHOLE, Areas, Cover, CoveredLength
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import (
    Isochrone,
    NoTrip,
    RoadClosure,
    RoadEdge,
    RoadPoint,
    RoadsStatus,
    Start,
    Trip,
)

SPEED_M_S = 10.0
STATUS = RoadsStatus(
    version="test-1",
    place="Test town",
    source="made for tests",
    sample=False,
    junction_count=4,
    edge_count=8,
    attribution="nobody",
    bounds=(108.9, 0.8, 109.1, 1.0),
    engine="straight",
    profiles_sha256="none",
)


class StraightRoads:
    """Every trip is a straight line at 10 m/s; closures do not matter."""

    def status(self) -> RoadsStatus:
        return STATUS

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure],
        *, drawn: int | None = None, costed: bool = True,
    ) -> Sequence[Trip | NoTrip]:  # fmt: skip
        return [self.trip_between(start, lon, lat, closures) for start in starts]

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        length_m = straight_line_m(start.lon, start.lat, lon, lat)
        return Trip(
            key=start.key,
            driving_time_s=length_m / SPEED_M_S,
            length_m=length_m,
            line=((start.lon, start.lat), (lon, lat)),
            streets=("Jl. Diponegoro",),
            start_gap_m=0.0,
            end_gap_m=3.0,
            free_driving_time_s=length_m / SPEED_M_S,
        )

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        return RoadPoint(lon, lat, "Jl. Diponegoro", 3.0)

    def edge_at(self, lon: float, lat: float) -> RoadEdge | None:
        line = ((lon - 0.001, lat), (lon + 0.001, lat))
        return RoadEdge(line, "Jl. Diponegoro", "residential", 222.0, 3.0)

    def times_between(
        self, profile: str, origins: Sequence[tuple[float, float]],
        destinations: Sequence[tuple[float, float]], closures: Sequence[RoadClosure],
    ) -> Sequence[Sequence[float | None]]:  # fmt: skip
        return [
            [straight_line_m(*here, *there) / SPEED_M_S for there in destinations]
            for here in origins
        ]

    def reach(
        self, start: Start, limits_s: Sequence[float], closures: Sequence[RoadClosure]
    ) -> Sequence[Isochrone]:
        return [Isochrone(limit, _square(start, limit), limit * SPEED_M_S) for limit in limits_s]

    def covers(
        self, starts: Sequence[Start], limits_s: Sequence[float], closures: Sequence[RoadClosure],
        areas: Areas, *, drawn: bool = True,
    ) -> Sequence[Cover]:  # fmt: skip
        """A kilometre of road in every area, covered whole by whoever is free."""
        by_one, by_two = (1000.0 if len(starts) >= least else 0.0 for least in (1, 2))
        lengths = {code: CoveredLength(1000.0, by_one, by_two) for code in (*areas.outlines, WHOLE)}
        level = min(len(starts), SEVERAL)
        return [
            Cover(
                limit,
                lengths,
                {level: _square(Start(0, 108.987, 0.906, ""), limit)} if drawn else {},
            )
            for limit in limits_s
        ]

    def profile_facts(self) -> Mapping[str, Mapping[str, Any]]:
        return {name: {"top_speed_kph": 36} for name in ("car", "engine", "motorcycle")}

    def as_of(self, version: str, profiles: Mapping[str, Mapping[str, Any]]) -> Self:
        return self


def _square(start: Start, limit_s: float) -> Mapping[str, Any]:
    half = limit_s * SPEED_M_S / 111_000
    west, east, south, north = (
        start.lon - half, start.lon + half, start.lat - half, start.lat + half,
    )  # fmt: skip
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}
