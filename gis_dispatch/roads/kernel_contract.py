"""Leaves nodes out in their order and finds the edges among those that remain."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Ints = NDArray[np.int32]


@jit
def left_out(near_start: Ints, near: Ints) -> tuple[Ints, Ints]:
    """(where the edges up from each rank begin, the ranks they lead to, in order).

    `near` are the higher neighbours of each rank. Whoever is left out passes its higher neighbours
    on to the lowest of them, and to nobody else: that one passes them on in its turn.
    """
    count = len(near_start) - 1
    start = np.zeros(count + 1, np.int32)
    edges = np.empty(4 * len(near) + 16, np.int32)
    first_given = np.full(count, -1, np.int32)
    next_given = np.full(count, -1, np.int32)
    seen_by = np.full(count, -1, np.int32)
    used = 0
    for rank in range(count):
        room = near_start[rank + 1] - near_start[rank]
        giver = first_given[rank]
        while giver >= 0:
            room += start[giver + 1] - start[giver]
            giver = next_given[giver]
        if used + room > len(edges):
            more = np.empty(2 * len(edges) + room, np.int32)
            more[:used] = edges[:used]
            edges = more
        begin = used
        seen_by[rank] = rank
        for at in range(near_start[rank], near_start[rank + 1]):
            if seen_by[near[at]] != rank:
                seen_by[near[at]] = rank
                edges[used] = near[at]
                used += 1
        giver = first_given[rank]
        while giver >= 0:
            for at in range(start[giver], start[giver + 1]):
                if seen_by[edges[at]] != rank:
                    seen_by[edges[at]] = rank
                    edges[used] = edges[at]
                    used += 1
            giver = next_given[giver]
        edges[begin:used] = np.sort(edges[begin:used])
        start[rank + 1] = used
        if used > begin:
            lowest = edges[begin]
            next_given[rank] = first_given[lowest]
            first_given[lowest] = rank
    return start, edges[:used].copy()
