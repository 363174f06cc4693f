"""Labels of starts in the hierarchy, and the first few of them for who asks (hub labels kept by
hub: Abraham, Delling, Fiat, Goldberg, Werneck: HLDB, 2012).
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit
from gis_dispatch.roads.kernel_sweep import climb, forget, mark_above

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]


@jit
def label(
    side_rank: Ints, side_cost: Floats, up_start: Ints, up_head: Ints, up_s: Floats
) -> tuple[Ints, Ints, Floats]:  # fmt: skip
    """(rank, start, seconds from the start to the rank with its delay) of every label."""
    count = len(up_start) - 1
    reached_s, state = np.full(count, np.inf), np.zeros(count, np.uint8)
    from_below, touched = np.empty(count, np.int32), np.empty(count, np.int32)
    room, used = 256 * len(side_rank) + 1, 0
    ranks, starts, costs = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room)
    for start in range(len(side_rank) >> 1):
        both = slice(2 * start, 2 * start + 2)
        seen = climb(
            side_rank[both], side_cost[both], up_start, up_head, up_s,
            reached_s, from_below, state, touched,
        )  # fmt: skip
        if used + seen > room:
            more = 2 * room + seen
            ranks = np.append(ranks, np.empty(more - room, np.int32))
            starts = np.append(starts, np.empty(more - room, np.int32))
            costs = np.append(costs, np.empty(more - room))
            room = more
        for rank in touched[:seen]:
            if reached_s[rank] < np.inf:
                ranks[used], starts[used], costs[used] = rank, start, reached_s[rank]
                used += 1
        forget(touched, seen, reached_s, state)
    return ranks[:used], starts[:used], costs[:used]


@jit
def soonest(
    wanted: int, seed_rank: Ints, seed_cost: Floats, direct_start: Ints, direct_cost: Floats,
    up_start: Ints, up_head: Ints, down_s: Floats, begins: Ints, label_start: Ints, label_s: Floats,
    reached_s: Floats, state: Bytes, touched: Ints,
) -> tuple[Ints, Floats, int]:  # fmt: skip
    """(the first `wanted` (1 and more) starts, when each arrives, how many ranks were touched).

    Whoever is later than the last of those wanted is not looked at, nor is what lies above a node
    that is farther away than that.
    """
    order, arrival_s, found = np.empty(wanted, np.int32), np.empty(wanted), 0
    for direct in range(len(direct_start)):
        found = _put(direct_start[direct], direct_cost[direct], order, arrival_s, found)
    seen = 0
    for seed in range(len(seed_rank)):
        rank = seed_rank[seed]
        reached_s[rank] = min(reached_s[rank], seed_cost[seed])
        seen = mark_above(rank, up_start, up_head, state, touched, seen)
    for above in np.sort(touched[:seen]):
        rank = np.uintp(above)
        cost = reached_s[rank]
        last_s = arrival_s[wanted - 1] if found == wanted else np.inf
        if cost > last_s or cost == np.inf:
            continue
        for at in range(begins[rank], begins[rank + np.uintp(1)]):
            if cost + label_s[at] > last_s:
                break
            found = _put(label_start[at], cost + label_s[at], order, arrival_s, found)
            last_s = arrival_s[wanted - 1] if found == wanted else np.inf
        for edge in range(np.uintp(up_start[rank]), np.uintp(up_start[rank + np.uintp(1)])):
            head = np.uintp(up_head[edge])
            reached_s[head] = min(reached_s[head], cost + down_s[edge])
    return order[:found], arrival_s[:found], seen


@jit
def _put(start: int, arrival: float, order: Ints, arrival_s: Floats, found: int) -> int:
    """Put a start in its place among the soonest found so far; how many these are then."""
    at = found
    for place in range(found):
        if order[place] == start:
            if arrival_s[place] <= arrival:
                return found
            at = place
            break
    if at == found:
        if found < len(order):
            found += 1
        elif found == 0 or (arrival_s[found - 1], order[found - 1]) <= (arrival, start):
            return found
        else:
            at -= 1
    while at > 0 and (arrival_s[at - 1], order[at - 1]) > (arrival, start):
        arrival_s[at], order[at] = arrival_s[at - 1], order[at - 1]
        at -= 1
    arrival_s[at], order[at] = arrival, start
    return found
