"""Asks the engine and networkx the same things, and tells where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from gis_dispatch.domain.roads import RoadClosure, Start, Trip
from gis_dispatch.roads.engine import Engine
from tests.roads.by_networkx import Town
from tests.roads.same_roads import Place, Roads

TOLERANCE_S = 1e-6
DELAYS_S = (0.0, 45.0, 90.0)
AROUND_DEG = 2e-4
"""How far beside its road, about, a random place lies."""

LonLat = tuple[float, float]
Unit = tuple[Start, Place]


def disagreements(
    engine: Engine, town: Town, incident: LonLat, end: Place, units: Sequence[Unit],
    closures: Sequence[RoadClosure] = (),
) -> list[str]:  # fmt: skip
    """Every unit of whom the engine tells another time than networkx, by either way to ask it."""
    starts = [start for start, _ in units]
    times = town.arrivals(end, [place for _, place in units])
    right = [time + start.delay_s for time, start in zip(times, starts, strict=True)]
    vehicle = engine.vehicle(town.profile.name)
    order, arrival_s = vehicle.nearest(
        *incident, vehicle.fleet(starts), closures, wanted=len(starts)
    )
    ranked = [inf] * len(starts)
    for unit, time in zip(order.tolist(), arrival_s.tolist(), strict=True):
        ranked[unit] = time
    trips = engine.trips_to(*incident, starts, closures, drawn=0)
    travelled = [
        trip.arrival_time_s + start.delay_s if isinstance(trip, Trip) else inf
        for trip, start in zip(trips, starts, strict=True)
    ]
    found = [
        f"{asked}: unit {start.key} to {incident} takes {said} and not {expected} s"
        for asked, answers in (("nearest", ranked), ("trips_to", travelled))
        for start, said, expected in zip(starts, answers, right, strict=True)
        if said != expected and not abs(said - expected) <= TOLERANCE_S
    ]
    if arrival_s.tolist() != sorted(ranked)[: len(order)]:
        found.append(f"nearest: the order at {incident} is {order}")
    return found


@dataclass(eq=False)
class Somewhere:
    """Random places along the roads of a network, and where they are on its roads."""

    engine: Engine
    roads: Roads
    profile: str
    random: np.random.Generator

    def place(self, near: RoadClosure | None = None) -> tuple[LonLat, Place]:
        """A point beside a road (or anywhere about a closure), and where a vehicle leaves its road
        on the way to it.
        """
        while True:
            lon, lat = self._beside_a_road() if near is None else self._about(near)
            at = self.engine.vehicle(self.profile).snapper.snap(lon, lat)
            place = None if at is None else self.roads.place(self.engine.graph, at)
            if place is not None:
                return (lon, lat), place

    def _beside_a_road(self) -> LonLat:
        lines = self.roads.network.lines
        line = lines[int(self.random.integers(len(lines)))]
        first = int(self.random.integers(len(line) - 1))
        share = self.random.uniform()
        point = line[first] * (1 - share) + line[first + 1] * share
        lon, lat = (point + self.random.normal(0.0, AROUND_DEG, 2)).tolist()
        return lon, lat

    def _about(self, closure: RoadClosure) -> LonLat:
        ring = np.array(closure.geometry["coordinates"][0])
        lon, lat = self.random.uniform(ring.min(axis=0), ring.max(axis=0)).tolist()
        return lon, lat

    def units(self, count: int) -> list[Unit]:
        """Vehicles somewhere, some of which do not leave at once."""
        found = []
        for key in range(count):
            point, place = self.place()
            delay_s = float(self.random.choice(DELAYS_S))
            found.append((Start(key, *point, self.profile, delay_s=delay_s), place))
        return found

    def closures(self, count: int) -> list[RoadClosure]:
        """Areas somewhere, blocked or slow, for some vehicles or by depth."""
        return [self._closure() for _ in range(count)]

    def _closure(self) -> RoadClosure:
        random, (middle, _) = self.random, self.place()
        turns = np.arange(9) * 2 * np.pi / 9 + random.uniform()
        size = random.choice([0.0005, 0.002, 0.008]) * random.uniform(0.5, 1.0, 9)
        ring = np.array(middle) + np.stack([np.cos(turns), np.sin(turns)], axis=1) * size[:, None]
        return RoadClosure(
            id=int(random.integers(1 << 40)),
            version=1,
            geometry={"type": "Polygon", "coordinates": [[*ring.tolist(), ring[0].tolist()]]},
            effect="slowed" if random.uniform() < 0.3 else "closed",
            speed_kph=float(random.choice([3.0, 10.0])),
            depth_cm=None if random.uniform() < 0.6 else float(random.choice([10.0, 40.0, 120.0])),
            profiles=None if random.uniform() < 0.8 else ("car",),
        )
