"""Puts the nodes of the search graph in an order and leaves them out, one after the other.

Where a node is left out, its neighbours that remain are joined by an *edge*, whatever driving it
costs. Any order is right; in a good one few edges are added: pieces of the map come first, what
separates them last (nested dissection by METIS; Dibbelt, Strasser, Wagner: Customizable
Contraction Hierarchies, 2016). What driving an edge costs a vehicle is for `kernel_customise` to
say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import IntArray
from gis_dispatch.roads.kernel_contract import left_out
from gis_dispatch.roads.rows import row_starts

LongArray = NDArray[np.int64]

FEWEST_ORDERED = 8
"""Smaller graphs are taken in any order."""


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """Nodes by rank (who is left out first has 0); edges lead up, from lower to higher rank."""

    node_rank: IntArray
    rank_node: IntArray
    up_start: IntArray
    """Edges up from rank r: [up_start[r], up_start[r + 1]), by the rank they lead to."""
    up_tail: IntArray
    up_head: IntArray
    down_start: IntArray
    down_edge: IntArray
    """Edges that lead up to rank r: down_edge[down_start[r]:down_start[r + 1]], by their tail."""


def contracted(node_count: int, tail: IntArray, head: IntArray) -> Hierarchy:
    """The hierarchy of a graph with links (tail, head) between its nodes."""
    apart = tail != head
    pairs = np.concatenate([tail[apart], head[apart]]).astype(np.int64) * node_count
    pairs += np.concatenate([head[apart], tail[apart]])
    pairs = np.unique(pairs)
    begins, ends = pairs // max(node_count, 1), pairs % max(node_count, 1)
    rank = _order(node_count, begins, ends)
    low, high = rank[begins], rank[ends]
    upward = low < high
    order = np.lexsort((high[upward], low[upward]))
    low, high = low[upward][order], high[upward][order].astype(np.int32)
    up_start, up_head = left_out(row_starts(low, node_count), high)
    up_tail = np.repeat(np.arange(node_count, dtype=np.int32), np.diff(up_start))
    rank_node = np.empty(node_count, dtype=np.int32)
    rank_node[rank] = np.arange(node_count, dtype=np.int32)
    return Hierarchy(
        node_rank=rank,
        rank_node=rank_node,
        up_start=up_start,
        up_tail=up_tail,
        up_head=up_head,
        down_start=row_starts(up_head, node_count),
        down_edge=np.argsort(up_head, kind="stable").astype(np.int32),
    )


def _order(node_count: int, begins: LongArray, ends: LongArray) -> IntArray:
    """The rank of each node; `begins` and `ends` tell every neighbour of every node, in order."""
    if node_count < FEWEST_ORDERED or len(begins) == 0:
        return np.arange(node_count, dtype=np.int32)
    # Only now: a worker maps what another has made.
    import pymetis

    neighbours = pymetis.CSRAdjacency(row_starts(begins, node_count), ends.astype(np.int32))
    _, rank = pymetis.nested_dissection(adjacency=neighbours)
    return np.asarray(rank, dtype=np.int32)
