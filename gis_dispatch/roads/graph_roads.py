"""The port `Roads` on the compiled graph: one network at a time, exchanged whole."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Protocol

from gis_dispatch.domain.network import Network, NetworkHeader
from gis_dispatch.domain.roads import NoTrip, RoadClosure, RoadPoint, RoadsStatus, Start, Trip
from gis_dispatch.errors import RoadsNotLoaded, Unavailable
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.graph import (
    Graph,
    graph_folder,
    load_graph,
    remove_other_graphs,
    save_graph,
)
from gis_dispatch.roads.profiles import Profile
from gis_dispatch.roads.refusals import ProfileUnknown
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.vehicle import Vehicle

LOOK_AGAIN_S = 5.0
"""How often the tables are asked whether another process imported newer roads."""


class StoredNetworks(Protocol):
    """Where networks are kept."""

    def current_version(self) -> str | None: ...
    def read(self, version: str) -> tuple[NetworkHeader, Network]: ...


class Engine:
    """Everything that belongs to one compiled graph."""

    def __init__(self, graph: Graph, profiles: Mapping[str, Profile]) -> None:
        self.graph = graph
        searcher, closed = Searcher(graph), ClosedRoads(graph)
        self._vehicles = {
            name: Vehicle(graph, profile, searcher, closed) for name, profile in profiles.items()
        }

    def vehicle(self, profile: str) -> Vehicle:
        """The engine of a profile."""
        try:
            return self._vehicles[profile]
        except KeyError as error:
            known = ", ".join(sorted(self._vehicles))
            raise ProfileUnknown(field="profile", profile=profile, known=known) from error

    def warm_up(self) -> None:
        """Drive once, so that the first caller does not wait for code to be loaded."""
        west, south, east, north = self.graph.bounds
        for profile in sorted(self._vehicles)[:1]:
            start = Start(0, west, south, profile, heading_deg=0.0)
            self._vehicles[profile].trips(east, north, [start], ())

    def status(self) -> RoadsStatus:
        """What is loaded."""
        header = self.graph.header
        return RoadsStatus(
            version=header.version,
            place=header.place,
            source=header.source,
            sample=header.sample,
            junction_count=len(self.graph.node_lon),
            edge_count=self.graph.edge_count,
            attribution=header.attribution,
            bounds=self.graph.bounds,
        )


class GraphRoads:
    """Travel over the current road network."""

    def __init__(
        self, home: Path, networks: StoredNetworks, profiles: Mapping[str, Profile],
        *, now_s: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        self._home = home
        self._networks = networks
        self._profiles = profiles
        self._now_s = now_s
        self._engine: Engine | None = None
        self._looked_s: float | None = None
        self._loading = Lock()

    def refresh(self, version: str | None = None) -> None:
        """Load the current network (or the version told) if another one is loaded."""
        with self._loading:
            wanted = version or self._networks.current_version()
            self._looked_s = self._now_s()
            loaded = self._engine.graph.header.version if self._engine else None
            if wanted is None:
                self._engine = None
            elif wanted != loaded:
                engine = Engine(self._graph(wanted), self._profiles)
                engine.warm_up()
                self._engine = engine
                remove_other_graphs(self._home, keep=wanted)

    def prepare(self, header: NetworkHeader, network: Network) -> None:
        """Compile a network before it becomes current, so that no worker has to."""
        folder = graph_folder(self._home, header.version)
        if load_graph(folder) is None:
            save_graph(compile_graph(network, header), folder)

    def _graph(self, version: str) -> Graph:
        """The compiled graph of a version, made from the tables where it is missing."""
        folder = graph_folder(self._home, version)
        graph = load_graph(folder)
        if graph is None:
            self.prepare(*self._networks.read(version))
            graph = load_graph(folder)
        if graph is None:
            raise RoadsNotLoaded
        return graph

    def engine(self) -> Engine:
        """The engine of the current network, or the refusal that there is none."""
        if self._looked_s is None or self._now_s() - self._looked_s > LOOK_AGAIN_S:
            self._look_again()
        engine = self._engine
        if engine is None:
            raise RoadsNotLoaded
        return engine

    def _look_again(self) -> None:
        try:
            self.refresh()
        except Unavailable:
            # The roads in memory are still right when the tables cannot be asked.
            if self._engine is None:
                raise
            self._looked_s = self._now_s()

    def status(self) -> RoadsStatus:
        """Which network is loaded."""
        return self.engine().status()

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure]
    ) -> Sequence[Trip | NoTrip]:
        """From every start to one place, in the order of the starts: one search per profile."""
        engine = self.engine()
        by_profile: dict[str, list[int]] = {}
        for index, start in enumerate(starts):
            by_profile.setdefault(start.profile, []).append(index)
        trips: dict[int, Trip | NoTrip] = {}
        for profile, indexes in by_profile.items():
            group = [starts[index] for index in indexes]
            found = engine.vehicle(profile).trips(lon, lat, group, closures)
            trips.update(zip(indexes, found, strict=True))
        return [trips[index] for index in range(len(starts))]

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        """From one start to one place."""
        return self.trips_to(lon, lat, [start], closures)[0]

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        """The nearest road that any car may use."""
        vehicle = self.engine().vehicle("car")
        found = vehicle.snapper.snap(lon, lat)
        if found is None:
            return None
        street = vehicle.graph.names[vehicle.graph.road_name[found.road]]
        return RoadPoint(found.lon, found.lat, street, found.gap_m)
