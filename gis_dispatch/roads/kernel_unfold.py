"""The roads of a way that was found in the hierarchy: every edge is unfolded to the links it is."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit
from gis_dispatch.roads.kernel_sweep import SEED

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@jit
def _unfold(
    driven: int, links: Ints, used: int, stack: Longs,
    up_head: Ints, up_by: Ints, down_by: Ints,
) -> tuple[Ints, int]:  # fmt: skip
    """Add the links of an edge in driving order: (links, how many). `driven` is 2 * edge, and one
    more where it is driven up.
    """
    stack[0] = driven
    waiting = 1
    while waiting > 0:
        waiting -= 1
        edge, up = stack[waiting] >> 1, stack[waiting] & 1 == 1
        by = up_by[edge] if up else down_by[edge]
        if by < 0:
            if used == len(links):
                more = np.empty(2 * len(links), np.int32)
                more[:used] = links
                links = more
            links[used] = ~by
            used += 1
            continue
        above = by + 1
        while up_head[above] != up_head[edge]:
            above += 1
        # First down to the node between and then up from it; the last one put is unfolded first.
        stack[waiting] = 2 * (above if up else by) + 1
        stack[waiting + 1] = 2 * (by if up else above)
        waiting += 2
    return links, used


@jit
def unfold(
    ranks: Ints, goes_up: Ints, from_below: Ints, seed_cost: Floats,
    up_tail: Ints, up_head: Ints, up_by: Ints, down_by: Ints,
    out_arc: Ints, out_time_s: Floats, road_length_m: Floats,
) -> tuple[Ints, Ints, Ints, Floats, Floats]:  # fmt: skip
    """From each rank (-1: none) to where the search began: (arcs driven one after the other, where
    each rank's arcs begin, the seed at their end, metres of whole roads, seconds to the seed with
    its cost, added up from there).
    """
    begins = np.zeros(len(ranks) + 1, np.int32)
    seeds = np.full(len(ranks), -1, np.int32)
    length_m = np.zeros(len(ranks))
    time_s = np.zeros(len(ranks))
    links = np.empty(256 * (len(ranks) + 1), np.int32)
    stack = np.empty(len(goes_up) + 2, np.int64)
    used = 0
    for index in range(len(ranks)):
        rank = ranks[index]
        if rank >= 0:
            while goes_up[rank] >= 0:
                edge = goes_up[rank]
                links, used = _unfold(2 * edge + 1, links, used, stack, up_head, up_by, down_by)
                rank = up_head[edge]
            while from_below[rank] >= 0:
                edge = from_below[rank]
                links, used = _unfold(2 * edge, links, used, stack, up_head, up_by, down_by)
                rank = up_tail[edge]
            seeds[index] = SEED - from_below[rank]
            time_s[index] = seed_cost[seeds[index]]
        begins[index + 1] = used
        for at in range(begins[index + 1] - 1, begins[index] - 1, -1):
            time_s[index] += out_time_s[links[at]]
            length_m[index] += road_length_m[out_arc[links[at]] >> 1]
    return out_arc[links[:used]], begins, seeds, length_m, time_s
