"""The port `Roads` on compiled graphs: one network at a time, exchanged whole."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Protocol

from gis_dispatch.domain.coverage import Areas, Cover
from gis_dispatch.domain.network import Network, NetworkHeader
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
from gis_dispatch.errors import RoadsNotLoaded, Unavailable
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.graph import (
    Graph,
    graph_folder,
    kept_graph,
    remove_other_graphs,
)
from gis_dispatch.roads.profile import profile_of
from gis_dispatch.roads.profiles import ProfileBook, Profiles

LOOK_AGAIN_S = 5.0
"""How often the tables are asked whether another process imported newer roads."""


class StoredNetworks(Protocol):
    """Where networks are kept."""

    def current_version(self) -> str | None: ...
    def read(self, version: str) -> tuple[NetworkHeader, Network]: ...


class GraphRoads:
    """Travel over the current road network."""

    def __init__(
        self, home: Path, networks: StoredNetworks, book: ProfileBook,
        *, now_s: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        self._home = home
        self._networks = networks
        self._book = book
        self._now_s = now_s
        self._engine: Engine | None = None
        self._former: Engine | None = None
        """The last engine of `as_of`: old answers are asked about several times running."""
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
                graph, folder = self._graph(wanted)
                engine = Engine(graph, self._book.current(), folder)
                engine.warm_up()
                self._engine, self._former = engine, None
                remove_other_graphs(self._home, keep=wanted)

    def prepare(self, header: NetworkHeader, network: Network) -> None:
        """Make all that is kept of a network before it becomes current, so that no worker has to:
        its graph, every vehicle's weights, and the machine code of the search.
        """
        folder = graph_folder(self._home, header.version)
        graph = kept_graph(folder, lambda: _compiled(network, header))
        Engine(graph, self._book.current(), folder).warm_up()

    def _graph(self, version: str) -> tuple[Graph, Path]:
        """The compiled graph of a version, made from the tables where it is missing."""
        folder = graph_folder(self._home, version)

        def compiled() -> Graph:
            header, network = self._networks.read(version)
            return _compiled(network, header)

        return kept_graph(folder, compiled), folder

    def engine(self) -> Engine:
        """The engine of the current network, or the refusal that there is none."""
        if self._looked_s is None or self._now_s() - self._looked_s > LOOK_AGAIN_S:
            self._look_again()
        engine = self._engine
        if engine is None:
            raise RoadsNotLoaded
        profiles = self._book.current()
        if profiles.sha256 != engine.profiles.sha256:
            engine = self._with_profiles(engine, profiles)
        return engine

    def _with_profiles(self, engine: Engine, profiles: Profiles) -> Engine:
        """The same roads for other vehicles; those whose profile is as it was are taken over."""
        with self._loading:
            now = self._engine or engine
            if now.profiles.sha256 != profiles.sha256:
                folder = graph_folder(self._home, now.graph.header.version)
                now = self._engine = Engine(now.graph, profiles, folder, before=now)
            return now

    def _look_again(self) -> None:
        try:
            self.refresh()
        except Unavailable:
            # The roads in memory are still right when the tables cannot be asked.
            if self._engine is None:
                raise
            self._looked_s = self._now_s()

    def as_of(self, version: str, profiles: Mapping[str, Mapping[str, Any]]) -> Engine:
        """The roads of a kept version with these profiles."""
        now = self._engine
        if now and now.graph.header.version == version and now.profiles.facts is profiles:
            return now  # asked about the present: nothing need be read again
        as_they_were = Profiles({name: profile_of(facts) for name, facts in profiles.items()})
        for engine in (self._engine, self._former):
            if engine is None or engine.graph.header.version != version:
                continue
            if engine.profiles.sha256 == as_they_were.sha256:
                return engine
        with self._loading:
            now = self._engine
            if now is not None and now.graph.header.version == version:
                self._former = Engine(now.graph, as_they_were, before=now)
            else:
                self._former = Engine(self._graph(version)[0], as_they_were)
            return self._former

    def status(self) -> RoadsStatus:
        """Which network is loaded."""
        return self.engine().status()

    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure],
        *, drawn: int | None = None, costed: bool = True,
    ) -> Sequence[Trip | NoTrip]:  # fmt: skip
        """From every start to one place, in the order of the starts."""
        return self.engine().trips_to(lon, lat, starts, closures, drawn=drawn, costed=costed)

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip:
        """From one start to one place."""
        return self.engine().trip_between(start, lon, lat, closures)

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        """The nearest road that any car may use."""
        return self.engine().snap(lon, lat)

    def edge_at(self, lon: float, lat: float) -> RoadEdge | None:
        """The road nearest to a point, whole."""
        return self.engine().edge_at(lon, lat)

    def times_between(
        self, profile: str, origins: Sequence[tuple[float, float]],
        destinations: Sequence[tuple[float, float]], closures: Sequence[RoadClosure],
    ) -> Sequence[Sequence[float | None]]:  # fmt: skip
        """Seconds, a row per origin and a column per destination; None where there is no way."""
        return self.engine().times_between(profile, origins, destinations, closures)

    def reach(
        self, start: Start, limits_s: Sequence[float], closures: Sequence[RoadClosure]
    ) -> Sequence[Isochrone]:
        """What a start reaches within each limit."""
        return self.engine().reach(start, limits_s, closures)

    def covers(
        self, starts: Sequence[Start], limits_s: Sequence[float], closures: Sequence[RoadClosure],
        areas: Areas, *, drawn: bool = True,
    ) -> Sequence[Cover]:  # fmt: skip
        """What all starts reach together within each limit."""
        return self.engine().covers(starts, limits_s, closures, areas, drawn=drawn)

    def profile_facts(self) -> Mapping[str, Mapping[str, Any]]:
        """Every vehicle profile in use, by name."""
        return self._book.current().facts


def _compiled(network: Network, header: NetworkHeader) -> Graph:
    # Only now: a worker maps what another has made, and never needs what this loads.
    from gis_dispatch.roads.compile import compile_graph

    return compile_graph(network, header)
