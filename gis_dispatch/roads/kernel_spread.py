"""The search from a place to everywhere within a limit.

Nodes wait in buckets by their time (Dial, 1969); within a bucket a node may be improved and looked
at again (delta-stepping, Meyer and Sanders, 2003), so that everything before the current bucket is
final.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

BUCKETS = 4096
"""A power of two. No two waiting times may differ by as many bucket widths."""


@jit
def spread(
    out_start: Ints, out_head: Ints, out_time_s: Floats, bucket_s: float, limit_s: float,
    seed_node: Ints, seed_cost: Floats, reached_s: Floats,
    bucket: Ints, key: Floats, item: Ints, after: Ints,
) -> bool:  # fmt: skip
    """Fill in `reached_s`, inf before; whether there was room for all that waited."""
    free, used, waiting = -1, 0, 0
    first = np.inf
    for seed in range(len(seed_cost)):
        first = min(first, seed_cost[seed])
    if first == np.inf:
        return True
    if len(seed_cost) > len(key):
        return False
    per_s = 1.0 / bucket_s
    for seed in range(len(seed_cost)):
        node = seed_node[seed]
        if seed_cost[seed] < reached_s[node]:
            reached_s[node] = seed_cost[seed]
            free, used = _wait(
                seed_cost[seed], node, per_s, bucket, key, item, after, free, used
            )  # fmt: skip
            waiting += 1
    now = np.int64(first * per_s)
    while waiting > 0 and now * bucket_s <= limit_s:
        slot = now & (BUCKETS - 1)
        while bucket[slot] >= 0:
            entry = bucket[slot]
            bucket[slot] = after[entry]
            after[entry] = free
            free = entry
            waiting -= 1
            cost, node = key[entry], np.uintp(item[entry])
            if cost > reached_s[node]:
                continue  # it was reached sooner meanwhile
            links = range(np.uintp(out_start[node]), np.uintp(out_start[node + np.uintp(1)]))
            if used + len(links) > len(key):
                return False
            for link in links:
                total = cost + out_time_s[link]
                head = np.uintp(out_head[link])
                if total < reached_s[head]:
                    reached_s[head] = total
                    free, used = _wait(
                        total, int(head), per_s, bucket, key, item, after, free, used
                    )  # fmt: skip
                    waiting += 1
        now += 1
    return True


@jit
def _wait(
    cost: float, node: int, per_s: float, bucket: Ints,
    key: Floats, item: Ints, after: Ints, free: int, used: int,
) -> tuple[int, int]:  # fmt: skip
    """Put a node into its bucket; (the next free place, places used).

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
    item[place] = node
    after[place] = bucket[slot]
    bucket[slot] = place
    return free, used
