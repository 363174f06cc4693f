"""Stand-ins for what lies outside the room: straight roads, and a gazetteer of one street."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gis_dispatch.domain.places import Place
from gis_dispatch.domain.roads import NoTrip, RoadClosure, Start, Trip
from tests.straight_roads import StraightRoads


class SlowRoads(StraightRoads):
    """A closure anywhere costs every trip a minute."""

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        trip = super().trip_between(start, lon, lat, closures)
        if isinstance(trip, NoTrip):
            return trip
        return trip._replace(driving_time_s=trip.free_driving_time_s + 60.0 * len(closures))


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
