"""Runs the search kernel: working memory that is used again, and its answer in our words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_parts, kernel_search
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights

_LAST_NUMBER = 2**31 - 2


class _Memory:
    """What one search needs; the next search finds its way by a new number."""

    def __init__(self, graph: Graph, starts: int) -> None:
        nodes = len(graph.node_lon)
        self.starts = starts
        self.number = 0
        self.stamp = np.zeros(nodes, dtype=np.int32)
        self.done = np.zeros(nodes + starts, dtype=np.int32)
        self.distance = np.zeros(nodes)
        self.next_arc = np.zeros(nodes, dtype=np.int32)
        self.first_side = np.zeros(nodes, dtype=np.int32)
        self.side_stamp = np.zeros(nodes, dtype=np.int32)
        heap = 2 * graph.road_count + 3 * starts + 8
        self.keys = np.zeros(heap)
        self.items = np.zeros(heap, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Per start: seconds (inf: no way), how it leaves its road, and its arcs where asked for."""

    cost_s: FloatArray
    side: IntArray
    order: IntArray
    """Starts that were reached, nearest first."""
    arcs: list[IntArray | None]


class Searcher:
    """Searches one graph; safe for threads, each search borrows memory of its own."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._idle: list[_Memory] = []

    @contextmanager
    def _borrowed(self, starts: int) -> Iterator[_Memory]:
        memory = self._idle.pop() if self._idle else None
        if memory is None or memory.starts < starts or memory.number >= _LAST_NUMBER:
            memory = _Memory(self._graph, max(64, starts))
        memory.number += 1
        try:
            yield memory
        finally:
            self._idle.append(memory)

    def run(
        self, weights: Weights, end: Snapped, starts: Sequence[Snapped],
        *, wanted: int | None = None, with_arcs: bool = True,
    ) -> Outcome:  # fmt: skip
        """Driving times from each start to the end, until `wanted` starts (or all) are settled."""
        graph, count = self._graph, len(starts)
        roads = np.array([start.road for start in starts], dtype=np.int32)
        along = np.array([start.along_m for start in starts], dtype=np.float64)
        side_node = np.empty(2 * count, dtype=np.int64)
        side_cost, direct = np.empty(2 * count), np.empty(count)
        seed_cost = np.empty(2)
        seed_node = np.array([graph.road_from[end.road], graph.road_to[end.road]], dtype=np.int64)
        kernel_parts.side_costs(
            roads, along, graph.road_length_m, graph.road_from, graph.road_to,
            end.road, end.along_m, weights.pace, *weights.pieces, side_node, side_cost, direct,
        )  # fmt: skip
        kernel_parts.seed_costs(
            end.road, end.along_m, float(graph.road_length_m[end.road]), weights.pace,
            *weights.pieces, seed_cost,
        )  # fmt: skip
        cost, side = np.empty(count), np.empty(count, dtype=np.int32)
        order = np.empty(count, dtype=np.int32)
        with self._borrowed(count) as memory:
            found = kernel_search.search(
                graph.in_start, graph.in_arc, graph.in_tail, weights.in_time_s,
                seed_node, seed_cost, side_node, side_cost, direct,
                count if wanted is None else min(wanted, count), memory.number,
                memory.stamp, memory.done, memory.distance, memory.next_arc,
                memory.first_side, memory.side_stamp, memory.keys, memory.items,
                cost, side, order,
            )  # fmt: skip
            arcs: list[IntArray | None] = [None] * count
            if with_arcs:
                for start in order[:found]:
                    if side[start] < 2:
                        node = int(side_node[2 * start + side[start]])
                        arcs[start] = kernel_search.walk(
                            node, memory.next_arc, graph.road_from, graph.road_to
                        )
        return Outcome(cost, side, order[:found], arcs)
