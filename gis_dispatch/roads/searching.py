"""Searches in the hierarchy: working memory that is used again, and answers in our words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_labels, kernel_sweep
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.kernel_unfold import arcs_driven, edges_driven
from gis_dispatch.roads.seeds import STAYS, Seeds, inward_seeds
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.weights import Weights


class _Memory:
    """What one search needs; between searches `reached_s` is inf and `state` 0 everywhere."""

    def __init__(self, nodes: int) -> None:
        self.reached_s = np.full(nodes, np.inf)
        self.from_below = np.zeros(nodes, dtype=np.int32)
        self.goes_up = np.zeros(nodes, dtype=np.int32)
        self.state = np.zeros(nodes, dtype=np.uint8)
        self.touched = np.zeros(nodes, dtype=np.int32)
        self.stack = np.zeros(nodes, dtype=np.int32)
        self.seen = 0
        """How many ranks the last search touched."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Per start, in the fleet's order; `order` names those that arrive, soonest first."""

    order: IntArray
    arrival_s: FloatArray
    """Delay, driving and walking; inf: there is no way."""
    driving_s: FloatArray
    side: IntArray
    """How it leaves its road: 0 as drawn, 1 against, 2 and more not at all; -1: there is no way."""
    target: IntArray
    """Which of the targets it drives to."""
    whole_m: FloatArray
    """Length of the whole roads between its own and the target's."""
    last_arc: IntArray
    """The arc of the target's road that is driven in part; -1: the target is a junction."""
    edges: IntArray
    """The edges of the hierarchy that are driven, one start's after the other's."""
    edges_start: IntArray
    graph: Graph
    weights: Weights

    def arcs_of(self, start: int) -> IntArray:
        """The whole arcs a start drives, in order."""
        driven = self.edges[self.edges_start[start] : self.edges_start[start + 1]]
        weights = self.weights
        return arcs_driven(
            driven, self.graph.up_head, weights.up_by, weights.down_by, weights.out_arc
        )


class Searcher:
    """Searches one graph; safe for threads, each search borrows memory of its own."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._idle: list[_Memory] = []

    @contextmanager
    def _borrowed(self) -> Iterator[_Memory]:
        try:
            memory = self._idle.pop()
        except IndexError:
            memory = _Memory(self._graph.node_count)
        yield memory
        kernel_sweep.forget(memory.touched, memory.seen, memory.reached_s, memory.state)
        # Only what ended well is used again: a search that broke off has left its traces.
        self._idle.append(memory)

    def run(self, weights: Weights, targets: Sequence[Target], fleet: Fleet) -> Outcome:
        """From every start to the target where it arrives first."""
        graph, sides = self._graph, fleet.sides(weights)
        seeds = inward_seeds(graph, weights, targets, fleet)
        with self._borrowed() as memory:
            arrival, side = self._arrivals(memory, weights, seeds, fleet)
            leaves = np.nonzero((side >= 0) & (side < STAYS))[0]
            chosen = 2 * leaves + side[leaves]
            rank = np.full(len(fleet), -1, dtype=np.int32)
            rank[leaves] = sides.rank[chosen]
            edges, begins, seed, whole_mm = edges_driven(
                rank, memory.goes_up, memory.from_below, graph.up_tail, graph.up_head,
                weights.up_mm, weights.down_mm,
            )  # fmt: skip
            driving = np.full(len(fleet), np.inf)
            driving[leaves] = memory.reached_s[rank[leaves]] + sides.driving_s[chosen]
        target, last_arc = np.full(len(fleet), -1, np.int32), np.full(len(fleet), -1, np.int32)
        target[leaves], last_arc[leaves] = seeds.target[seed[leaves]], seeds.arc[seed[leaves]]
        if len(targets) > 1:
            driving[leaves] -= np.array([to.foot_time_s for to in targets])[target[leaves]]
        for number, start in enumerate(seeds.direct_start.tolist()):
            if side[start] == seeds.direct_side[number]:
                driving[start] = seeds.direct_driving[number]
                target[start] = side[start] - STAYS
        order = np.argsort(arrival, kind="stable")[: np.count_nonzero(side >= 0)].astype(np.int32)
        return Outcome(
            order,
            arrival,
            driving,
            side,
            target,
            whole_mm / 1000,
            last_arc,
            edges,
            begins,
            graph,
            weights,
        )

    def arrivals_s(self, weights: Weights, targets: Sequence[Target], fleet: Fleet) -> FloatArray:
        """Only when each start arrives (delay and walking included; inf: there is no way)."""
        seeds = inward_seeds(self._graph, weights, targets, fleet)
        with self._borrowed() as memory:
            return self._arrivals(memory, weights, seeds, fleet)[0]

    def _arrivals(
        self, memory: _Memory, weights: Weights, seeds: Seeds, fleet: Fleet
    ) -> tuple[FloatArray, IntArray]:
        """(arrival_s, side) of each start."""
        graph, sides = self._graph, fleet.sides(weights)
        memory.seen = kernel_sweep.climb(
            graph.node_rank[seeds.node], seeds.cost, graph.up_start, graph.up_head, weights.down_s,
            memory.reached_s, memory.from_below, memory.state, memory.touched,
        )  # fmt: skip
        arrival, side = np.full(len(fleet), np.inf), np.full(len(fleet), -1, dtype=np.int32)
        memory.seen = kernel_sweep.arrivals(
            sides.rank, sides.cost_s, seeds.direct_start, seeds.direct_cost, seeds.direct_side,
            graph.up_start, graph.up_head, weights.up_s, memory.reached_s, memory.goes_up,
            memory.state, memory.touched, memory.seen, memory.stack, arrival, side,
        )  # fmt: skip
        return arrival, side

    def soonest(
        self, weights: Weights, targets: Sequence[Target], fleet: Fleet, wanted: int
    ) -> tuple[IntArray, FloatArray]:
        """Only who comes first, and when (delay included): (order, arrival_s of those)."""
        labels, wanted = fleet.labels(weights), max(0, min(wanted, len(fleet)))
        if labels is None or wanted == 0:
            arrival = self.arrivals_s(weights, targets, fleet)
            order = np.argsort(arrival, kind="stable")[:wanted].astype(np.int32)
            order = order[np.isfinite(arrival[order])]
            return order, arrival[order]
        graph, seeds = self._graph, inward_seeds(self._graph, weights, targets, fleet)
        with self._borrowed() as memory:
            order, arrival, memory.seen = kernel_labels.soonest(
                wanted, graph.node_rank[seeds.node], seeds.cost,
                seeds.direct_start, seeds.direct_cost, graph.up_start, graph.up_head,
                weights.down_s, labels.begins, labels.start, labels.cost_s,
                memory.reached_s, memory.state, memory.touched,
            )  # fmt: skip
        return order, arrival
