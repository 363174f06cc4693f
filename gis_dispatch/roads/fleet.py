"""Starts on their roads, ready to be searched for: snapped once, for as many questions as asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_parts
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.labels import Labels, labels_of
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The two ways out of each start's road (2 * start: as drawn, and against) under one set of
    weights; inf: it cannot be left that way.
    """

    weights: Weights
    node: IntArray
    """Where it leads."""
    rank: IntArray
    driving_s: FloatArray
    """From the start to the node."""
    cost_s: FloatArray
    """The same with the start's delay."""


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
        self._sides: Sides | None = None
        self._labels: tuple[Weights | None, Labels | None] = None, None

    def __len__(self) -> int:
        """How many starts."""
        return len(self.places)

    def sides(self, weights: Weights) -> Sides:
        """The ways out under these weights; kept until other weights are asked for."""
        sides = self._sides
        if sides is None or sides.weights is not weights:
            graph = self._graph
            driving_s = kernel_parts.to_ends_s(
                self.road, self.along_m, graph.road_length_m, weights.pace, *weights.pieces
            )
            arcs = np.repeat(2 * self.road, 2)
            arcs[1::2] += 1
            node = graph.arc_head[arcs]
            sides = self._sides = Sides(
                weights, node, graph.node_rank[node], driving_s,
                driving_s + np.repeat(self.delay_s, 2),
            )  # fmt: skip
        return sides

    def labels(self, weights: Weights) -> Labels | None:
        """The labels under these weights, where it was asked for them before: who asks once is
        answered sooner without.
        """
        asked_under, labels = self._labels
        if asked_under is not weights:
            labels = None
        elif labels is None:
            sides = self.sides(weights)
            labels = labels_of(self._graph, weights, sides.rank, sides.cost_s)
        self._labels = weights, labels
        return labels
