"""Who reaches a place, and when: up the hierarchy from the place, then down to who is asked for.

Every way between two nodes can be driven so that its edges first lead up and then down. From the
place all that lies above it is reached against the direction of driving (`climb`); any other node
then takes the best of its edges up (`settle`), all above it being settled before: a few hundred
nodes each, most of them shared. Exact; neither a box nor a limit.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

SEED = -2
"""A rank where the search began at seed s has `from_below` SEED - s."""
TURNS = -1
"""In `goes_up`: from here the way leads down to the place (see `from_below`)."""
ABOVE, SETTLED = np.uint8(1), np.uint8(2)


@jit
def climb(
    seed_rank: Ints, seed_cost: Floats, up_start: Ints, up_head: Ints, down_s: Floats,
    reached_s: Floats, from_below: Ints, state: Bytes, touched: Ints,
) -> int:  # fmt: skip
    """Reach all that lies above the seeds; how many were touched.

    `reached_s` must be inf and `state` 0 everywhere, and are again after `forget`.
    """
    seen = 0
    for seed in range(len(seed_rank)):
        rank = seed_rank[seed]
        if seed_cost[seed] < reached_s[rank]:
            reached_s[rank] = seed_cost[seed]
            from_below[rank] = SEED - seed
        seen = mark_above(rank, up_start, up_head, state, touched, seen)
    for above in np.sort(touched[:seen]):
        rank = np.uintp(above)
        cost = reached_s[rank]
        if cost < np.inf:
            for edge in range(np.uintp(up_start[rank]), np.uintp(up_start[rank + np.uintp(1)])):
                head = np.uintp(up_head[edge])
                total = cost + down_s[edge]
                if total < reached_s[head]:
                    reached_s[head] = total
                    from_below[head] = edge
    return seen


@jit
def mark_above(
    rank: int, up_start: Ints, up_head: Ints, state: Bytes, touched: Ints, seen: int
) -> int:
    """Note a rank and all that lies above it, as far as it is not noted; how many are by now."""
    while state[rank] == 0:
        state[rank] = ABOVE
        touched[seen] = rank
        seen += 1
        if up_start[rank] == up_start[rank + 1]:
            break
        rank = up_head[up_start[rank]]
    return seen


@jit
def settle(
    rank: int, up_start: Ints, up_head: Ints, up_s: Floats,
    reached_s: Floats, goes_up: Ints, state: Bytes, touched: Ints, seen: int, stack: Ints,
) -> int:  # fmt: skip
    """Find how long it takes from a rank; how many are touched by now."""
    waiting = 0
    while state[rank] != SETTLED:
        stack[waiting] = rank
        waiting += 1
        if up_start[rank] == up_start[rank + 1]:
            break
        rank = up_head[up_start[rank]]
    while waiting > 0:
        waiting -= 1
        here = np.uintp(stack[waiting])
        best, by = reached_s[here], TURNS
        for edge in range(np.uintp(up_start[here]), np.uintp(up_start[here + np.uintp(1)])):
            total = up_s[edge] + reached_s[np.uintp(up_head[edge])]
            if total < best:
                best, by = total, int(edge)
        reached_s[here], goes_up[here] = best, by
        if state[here] == 0:
            touched[seen] = here
            seen += 1
        state[here] = SETTLED
    return seen


@jit
def forget(touched: Ints, seen: int, reached_s: Floats, state: Bytes) -> None:
    """Make the memory of a search ready for the next."""
    for at in range(seen):
        reached_s[touched[at]] = np.inf
        state[touched[at]] = 0


@jit
def arrivals(
    side_rank: Ints, side_cost: Floats, direct_start: Ints, direct_cost: Floats, direct_side: Ints,
    up_start: Ints, up_head: Ints, up_s: Floats,
    reached_s: Floats, goes_up: Ints, state: Bytes, touched: Ints, seen: int, stack: Ints,
    best_s: Floats, best_side: Ints,
) -> int:  # fmt: skip
    """When every start arrives (`best_s`, inf before) and by which side (`best_side`).

    Sides are 2 * start, as its road is drawn, and 2 * start + 1, against; `direct_side` are those
    (2 and more) by which a start stays on its road. How many ranks are touched by now.
    """
    for direct in range(len(direct_start)):
        start = direct_start[direct]
        if direct_cost[direct] < best_s[start]:
            best_s[start], best_side[start] = direct_cost[direct], direct_side[direct]
    for side in range(len(side_rank)):
        if side_cost[side] < best_s[side >> 1]:
            seen = settle(
                side_rank[side], up_start, up_head, up_s,
                reached_s, goes_up, state, touched, seen, stack,
            )  # fmt: skip
            total = reached_s[side_rank[side]] + side_cost[side]
            if total < best_s[side >> 1]:
                best_s[side >> 1], best_side[side >> 1] = total, side & 1
    return seen
