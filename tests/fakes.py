"""Test doubles: roads that a closure delays, a clock that is set by hand, and who was told what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gis_dispatch.domain.places import Place
from gis_dispatch.domain.roads import ClosureCost, NoTrip, RoadClosure, Start, Trip
from tests.straight_roads import StraightRoads

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that stands still until it is told to go on."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> datetime:
        self.time += timedelta(seconds=seconds)
        return self.time


@dataclass
class FakeRoads(StraightRoads):
    """Straight roads; `delays` makes a unit's trip longer by a closure's cost."""

    delays: dict[int, tuple[int, float]] = field(default_factory=dict)
    unreachable: dict[int, NoTrip] = field(default_factory=dict)
    asked: list[tuple[list[Start], list[RoadClosure]]] = field(default_factory=list)

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure],
        *, drawn: int | None = None, costed: bool = True,
    ) -> Sequence[Trip | NoTrip]:  # fmt: skip
        self.asked.append((list(starts), list(closures)))
        return super().trips_to(lon, lat, starts, closures, drawn=drawn, costed=costed)

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        if start.key in self.unreachable:
            return self.unreachable[start.key]
        trip = super().trip_between(start, lon, lat, closures)
        closure_id, cost_s = self.delays.get(start.key, (0, 0.0))
        if isinstance(trip, NoTrip) or not any(closure.id == closure_id for closure in closures):
            return trip
        return trip._replace(
            driving_time_s=trip.free_driving_time_s + cost_s,
            closures_avoided=(ClosureCost(closure_id, cost_s),),
        )


class FakeGeocoder:
    """Knows one address."""

    def search(
        self, text: str, *, near: tuple[float, float] | None = None, limit: int = 10
    ) -> Sequence[Place]:
        return ()

    def address_at(self, lon: float, lat: float) -> str | None:
        return "Jl. Diponegoro 1"


@dataclass
class FakeNotifier:
    """Remembers who was told."""

    crews: list[tuple[int, int]] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)

    def crew_called(self, unit_id: int, assignment_id: int) -> None:
        self.crews.append((unit_id, assignment_id))

    def case_queued(self, delivery_id: int) -> None:
        self.cases.append(delivery_id)
