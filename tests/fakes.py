"""Test doubles: roads that run straight, a clock that is set by hand, and who was told what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gis_dispatch.domain.places import Place, straight_line_m
from gis_dispatch.domain.roads import (
    ClosureCost,
    NoTrip,
    RoadClosure,
    RoadPoint,
    RoadsStatus,
    Start,
    Trip,
)

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SPEED_M_S = 10.0


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
class FakeRoads:
    """Straight roads at 10 m/s; `delays` makes a unit's trip longer by a closure's cost."""

    delays: dict[int, tuple[int, float]] = field(default_factory=dict)
    unreachable: dict[int, NoTrip] = field(default_factory=dict)
    asked: list[tuple[list[Start], list[RoadClosure]]] = field(default_factory=list)

    def status(self) -> RoadsStatus:
        return RoadsStatus(
            version="fake-1",
            place="Nowhere",
            source="fake",
            sample=True,
            junction_count=2,
            edge_count=2,
            attribution="nobody",
            bounds=(108.0, 0.0, 110.0, 2.0),
        )

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure]
    ) -> Sequence[Trip | NoTrip]:
        self.asked.append((list(starts), list(closures)))
        return [self.trip_between(start, lon, lat, closures) for start in starts]

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        if start.key in self.unreachable:
            return self.unreachable[start.key]
        length_m = straight_line_m(start.lon, start.lat, lon, lat)
        free_s = length_m / SPEED_M_S
        closure_id, cost_s = self.delays.get(start.key, (0, 0.0))
        holds = any(closure.id == closure_id for closure in closures)
        return Trip(
            key=start.key,
            driving_time_s=free_s + (cost_s if holds else 0.0),
            length_m=length_m,
            line=((start.lon, start.lat), (lon, lat)),
            streets=("Jl. Diponegoro",),
            start_gap_m=0.0,
            end_gap_m=0.0,
            free_driving_time_s=free_s,
            closures_avoided=(ClosureCost(closure_id, cost_s),) if holds else (),
        )

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        return RoadPoint(lon, lat, "Jl. Alianyang", 0.0)


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
