"""How starts leave their roads, and how long each needs to all that lies above it.

The labels of a fleet are kept in the hierarchy: at every node above a start, the start and what it
costs to come there, the soonest first. Whoever asks for the first few then meets them on his own
way up, and needs to look at nobody else.
"""

from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_labels
from gis_dispatch.roads.graph import Graph
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


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Who comes to rank r, and when (delay included), soonest first: [begins[r], begins[r + 1])."""

    begins: IntArray
    start: IntArray
    cost_s: FloatArray


def labels_of(graph: Graph, weights: Weights, sides: Sides) -> Labels:
    """The labels of all starts under the weights of their sides."""
    rank, start, cost_s = kernel_labels.label(
        sides.rank, sides.cost_s, graph.up_start, graph.up_head, weights.up_s
    )
    order = np.lexsort((start, cost_s, rank))
    counts = np.bincount(rank, minlength=graph.node_count)
    return Labels(
        np.concatenate(([0], np.cumsum(counts))).astype(np.int32), start[order], cost_s[order]
    )
