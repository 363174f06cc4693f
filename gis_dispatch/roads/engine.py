"""One network with its vehicles: answers every question about travel on it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gis_dispatch.domain.coverage import Areas, Cover
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
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.covering import Counting, covers
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.isochrones import isochrones
from gis_dispatch.roads.profile import Profile, profile_of
from gis_dispatch.roads.profiles import Profiles
from gis_dispatch.roads.refusals import ProfileUnknown
from gis_dispatch.roads.routes import edge_of
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.tables import times_between
from gis_dispatch.roads.trips import Journeys, journeys_to
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights_files import weights_of

ENGINE = "3"
"""Changes when the same roads, profiles and closures may give another answer than before; with the
order in which the hierarchy was made it is the name of what answers."""
EVERYBODY = "car"
"""Whose roads are meant where no vehicle is named."""


class Engine:
    """Everything that belongs to one compiled graph and one set of profiles."""

    def __init__(
        self, graph: Graph, profiles: Profiles, folder: Path | None = None,
        before: "Engine | None" = None,
    ) -> None:  # fmt: skip
        """`folder` keeps the weights; vehicles of the engine `before`, on the same graph, are taken
        over where their profile has not changed.
        """
        self.graph = graph
        self.profiles = profiles
        same = before if before is not None and before.graph is graph else None
        self.searcher: Searcher = same.searcher if same else Searcher(graph)
        self.closed: ClosedRoads = same.closed if same else ClosedRoads(graph)
        self.vehicles: dict[str, Vehicle] = {}
        self._counting: Counting | None = None
        for name, profile in profiles.items():
            known = same.vehicles.get(name) if same else None
            if known is None or known.profile != profile:
                known = self._vehicle(profile, folder)
            self.vehicles[name] = known

    def _vehicle(self, profile: Profile, folder: Path | None) -> Vehicle:
        free = weights_of(self.graph, profile, folder)
        return Vehicle(self.graph, profile, free, self.searcher, self.closed)

    def vehicle(self, profile: str) -> Vehicle:
        """The engine of a profile."""
        try:
            return self.vehicles[profile]
        except KeyError as error:
            known = ", ".join(sorted(self.vehicles))
            raise ProfileUnknown(field="profile", profile=profile, known=known) from error

    def warm_up(self) -> None:
        """Ask a little of everything, so that nobody who asks first waits for code to be loaded."""
        for name, vehicle in self.vehicles.items():
            roads = vehicle.free.ways.nonzero()[0]
            if len(roads):
                at = int(self.graph.point_start[roads[0]])
                lon, lat = float(self.graph.point_lon[at]), float(self.graph.point_lat[at])
                start = Start(0, lon, lat, name, heading_deg=0.0)
                self.trips_to(lon, lat, [start], ())
                self.reach(start, [0.0], ())
                vehicle.warm_up(int(roads[0]))
                return

    def status(self) -> RoadsStatus:
        """What is loaded."""
        header = self.graph.header
        return RoadsStatus(
            version=header.version,
            place=header.place,
            source=header.source,
            sample=header.sample,
            junction_count=self.graph.junction_count,
            edge_count=self.graph.edge_count,
            attribution=header.attribution,
            bounds=self.graph.bounds,
            engine=f"{ENGINE}-{self.graph.order}",
            profiles_sha256=self.profiles.sha256,
        )

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure],
        *, drawn: int | None = None, costed: bool = True,
    ) -> list[Trip | NoTrip]:  # fmt: skip
        """From every start to one place, in the order of the starts: one search per profile."""
        by_profile: dict[str, list[int]] = {}
        for index, start in enumerate(starts):
            by_profile.setdefault(start.profile, []).append(index)
        trips: dict[int, Trip | NoTrip] = {}
        under_way: dict[int, tuple[Journeys, int]] = {}
        for name, indexes in by_profile.items():
            if name not in self.vehicles:
                # A file that an administrator took away must not stop everybody else's ranking.
                trips |= {index: NoTrip(starts[index].key, "no_profile") for index in indexes}
                continue
            vehicle = self.vehicles[name]
            end = vehicle.snapper.snap(lon, lat)
            if end is None:
                for index in indexes:
                    trips[index] = NoTrip(starts[index].key, "no_road_near_incident")
                continue
            snapped = vehicle.snapper.snap_starts([starts[index] for index in indexes])
            here: list[tuple[int, Snapped]] = []
            for index, place in zip(indexes, snapped, strict=True):
                if place is None:
                    trips[index] = NoTrip(starts[index].key, "no_road_near_unit")
                else:
                    here.append((index, place))
            journeys = journeys_to(
                vehicle, end, [starts[index] for index, _ in here], [at for _, at in here],
                closures, costed=costed,
            )  # fmt: skip
            for number, (index, _) in enumerate(here):
                under_way[index] = journeys, number
        with_line = set(under_way)
        if drawn is not None:
            arrivals_s = {
                index: journeys.best.arrival_s.item(number)
                for index, (journeys, number) in under_way.items()
            }
            with_line = set(sorted(under_way, key=lambda index: (arrivals_s[index], index))[:drawn])
        for index, (journeys, number) in under_way.items():
            trips[index] = journeys.trip(number, drawn=index in with_line)
        return [trips[index] for index in range(len(starts))]

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        """From one start to one place."""
        return self.trips_to(lon, lat, [start], closures)[0]

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        """The nearest road that any car may use."""
        found = self.vehicle(EVERYBODY).snapper.snap(lon, lat)
        if found is None:
            return None
        street = self.graph.names[self.graph.road_name[found.road]]
        return RoadPoint(found.lon, found.lat, street, found.gap_m)

    def edge_at(self, lon: float, lat: float) -> RoadEdge | None:
        """The road nearest to a point, whole."""
        found = self.vehicle(EVERYBODY).snapper.snap(lon, lat)
        return None if found is None else edge_of(self.graph, found)

    def times_between(
        self, profile: str, origins: Sequence[tuple[float, float]],
        destinations: Sequence[tuple[float, float]], closures: Sequence[RoadClosure],
    ) -> list[list[float | None]]:  # fmt: skip
        """Seconds, a row per origin and a column per destination; None where there is no way."""
        return times_between(self.vehicle(profile), origins, destinations, closures)

    def reach(
        self, start: Start, limits_s: Sequence[float], closures: Sequence[RoadClosure]
    ) -> list[Isochrone]:
        """What a start reaches within each limit."""
        return isochrones(self.vehicle(start.profile), start, limits_s, closures)

    def covers(
        self, starts: Sequence[Start], limits_s: Sequence[float], closures: Sequence[RoadClosure],
        areas: Areas, *, drawn: bool = True,
    ) -> list[Cover]:  # fmt: skip
        """What all starts reach together within each limit; a profile nobody knows reaches
        nothing.
        """
        fleets = [
            (vehicle, [start for start in starts if start.profile == name])
            for name, vehicle in self.vehicles.items()
        ]
        return covers(fleets, limits_s, closures, self._counting_by(areas), drawn=drawn)

    def _counting_by(self, areas: Areas) -> Counting:
        """The roads that everybody's vehicle may use, counted by these areas; found out once."""
        counting = self._counting
        if counting is None or counting.areas.version != areas.version:
            counts = self.vehicle(EVERYBODY).free.ways > 0
            counting = self._counting = Counting(self.graph, counts, areas)
        return counting

    def as_of(self, version: str, profiles: Mapping[str, Mapping[str, Any]]) -> "Engine":
        """These very roads, for other vehicles."""
        if version != self.graph.header.version:
            raise RoadsNotLoaded
        as_they_were = Profiles({name: profile_of(facts) for name, facts in profiles.items()})
        return Engine(self.graph, as_they_were, before=self)

    def profile_facts(self) -> Mapping[str, Mapping[str, Any]]:
        """Every vehicle profile in use, by name."""
        return self.profiles.facts
