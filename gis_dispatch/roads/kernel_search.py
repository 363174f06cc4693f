"""The search: from the incident outward over reversed roads, until the units asked for are found.

Exact, without a box or a shortlist. Nodes wait in buckets by their time (Dial, 1969); within a
bucket a node may be improved and looked at again (delta-stepping, Meyer and Sanders, 2003), so
that everything before the current bucket is final. Only what was touched is cleared afterwards:
the cost grows with the area searched, not with the network.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

BUCKETS = 4096
"""A power of two. No two waiting times may differ by as many bucket widths."""
SEED = -2
"""A node reached from seed s came by link SEED - s: there the search began."""


@jit
def search(  # noqa: C901 - one loop over three kinds of things; cut up it would be slower
    in_start: Ints, in_tail: Ints, in_time_s: Floats, bucket_s: float, limit_s: float,
    seed_node: Ints, seed_cost: Floats,
    direct_start: Ints, direct_cost: Floats, direct_side: Ints,
    first_side: Ints, next_side: Ints, side_cost: Floats, wanted: int,
    reached_s: Floats, came_by: Ints, touched: Ints, bucket: Ints,
    key: Floats, item: Ints, after: Ints,
    best_s: Floats, best_side: Ints, order: Ints,
) -> tuple[int, int]:  # fmt: skip
    """(how many starts were found, how many nodes touched); -1 found: the room for what waits was
    too small, ask again with more.

    Starts hang on nodes by their sides (`first_side`, `next_side`; start = side >> 1) with what it
    costs from the start to the node, delay included. Found starts are in `order`, soonest first, at
    `best_s` by `best_side` (0, 1: leaves its road as drawn, against; 2 and more: stays on it, as
    `direct_side` says). `reached_s` must be inf everywhere and keeps its values until `forget`.
    """
    nodes = len(in_start) - 1
    here = np.empty(len(best_s), np.int32)
    settled = np.zeros(len(best_s), np.bool_)
    free, used, waiting, seen, found = -1, 0, 0, 0, 0
    first = np.inf
    for seed in range(len(seed_cost)):
        first = min(first, seed_cost[seed])
    for direct in range(len(direct_cost)):
        first = min(first, direct_cost[direct])
    if first == np.inf or wanted == 0:
        return 0, 0
    if len(seed_cost) + len(direct_cost) + len(side_cost) > len(key):
        return -1, 0
    per_s = 1.0 / bucket_s
    for seed in range(len(seed_cost)):
        node = seed_node[seed]
        if seed_cost[seed] < reached_s[node]:
            if reached_s[node] == np.inf:
                touched[seen] = node
                seen += 1
            reached_s[node] = seed_cost[seed]
            came_by[node] = SEED - seed
            free, used = _wait(
                seed_cost[seed], node, per_s, bucket, key, item, after, free, used
            )  # fmt: skip
            waiting += 1
    for direct in range(len(direct_cost)):
        start = direct_start[direct]
        if direct_cost[direct] < best_s[start]:
            best_s[start] = direct_cost[direct]
            best_side[start] = direct_side[direct]
            free, used = _wait(
                best_s[start], nodes + start, per_s, bucket, key, item, after, free, used
            )  # fmt: skip
            waiting += 1
    now = np.int64(first * per_s)
    while waiting > 0 and found < wanted and now * bucket_s <= limit_s:
        slot = now & (BUCKETS - 1)
        count = 0
        while bucket[slot] >= 0:
            entry = bucket[slot]
            bucket[slot] = after[entry]
            after[entry] = free
            free = entry
            waiting -= 1
            cost = key[entry]
            node = np.uintp(item[entry])
            if node >= nodes:
                if not settled[node - nodes]:
                    settled[node - nodes] = True
                    here[count] = node - nodes
                    count += 1
                continue
            if cost > reached_s[node]:
                continue  # it was reached sooner meanwhile
            links = range(np.uintp(in_start[node]), np.uintp(in_start[node + np.uintp(1)]))
            if used + len(links) + len(side_cost) > len(key):
                return -1, seen
            side = first_side[node]
            while side >= 0:
                start = side >> 1
                total = cost + side_cost[side]
                if total < best_s[start]:
                    best_s[start] = total
                    best_side[start] = side & 1
                    free, used = _wait(
                        total, nodes + start, per_s, bucket, key, item, after, free, used
                    )  # fmt: skip
                    waiting += 1
                side = next_side[side]
            for link in links:
                total = cost + in_time_s[link]
                tail = np.uintp(in_tail[link])
                if total < reached_s[tail]:
                    if reached_s[tail] == np.inf:
                        touched[seen] = tail
                        seen += 1
                    reached_s[tail] = total
                    came_by[tail] = link
                    free, used = _wait(
                        total, int(tail), per_s, bucket, key, item, after, free, used
                    )  # fmt: skip
                    waiting += 1
        found = _in_order(here, count, best_s, order, found, wanted)
        now += 1
    if waiting > 0:
        bucket[:] = -1
    return found, seen


@jit
def _wait(
    cost: float, what: int, per_s: float, bucket: Ints,
    key: Floats, item: Ints, after: Ints, free: int, used: int,
) -> tuple[int, int]:  # fmt: skip
    """Put a node, or a start after the nodes, into its bucket; (the next free place, places used).

    Places that became free are used again first: what waits stays close together in memory.
    """
    slot = np.uintp(np.int64(cost * per_s) & (BUCKETS - 1))
    place = used
    if free >= 0:
        place = free
        free = after[place]
    else:
        used += 1
    key[place] = cost
    item[place] = what
    after[place] = bucket[slot]
    bucket[slot] = place
    return free, used


@jit
def _in_order(here: Ints, count: int, best_s: Floats, order: Ints, found: int, wanted: int) -> int:
    """Put the starts of one bucket in order, by time and then by number."""
    for new in range(count):
        start = here[new]
        at = new
        while at > 0 and (
            best_s[here[at - 1]] > best_s[start]
            or (best_s[here[at - 1]] == best_s[start] and here[at - 1] > start)
        ):
            here[at] = here[at - 1]
            at -= 1
        here[at] = start
    for at in range(min(count, wanted - found)):
        order[found + at] = here[at]
    return min(found + count, wanted)


@jit
def forget(touched: Ints, seen: int, reached_s: Floats) -> None:
    """Make the memory of a search ready for the next."""
    for at in range(seen):
        reached_s[touched[at]] = np.inf


@jit
def walk(
    nodes: Ints, came_by: Ints, in_head: Ints, in_arc: Ints, road_length_m: Floats
) -> tuple[Ints, Ints, Ints, Floats]:  # fmt: skip
    """From each node (-1: none) to where the search began: (arcs driven one after the other,
    where each node's arcs begin, the seed at their end, metres of whole roads).
    """
    begins = np.zeros(len(nodes) + 1, np.int32)
    seeds = np.full(len(nodes), -1, np.int32)
    length_m = np.zeros(len(nodes))
    for index in range(len(nodes)):
        count = 0
        at = nodes[index]
        if at >= 0:
            while came_by[at] >= 0:
                length_m[index] += road_length_m[in_arc[came_by[at]] >> 1]
                at = in_head[came_by[at]]
                count += 1
            seeds[index] = SEED - came_by[at]
        begins[index + 1] = begins[index] + count
    arcs = np.empty(begins[-1], np.int32)
    for index in range(len(nodes)):
        at = nodes[index]
        for step in range(begins[index], begins[index + 1]):
            arcs[step] = in_arc[came_by[at]]
            at = in_head[came_by[at]]
    return arcs, begins, seeds, length_m
