"""Starts on their roads, ready to be searched for: snapped once, for as many questions as asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_parts
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Hung:
    """A fleet hung on the nodes its ways out lead to, under one set of weights."""

    weights: Weights
    first_side: IntArray
    next_side: IntArray
    driving_s: FloatArray
    """Per side (start = side >> 1; 0: as drawn, 1: against): from the start to the node."""
    side_cost: FloatArray
    """The same with the start's delay."""
    longest_s: float
    """The most any side costs."""


class Fleet:
    """Starts of one vehicle, each on its road."""

    def __init__(self, graph: Graph, places: Sequence[Snapped], delays_s: Sequence[float]) -> None:
        self._graph = graph
        self.places = places
        self.delay_s = np.array(delays_s, dtype=np.float64)
        self.road = np.array([place.road for place in places], dtype=np.int32)
        self.along_m = np.array([place.along_m for place in places], dtype=np.float64)
        self.on_road: dict[int, list[int]] = {}
        """The starts on each road that has any."""
        for number, road in enumerate(self.road.tolist()):
            self.on_road.setdefault(road, []).append(number)
        self._hung: Hung | None = None

    def __len__(self) -> int:
        """How many starts."""
        return len(self.places)

    def hung(self, weights: Weights) -> Hung:
        """The fleet under these weights; kept until other weights are asked for."""
        hung = self._hung
        if hung is None or hung.weights is not weights:
            graph = self._graph
            first_side = np.full(graph.node_count, -1, dtype=np.int32)
            driving_s = kernel_parts.to_ends_s(
                self.road, self.along_m, graph.road_length_m, weights.pace, *weights.pieces
            )
            next_side = kernel_parts.hang(self.road, graph.arc_head, driving_s, first_side)
            side_cost = driving_s + np.repeat(self.delay_s, 2)
            longest_s = float(side_cost[np.isfinite(side_cost)].max(initial=0.0))
            hung = self._hung = Hung(
                weights, first_side, next_side, driving_s, side_cost, longest_s
            )
        return hung
