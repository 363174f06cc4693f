"""The peers in this process: each searches the same weights from the same incidents."""

import importlib
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.our_engine import Floats, Ints, Question, Search

NO_TIME_S = 1e-9
"""scipy reads a weight of nothing as no road."""
INCIDENT = "incident"


class Peer:
    """Answers from somebody else's search; what stands at both ends of a way is ours."""

    name = ""
    how = ""
    tolerance_s = 1e-4

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """For each node the seconds to the incident, through whichever seed is sooner; inf where
        there is no way.
        """
        raise NotImplementedError

    def put(self, arcs: Ints, search: Search) -> None:
        """Give these arcs the times they now have; inf: closed."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let go of what runs elsewhere."""

    def nearest(self, question: Question, sides: tuple[Ints, Floats], wanted: int) -> Floats:
        """Seconds of the soonest units, in order."""
        nodes, costs = sides
        used = np.isfinite(costs)
        times = np.full(len(nodes), np.inf)
        times[used] = self.seconds(question.seeds, nodes[used])
        best = (times + costs).reshape(-1, 2).min(axis=1)
        for start, cost in question.direct:
            best[start] = min(best[start], cost)
        return np.sort(best[np.isfinite(best)])[:wanted]


class NetworkxPeer(Peer):
    """networkx: what most Python prototypes use."""

    name = "networkx"
    how = "single_source_dijkstra_path_length on the reversed graph"

    def __init__(self, search: Search) -> None:
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from(range(search.nodes))
        self._graph.add_weighted_edges_from(
            zip(search.head.tolist(), search.tail.tolist(), search.time_s.tolist(), strict=True)
        )

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """One Dijkstra from a node that stands for the incident."""
        # A road that ends where it begins seeds its junction twice: the sooner one, last, holds.
        late_first = sorted(seeds, key=lambda seed: -seed[1])
        self._graph.add_weighted_edges_from((INCIDENT, node, cost) for node, cost in late_first)
        found = nx.single_source_dijkstra_path_length(self._graph, INCIDENT)
        self._graph.remove_node(INCIDENT)
        return np.array([found.get(node, np.inf) for node in nodes.tolist()])

    def put(self, arcs: Ints, search: Search) -> None:
        """In its dictionaries."""
        for arc in arcs.tolist():
            self._graph[search.head[arc]][search.tail[arc]]["weight"] = float(search.time_s[arc])


class ScipyPeer(Peer):
    """scipy: the same search in C, over the whole network."""

    name = "scipy"
    how = "csgraph.dijkstra on the reversed graph, the incident a row of the matrix"
    seeds_at_most = 64

    def __init__(self, search: Search) -> None:
        # The last row is the incident's: its entries are exchanged at every question.
        last, room = search.nodes, self.seeds_at_most
        times = np.concatenate([np.maximum(search.time_s, NO_TIME_S), np.full(room, np.inf)])
        rows = np.concatenate([search.head, np.full(room, last)])
        columns = np.concatenate([search.tail, np.arange(room) % last])
        order = np.argsort(rows, kind="stable")
        counts = np.bincount(rows, minlength=last + 1)
        starts = np.concatenate(([0], np.cumsum(counts)))
        self._matrix = csr_array(
            (times[order], columns[order].astype(np.int32), starts.astype(np.int32)),
            shape=(last + 1, last + 1),
        )
        self._place = np.empty(len(order), dtype=np.int64)
        self._place[order] = np.arange(len(order))
        self._last = last

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """One Dijkstra to everywhere."""
        self._ask(seeds)
        return np.asarray(dijkstra(self._matrix, indices=self._last)[nodes])

    def _ask(self, seeds: list[tuple[int, float]]) -> None:
        begin = self._matrix.indptr[self._last]
        self._matrix.data[begin:] = np.inf
        for at, (node, cost) in enumerate(seeds, start=begin):
            self._matrix.indices[at], self._matrix.data[at] = node, max(cost, NO_TIME_S)

    def put(self, arcs: Ints, search: Search) -> None:
        """In the matrix."""
        self._matrix.data[self._place[arcs]] = np.maximum(search.time_s[arcs], NO_TIME_S)


class ScipyGrowingPeer(ScipyPeer):
    """scipy with a limit that doubles until enough units lie within it."""

    name = "scipy, growing limit"
    how = "csgraph.dijkstra(limit=60 s, 120 s, …) until enough units are certain"

    def nearest(self, question: Question, sides: tuple[Ints, Floats], wanted: int) -> Floats:
        """A unit within the limit is certain; beyond it a sooner one might be hidden."""
        self._ask(question.seeds)
        nodes, costs = sides
        limit = 60.0
        while True:
            times = dijkstra(self._matrix, indices=self._last, limit=limit)
            best = (times[nodes] + costs).reshape(-1, 2).min(axis=1)
            for start, cost in question.direct:
                best[start] = min(best[start], cost)
            sure = np.sort(best[best <= limit])
            if len(sure) >= wanted or limit > 1e6:
                return np.asarray(sure[:wanted])
            limit *= 2


class IgraphPeer(Peer):
    """igraph: C, from each seed until all units are settled."""

    name = "igraph"
    how = "distances() from the incident's seeds to the units' nodes on the reversed graph"

    def __init__(self, search: Search) -> None:
        igraph = importlib.import_module("igraph")
        self._graph = igraph.Graph(
            n=search.nodes, edges=np.stack([search.head, search.tail], 1), directed=True
        )
        self._graph.es["s"] = search.time_s.tolist()

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """One search for each seed."""
        unique, back = np.unique(nodes, return_inverse=True)
        found = self._graph.distances([node for node, _ in seeds], unique.tolist(), "s")
        return np.asarray(_sooner(np.array(found), seeds)[back])

    def put(self, arcs: Ints, search: Search) -> None:
        """In its attribute; arcs are numbered as they were given."""
        self._graph.es[arcs.tolist()]["s"] = search.time_s[arcs].tolist()


class RustworkxPeer(Peer):
    """rustworkx: Rust, asking Python for each weight."""

    name = "rustworkx"
    how = "dijkstra_shortest_path_lengths on the reversed graph"

    def __init__(self, search: Search) -> None:
        self._module = importlib.import_module("rustworkx")
        self._graph = self._module.PyDiGraph()
        self._graph.add_nodes_from(range(search.nodes))
        self._graph.add_edges_from(
            list(zip(search.head.tolist(), search.tail.tolist(), search.time_s.tolist(),
                     strict=True))
        )  # fmt: skip

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """One Dijkstra from a node that stands for the incident."""
        incident = self._graph.add_node(None)
        self._graph.add_edges_from([(incident, node, cost) for node, cost in seeds])
        found = self._module.dijkstra_shortest_path_lengths(self._graph, incident, float)
        times = dict(found.items())
        self._graph.remove_node(incident)
        return np.array([times.get(node, np.inf) for node in nodes.tolist()])

    def put(self, arcs: Ints, search: Search) -> None:
        """Arcs are numbered as they were given."""
        for arc in arcs.tolist():
            self._graph.update_edge_by_index(arc, float(search.time_s[arc]))


class CchPeer(Peer):
    """RoutingKit's customisable contraction hierarchies; its times are whole numbers."""

    name = "pyroutingkit CCH"

    def __init__(self, search: Search) -> None:
        self._kit = importlib.import_module("pyroutingkit")
        # As fine as whole numbers of 31 bits allow: a way is at most some 2,000 × the longest arc.
        longest = float(search.time_s.max(initial=1.0))
        self._unit_s = 1e-5 if longest < 3600 else 1e-3
        self.tolerance_s = self._unit_s * 1000
        self.how = f"many-to-many, times in whole {self._unit_s:g} s"
        self._topology = self._kit.CCHTopology()
        self._topology.build(
            search.tail.astype(np.uint32), search.head.astype(np.uint32),
            search.lat.astype(np.float32), search.lon.astype(np.float32), search.nodes,
        )  # fmt: skip
        self._metric = self._kit.CCHMetric(self._topology)
        self._metric.customize(self._whole(search.time_s))

    def _whole(self, time_s: Floats) -> Any:
        never = self._kit.INF_WEIGHT
        return np.rint(np.minimum(time_s / self._unit_s, never)).astype(np.uint32)

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """From every unit to the seeds."""
        unique, back = np.unique(nodes, return_inverse=True)
        ends = np.array([node for node, _ in seeds], dtype=np.uint32)
        found = self._metric.distances_many_to_many(unique.astype(np.uint32), ends)
        times = np.where(found >= self._kit.INF_WEIGHT, np.inf, found * self._unit_s)
        return np.asarray(_sooner(times.T, seeds)[back])

    def put(self, arcs: Ints, search: Search) -> None:
        """A partial customisation."""
        self._metric.update_weights(arcs.astype(np.uint32), self._whole(search.time_s[arcs]))


def _sooner(from_seeds: Floats, seeds: list[tuple[int, float]]) -> Floats:
    costs = np.array([cost for _, cost in seeds])
    return np.asarray((from_seeds + costs[:, None]).min(axis=0), dtype=np.float64)


MAKERS: tuple[tuple[Callable[[Search], Peer], str], ...] = (
    (CchPeer, "pyroutingkit"),
    (ScipyGrowingPeer, "scipy"),
    (ScipyPeer, "scipy"),
    (IgraphPeer, "igraph"),
    (RustworkxPeer, "rustworkx"),
    (NetworkxPeer, "networkx"),
)
"""Each with the package it needs."""
