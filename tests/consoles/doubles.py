"""Stand-ins for what lies outside the room: straight roads, and a gazetteer of one street."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from gis_dispatch.domain.places import Place
from gis_dispatch.domain.roads import NoTrip, RoadClosure, RoadPoint, RoadsStatus, Start, Trip

METRES_PER_DEGREE = 111_000.0
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
)


class StraightRoads:
    """Every trip is a straight line at one speed; a closure anywhere costs a minute."""

    def status(self) -> RoadsStatus:
        return STATUS

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure]
    ) -> Sequence[Trip | NoTrip]:
        return [self.trip_between(start, lon, lat, closures) for start in starts]

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        length_m = hypot(start.lon - lon, start.lat - lat) * METRES_PER_DEGREE
        free_s = length_m / SPEED_M_S
        return Trip(
            key=start.key,
            driving_time_s=free_s + 60.0 * len(closures),
            length_m=length_m,
            line=((start.lon, start.lat), (lon, lat)),
            streets=("Jl. Diponegoro",),
            start_gap_m=0.0,
            end_gap_m=3.0,
            free_driving_time_s=free_s,
        )

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        return RoadPoint(lon, lat, "Jl. Diponegoro", 3.0)


class OneStreet:
    """Knows one street."""

    def search(
        self, text: str, *, near: tuple[float, float] | None = None, limit: int = 10
    ) -> Sequence[Place]:
        if text.lower() not in "jl. diponegoro":
            return []
        return [Place("Jl. Diponegoro", "street", 108.98, 0.9, "Singkawang Barat", "osm")][:limit]

    def address_at(self, lon: float, lat: float) -> str | None:
        return "Jl. Diponegoro"


@dataclass
class Remembering:
    """A notifier that remembers what it was told."""

    crews: list[tuple[int, int]] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)

    def crew_called(self, unit_id: int, assignment_id: int) -> None:
        self.crews.append((unit_id, assignment_id))

    def case_queued(self, delivery_id: int) -> None:
        self.cases.append(delivery_id)
