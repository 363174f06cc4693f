"""The peers of the road engine: each searches the same weights from the same incidents."""

from typing import Protocol

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from gis_dispatch.roads import kernel_parts
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights

Floats = NDArray[np.float64]
NO_TIME_S = 1e-9
"""scipy reads a weight of nothing as no road."""


class Peer(Protocol):
    """Times from every junction to a point, by somebody else's search."""

    name: str

    def to_all(self, seeds: list[tuple[int, float]]) -> Floats: ...


class NetworkxPeer:
    """networkx: what most Python prototypes use."""

    name = "networkx"

    def __init__(self, graph: Graph, weights: Weights) -> None:
        self._nodes = len(graph.node_lon)
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from(range(self._nodes))
        heads = np.repeat(np.arange(self._nodes), np.diff(graph.in_start))
        times = weights.in_time_s.tolist()
        for head, tail, time in zip(heads.tolist(), graph.in_tail.tolist(), times, strict=True):
            known = self._graph.get_edge_data(head, tail)
            if time < np.inf and (known is None or time < known["weight"]):
                self._graph.add_edge(head, tail, weight=time)

    def to_all(self, seeds: list[tuple[int, float]]) -> Floats:
        """One Dijkstra over the reversed graph, from the incident's road."""
        self._graph.add_weighted_edges_from(("incident", node, cost) for node, cost in seeds)
        found = nx.single_source_dijkstra_path_length(self._graph, "incident")
        self._graph.remove_node("incident")
        times = np.full(self._nodes, np.inf)
        for node, time in found.items():
            if node != "incident":
                times[node] = time
        return times


class ScipyPeer:
    """scipy: the same search in C, over the whole network."""

    name = "scipy"

    def __init__(self, graph: Graph, weights: Weights) -> None:
        nodes = len(graph.node_lon)
        heads = np.repeat(np.arange(nodes), np.diff(graph.in_start))
        pairs = heads.astype(np.int64) * nodes + graph.in_tail
        order = np.lexsort((weights.in_time_s, pairs))
        first = order[np.unique(pairs[order], return_index=True)[1]]  # the fastest of parallels
        first = first[np.isfinite(weights.in_time_s[first])]
        times = np.maximum(weights.in_time_s[first], NO_TIME_S)
        self._matrix = csr_array(
            (times, (heads[first], graph.in_tail[first])), shape=(nodes, nodes)
        )

    def to_all(self, seeds: list[tuple[int, float]]) -> Floats:
        """From both ends of the incident's road, the better of the two."""
        found = dijkstra(self._matrix, indices=[node for node, _ in seeds])
        costs = np.array([cost for _, cost in seeds])
        return np.asarray((found + costs[:, None]).min(axis=0), dtype=np.float64)


def peer_times(
    peer: Peer, graph: Graph, weights: Weights, end: Snapped, starts: list[Snapped]
) -> Floats:
    """Seconds for every start: the peer's junctions, our pieces of road at both ends."""
    costs = np.empty(2)
    kernel_parts.seed_costs(
        end.road, end.along_m, float(graph.road_length_m[end.road]), weights.pace,
        *weights.pieces, costs,
    )  # fmt: skip
    nodes = (int(graph.road_from[end.road]), int(graph.road_to[end.road]))
    seeds = [
        (node, cost) for node, cost in zip(nodes, costs.tolist(), strict=True) if cost < np.inf
    ]
    times = peer.to_all(seeds)
    count = len(starts)
    side_node, side_cost = np.empty(2 * count, np.int64), np.empty(2 * count)
    direct = np.empty(count)
    kernel_parts.side_costs(
        np.array([start.road for start in starts], dtype=np.int32),
        np.array([start.along_m for start in starts]),
        graph.road_length_m, graph.road_from, graph.road_to, end.road, end.along_m, weights.pace,
        *weights.pieces, side_node, side_cost, direct,
    )  # fmt: skip
    both = (times[side_node] + side_cost).reshape(-1, 2).min(axis=1)
    return np.asarray(np.minimum(both, direct), dtype=np.float64)
