"""From one place to every node within a limit: what isochrones are drawn from."""

import numpy as np

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.roads import kernel_spread
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.seeds import outward_seeds
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights

MOST_WAITING = 16
"""Times as much as there are links: more never waits at once."""


def spread(graph: Graph, weights: Weights, at: Snapped, limit_s: float) -> FloatArray:
    """Seconds from a place to every node; inf beyond the limit. Nodes from `graph.junction_count`
    on are copies of junctions.
    """
    node, cost = outward_seeds(graph, weights, at)
    bucket_s = bucket_width_s(weights, cost)
    room = graph.road_count + 1024
    while True:
        reached_s = np.full(graph.node_count, np.inf)
        done = kernel_spread.spread(
            weights.out_start, weights.out_head, weights.out_time_s, bucket_s, limit_s,
            node, cost, reached_s, np.full(kernel_spread.BUCKETS, -1, dtype=np.int32),
            np.zeros(room), np.zeros(room, dtype=np.int32), np.zeros(room, dtype=np.int32),
        )  # fmt: skip
        if done:
            reached_s[reached_s > limit_s] = np.inf
            return reached_s
        if room > MOST_WAITING * (len(weights.out_head) + 1024):
            raise RuntimeError(f"{room} places are not enough: the search never ends")
        room *= 2


def bucket_width_s(weights: Weights, cost: FloatArray) -> float:
    """Wide enough that all that may wait at one moment fits into the ring of buckets."""
    middle_s, longest_s = weights.link_s.tolist()
    span = longest_s + (np.ptp(cost) if len(cost) else 0.0)
    return float(max(middle_s, span / (kernel_spread.BUCKETS - 2), 1e-3))
