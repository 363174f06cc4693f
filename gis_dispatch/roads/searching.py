"""Runs the search kernel: working memory that is used again, and its answer in our words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_search
from gis_dispatch.roads.fleet import Fleet, Hung
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.seeds import STAYS, Seeds, inward_seeds, outward_seeds
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.weights import Weights

_NO_INTS = np.zeros(0, dtype=np.int32)
_NO_FLOATS = np.zeros(0)
MOST_WAITING = 16
"""Times as much as there are links and starts: more never waits at once."""
Ways = tuple[IntArray, IntArray, FloatArray]


class _Memory:
    """What one search needs; `reached_s` is inf everywhere between searches."""

    def __init__(self, nodes: int, roads: int) -> None:
        self.reached_s = np.full(nodes, np.inf)
        self.came_by = np.zeros(nodes, dtype=np.int32)
        self.touched = np.zeros(nodes, dtype=np.int32)
        self.bucket = np.full(kernel_search.BUCKETS, -1, dtype=np.int32)
        self.seen = 0
        """How many nodes the last search touched."""
        self.make_room(roads + 1024)

    def make_room(self, room: int) -> None:
        """Places for what waits in the buckets."""
        self.key = np.zeros(room)
        self.item = np.zeros(room, dtype=np.int32)
        self.after = np.zeros(room, dtype=np.int32)

    def forget(self) -> None:
        """Be ready for the next search."""
        kernel_search.forget(self.touched, self.seen, self.reached_s)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Per start, in the fleet's order; `order` names those that were reached, soonest first."""

    order: IntArray
    arrival_s: FloatArray
    """Delay, driving and walking; inf: not reached (or later than those asked for)."""
    driving_s: FloatArray
    side: IntArray
    """How it leaves its road: 0 as drawn, 1 against, 2 and more not at all; -1: not reached."""
    target: IntArray
    """Which of the targets it drives to."""
    whole_m: FloatArray
    """Length of the whole roads between its own and the target's."""
    last_arc: IntArray
    """The arc of the target's road that is driven in part; -1: the target is a junction."""
    arcs: IntArray
    arcs_start: IntArray

    def arcs_of(self, start: int) -> IntArray:
        """The whole arcs a start drives, in order."""
        return self.arcs[self.arcs_start[start] : self.arcs_start[start + 1]]


class Searcher:
    """Searches one graph; safe for threads, each search borrows memory of its own."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._idle: list[_Memory] = []

    @contextmanager
    def _borrowed(self) -> Iterator[_Memory]:
        graph = self._graph
        try:
            memory = self._idle.pop()
        except IndexError:
            memory = _Memory(graph.node_count, graph.road_count)
        yield memory
        memory.forget()
        # Only what ended well is used again: a search that broke off has left its traces.
        self._idle.append(memory)

    def run(self, weights: Weights, targets: Sequence[Target], fleet: Fleet) -> Outcome:
        """From every start to the target where it arrives first."""
        hung = fleet.hung(weights)
        seeds = inward_seeds(self._graph, weights, targets, fleet)
        with self._borrowed() as memory:
            arrival, side, order = _found(memory, weights, seeds, hung, len(fleet), len(fleet))
            leaves = np.nonzero((side >= 0) & (side < STAYS))[0]
            node = np.full(len(fleet), -1, dtype=np.int32)
            node[leaves] = self._graph.arc_head[2 * fleet.road[leaves] + side[leaves]]
            arcs, begins, seed, whole_m = kernel_search.walk(
                node, memory.came_by, weights.in_head, weights.in_arc, self._graph.road_length_m
            )
            driving = np.full(len(fleet), np.inf)
            driving[leaves] = memory.reached_s[node[leaves]]
        driving[leaves] += hung.driving_s[2 * leaves + side[leaves]]
        target, last_arc = np.full(len(fleet), -1, np.int32), np.full(len(fleet), -1, np.int32)
        target[leaves], last_arc[leaves] = seeds.target[seed[leaves]], seeds.arc[seed[leaves]]
        if len(targets) > 1:
            driving[leaves] -= np.array([to.foot_time_s for to in targets])[target[leaves]]
        for number, start in enumerate(seeds.direct_start.tolist()):
            if side[start] == seeds.direct_side[number]:
                driving[start] = seeds.direct_driving[number]
                target[start] = side[start] - STAYS
        return Outcome(order, arrival, driving, side, target, whole_m, last_arc, arcs, begins)

    def soonest(
        self, weights: Weights, targets: Sequence[Target], fleet: Fleet, wanted: int
    ) -> tuple[IntArray, FloatArray]:
        """Only who comes first, and when (delay included): (order, arrival_s of those)."""
        seeds = inward_seeds(self._graph, weights, targets, fleet)
        with self._borrowed() as memory:
            arrival, _, order = _found(
                memory, weights, seeds, fleet.hung(weights), len(fleet), wanted
            )
        return order, arrival[order]

    def spread(self, weights: Weights, at: Snapped, limit_s: float, *, outward: bool) -> FloatArray:
        """Seconds from a place to every node (`outward`) or from every node to it; inf beyond the
        limit. Nodes from `graph.junction_count` on are copies of junctions.
        """
        if outward:
            links = weights.outward
            ways = links.out_start, links.out_head, links.out_time_s
            seeds = outward_seeds(self._graph, weights, at)
        else:
            ways = weights.in_start, weights.in_tail, weights.in_time_s
            seeds = inward_seeds(self._graph, weights, [Target(at.road, at.along_m)], None)
        with self._borrowed() as memory:
            _search(ways, weights, seeds, memory, limit_s=limit_s)
            reached = memory.reached_s.copy()
        reached[reached > limit_s] = np.inf
        return reached


def _found(
    memory: _Memory, weights: Weights, seeds: Seeds, hung: Hung, starts: int, wanted: int
) -> tuple[FloatArray, IntArray, IntArray]:
    """(arrival_s and side of each start, the first `wanted` in order), the search being fresh."""
    arrival = np.full(starts, np.inf)
    side = np.full(starts, -1, dtype=np.int32)
    order = np.empty(starts, dtype=np.int32)
    found = _search(
        (weights.in_start, weights.in_tail, weights.in_time_s), weights, seeds, memory,
        hung=hung, wanted=min(wanted, starts), answer=(arrival, side, order),
    )  # fmt: skip
    return arrival, side, order[:found]


def _search(
    ways: Ways, weights: Weights, seeds: Seeds, memory: _Memory,
    *, limit_s: float = np.inf, hung: Hung | None = None, wanted: int = 1,
    answer: tuple[FloatArray, IntArray, IntArray] = (_NO_FLOATS, _NO_INTS, _NO_INTS),
) -> int:  # fmt: skip
    """How many starts were found."""
    if hung is None:
        nobody = np.full(len(memory.reached_s), -1, dtype=np.int32)
        hung = Hung(weights, nobody, _NO_INTS, _NO_FLOATS, _NO_FLOATS, 0.0)
    begins = np.concatenate([seeds.cost, seeds.direct_cost])
    # All that may wait at one moment must fit into the ring of buckets.
    span = weights.longest_s + hung.longest_s + (np.ptp(begins) if len(begins) else 0.0)
    bucket_s = max(weights.bucket_s, span / (kernel_search.BUCKETS - 2), 1e-3)
    while True:
        found, memory.seen = kernel_search.search(
            *ways, bucket_s, limit_s, seeds.node, seeds.cost,
            seeds.direct_start, seeds.direct_cost, seeds.direct_side,
            hung.first_side, hung.next_side, hung.side_cost, wanted,
            memory.reached_s, memory.came_by, memory.touched, memory.bucket,
            memory.key, memory.item, memory.after, *answer,
        )  # fmt: skip
        if found >= 0:
            return found
        memory.forget()
        memory.bucket.fill(-1)
        if len(memory.key) > MOST_WAITING * (len(ways[1]) + len(hung.side_cost) + 1024):
            raise RuntimeError(f"{len(memory.key)} places are not enough: the search never ends")
        memory.make_room(2 * len(memory.key))
        answer[0].fill(np.inf)
