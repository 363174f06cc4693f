"""How long each start needs to all that lies above it in the hierarchy.

The labels of a fleet are kept in the hierarchy: at every node above a start, the start and what it
costs to come there, the soonest first. Whoever asks for the first few then meets them on his own
way up, and needs to look at nobody else.
"""

from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_labels
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.rows import row_starts
from gis_dispatch.roads.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Who comes to rank r, and when (delay included), soonest first: [begins[r], begins[r + 1])."""

    begins: IntArray
    start: IntArray
    cost_s: FloatArray


def labels_of(
    graph: Graph, weights: Weights, side_rank: IntArray, side_cost_s: FloatArray
) -> Labels:
    """The labels of starts whose sides (two each, see `fleet.Sides`) lead there at that cost."""
    rank, start, cost_s = kernel_labels.label(
        side_rank, side_cost_s, graph.up_start, graph.up_head, weights.up_s
    )
    order = np.lexsort((start, cost_s, rank))
    return Labels(row_starts(rank, graph.node_count), start[order], cost_s[order])
