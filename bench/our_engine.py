"""This engine as the benchmark uses it, and its search graph as the peers get it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from bench.networks import Place, Somewhere, network_of
from bench.saying import resident_mb, timed
from gis_dispatch.domain.network import NetworkHeader
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import load_graph, save_graph
from gis_dispatch.roads.labels import Labels, labels_of
from gis_dispatch.roads.profiles import ProfileBook
from gis_dispatch.roads.seeds import inward_seeds
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PROFILE = "car"


@dataclass(eq=False)
class Search:
    """What every peer searches: nodes joined by arcs, the fastest of parallel ones only."""

    nodes: int
    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    time_s: Floats


@dataclass(eq=False)
class Question:
    """An incident on its road: nodes it is driven to from with what is left; who stays on it."""

    seeds: list[tuple[int, float]]
    direct: list[tuple[int, float]]


class Ours:
    """The engine of one network, opened from its compiled file, for one kind of vehicle."""

    def __init__(self, name: str, home: Path) -> None:
        header = NetworkHeader("bench", name, name, "", "", sample=False, sha256="")
        folder = home / "graph"
        read_s, network = timed(lambda: network_of(name))
        compile_s, _ = timed(lambda: save_graph(compile_graph(network, header), folder))
        before_mb = resident_mb()
        start_s, self.engine = timed(lambda: opened(folder))
        self.prepared = {
            "prepare_s": round(read_s + compile_s + start_s, 3),
            "read_s": read_s, "compile_s": compile_s, "start_s": start_s,
            "memory_mb": round(resident_mb() - before_mb, 1),
        }  # fmt: skip
        self.vehicle: Vehicle = self.engine.vehicle(PROFILE)
        self.graph = self.vehicle.graph
        self.facts = {
            "junctions": self.graph.junction_count, "roads": self.graph.road_count,
            "arcs": len(self.vehicle.free.out_time_s), "profile": PROFILE,
        }  # fmt: skip
        self._plain_road: NDArray[np.bool_] | None = None
        self._pairs = self._pair(self.vehicle.free)

    def somewhere(self, seed: int) -> Somewhere:
        """Random places on this network."""
        return Somewhere(self.graph, self.vehicle.snapper, seed)

    def fleet(self, places: Sequence[Place]) -> Fleet:
        """Units at these places, put on their roads."""
        return self.vehicle.fleet([Start(key, *at, PROFILE) for key, at in enumerate(places)])

    def labels_ms(self, fleet: Fleet) -> float:
        """Milliseconds to make a fleet's labels, which is done once for a set of weights."""
        free = self.vehicle.free
        sides = fleet.sides(free)

        def make() -> Labels:
            return labels_of(self.graph, free, sides.rank, sides.cost_s)

        make()  # its code is loaded
        return round(timed(make)[0] * 1000, 1)

    def nearest(
        self, place: Place, fleet: Fleet, wanted: int, closures: Sequence[RoadClosure] = ()
    ) -> Floats:
        """Seconds of the soonest, in order: the whole question, snapping included."""
        return self.vehicle.nearest(*place, fleet, closures, wanted)[1]

    def plain(self, places: Sequence[Place]) -> list[Place]:
        """Those that every engine puts on the same road: on a road whose both ends lie in the
        largest part where all reach all, and that is not drawn twice on one line.
        """
        if self._plain_road is None:
            self._plain_road = self._plain_roads()
        found = [(place, self.vehicle.snapper.snap(*place)) for place in places]
        return [place for place, end in found if end is not None and self._plain_road[end.road]]

    def _plain_roads(self) -> NDArray[np.bool_]:
        search, graph = self.search(self.vehicle.free), self.graph
        joined = csr_array(
            (np.ones(len(search.tail), dtype=np.int8), (search.tail, search.head)),
            shape=(search.nodes, search.nodes),
        )
        part = connected_components(joined, connection="strong")[1]
        largest = part == np.bincount(part).argmax()
        ends = np.sort(np.stack([graph.road_from, graph.road_to], axis=1), axis=1)
        drawn = np.column_stack([ends, graph.road_length_m.round(2)])
        _, number, count = np.unique(drawn, axis=0, return_inverse=True, return_counts=True)
        once = count[number.ravel()] == 1
        return np.asarray(largest[graph.road_from] & largest[graph.road_to] & once)

    def trips(self, place: Place, places: Sequence[Place], wanted: int) -> int:
        """What a ranking asks: every unit's journey, the soonest with line and streets."""
        starts = [Start(key, *at, PROFILE) for key, at in enumerate(places)]
        return len(self.engine.trips_to(*place, starts, (), drawn=wanted))

    def ways(self, place: Place, fleet: Fleet, wanted: int) -> list[list[int]]:
        """The arcs that each of the soonest drives, those driven in part as well."""
        end = self.vehicle.snapper.snap(*place)
        assert end is not None
        free = self.vehicle.free
        found = self.vehicle.searcher.run(free, self.vehicle.targets(free, end), fleet)
        ways = []
        leaving = [s for s in found.order[:wanted].tolist() if found.side[s] in (0, 1)]
        for start in leaving:
            side, last = int(found.side[start]), int(found.last_arc[start])
            ends = [last] if last >= 0 else []
            ways.append([2 * int(fleet.road[start]) + side, *found.arcs_of(start).tolist(), *ends])
        return ways

    def question(self, place: Place, fleet: Fleet, weights: Weights) -> Question:
        """The incident put on its road, for whoever searches from there."""
        end = self.vehicle.snapper.snap(*place)
        assert end is not None
        found = inward_seeds(self.graph, weights, [Target(end.road, end.along_m)], fleet)
        return Question(
            list(zip(found.node.tolist(), found.cost.tolist(), strict=True)),
            list(zip(found.direct_start.tolist(), found.direct_cost.tolist(), strict=True)),
        )

    def sides(self, fleet: Fleet, weights: Weights) -> tuple[Ints, Floats]:
        """For each unit the two nodes its road leads to, and in what time (inf: not that way)."""
        sides = fleet.sides(weights)
        return sides.node.astype(np.int64), sides.cost_s

    def search(self, weights: Weights) -> Search:
        """The search graph under these weights, its arcs always in the same order."""
        graph, (order, first) = self.graph, self._pairs
        at = graph.node_junction
        return Search(
            nodes=graph.node_count, lon=graph.node_lon[at], lat=graph.node_lat[at],
            tail=weights.out_tail[order[first]].astype(np.int64),
            head=weights.out_head[order[first]].astype(np.int64),
            time_s=np.minimum.reduceat(weights.out_time_s[order], first),
        )  # fmt: skip

    def _pair(self, weights: Weights) -> tuple[Ints, Ints]:
        """Links ordered by their two nodes, and where each pair of nodes begins."""
        pair = weights.out_tail.astype(np.int64) * self.graph.node_count + weights.out_head
        order = np.argsort(pair, kind="stable")
        return order, np.unique(pair[order], return_index=True)[1]


def opened(folder: Path) -> Engine:
    """The engine of a compiled graph, driven once so that its code is loaded."""
    graph = load_graph(folder)
    assert graph is not None
    engine = Engine(graph, ProfileBook(folder.parent).current(), folder)
    engine.warm_up()
    return engine


def prepared(name: str) -> "tuple[tempfile.TemporaryDirectory[str], Ours]":
    """The engine of a network in a folder of its own."""
    home = tempfile.TemporaryDirectory(prefix="bench-roads-")
    return home, Ours(name, Path(home.name))
