"""The search from many units at once: at every node the two that are there first.

As `kernel_spread`, but a node keeps two arrivals, of two different units. Whoever is among the
first two at a place was so at every place before it on its way: no third is ever carried on.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit
from gis_dispatch.roads.kernel_spread import BUCKETS

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@jit
def cover(
    out_start: Ints, out_head: Ints, out_time_s: Floats, bucket_s: float, limit_s: float,
    seed_node: Ints, seed_cost: Floats, seed_unit: Ints,
    reached_s: Floats, unit: Ints,
    bucket: Ints, key: Floats, item: Ints, who: Ints, after: Ints,
) -> bool:  # fmt: skip
    """Fill in `reached_s` and `unit`, two rows of nodes each (inf and -1 before); whether there was
    room for all that waited.
    """
    state = np.zeros(3, dtype=np.int64)  # the next free place + 1, places used, how many wait
    first = np.inf
    for seed in range(len(seed_cost)):
        first = min(first, seed_cost[seed])
    if first == np.inf:
        return True
    per_s = 1.0 / bucket_s
    for seed in range(len(seed_cost)):
        if seed_cost[seed] < np.inf and not _arrive(
            seed_cost[seed], seed_node[seed], seed_unit[seed], per_s, limit_s,
            reached_s, unit, bucket, key, item, who, after, state,
        ):  # fmt: skip
            return False
    now = np.int64(first * per_s)
    while state[2] > 0 and now * bucket_s <= limit_s:
        slot = now & (BUCKETS - 1)
        while bucket[slot] >= 0:
            entry = bucket[slot]
            bucket[slot] = after[entry]
            cost, node, whose = key[entry], item[entry], who[entry]
            after[entry] = state[0] - 1
            state[0] = entry + 1
            state[2] -= 1
            first_now = unit[0, node] == whose and reached_s[0, node] == cost
            if not first_now and not (unit[1, node] == whose and reached_s[1, node] == cost):
                continue  # it was there sooner meanwhile, or two others were
            for link in range(out_start[node], out_start[node + 1]):
                if not _arrive(
                    cost + out_time_s[link], out_head[link], whose, per_s, limit_s,
                    reached_s, unit, bucket, key, item, who, after, state,
                ):  # fmt: skip
                    return False
        now += 1
    return True


@jit
def _arrive(
    cost: float, node: int, whose: int, per_s: float, limit_s: float, reached_s: Floats, unit: Ints,
    bucket: Ints, key: Floats, item: Ints, who: Ints, after: Ints, state: NDArray[np.int64],
) -> bool:  # fmt: skip
    """Note a unit's arrival at a node and let it wait there, if it is one of the first two; False:
    no room.
    """
    if cost > limit_s:
        return True
    if whose == unit[0, node]:
        if cost >= reached_s[0, node]:
            return True
        reached_s[0, node] = cost
    elif cost < reached_s[0, node]:
        reached_s[1, node], unit[1, node] = reached_s[0, node], unit[0, node]
        reached_s[0, node], unit[0, node] = cost, whose
    elif cost < reached_s[1, node]:
        reached_s[1, node], unit[1, node] = cost, whose
    else:
        return True
    place = state[0] - 1
    if place >= 0:
        state[0] = after[place] + 1
    else:
        place = state[1]
        if place >= len(key):
            return False
        state[1] += 1
    slot = np.int64(cost * per_s) & (BUCKETS - 1)
    key[place], item[place], who[place] = cost, node, whose
    after[place] = bucket[slot]
    bucket[slot] = place
    state[2] += 1
    return True


@jit
def first_two_on_arcs(
    out_start: Ints, out_arc: Ints, reached_s: Floats, unit: Ints, arc_s: Floats, arc_unit: Ints
) -> None:
    """Per arc the two units that may enter it first (two rows, inf and -1 before): an arc may begin
    at several nodes, a junction and its copies.
    """
    for node in range(len(out_start) - 1):
        for link in range(out_start[node], out_start[node + 1]):
            arc = out_arc[link]
            for row in range(2):
                cost, whose = reached_s[row, node], unit[row, node]
                if whose < 0:
                    continue
                if whose == arc_unit[0, arc]:
                    arc_s[0, arc] = min(arc_s[0, arc], cost)
                elif cost < arc_s[0, arc]:
                    arc_s[1, arc], arc_unit[1, arc] = arc_s[0, arc], arc_unit[0, arc]
                    arc_s[0, arc], arc_unit[0, arc] = cost, whose
                elif cost < arc_s[1, arc]:
                    arc_s[1, arc], arc_unit[1, arc] = cost, whose


@jit
def counted(
    road_length_m: Floats, first: Ints, low: Floats, high: Floats, whose: Ints, most: int,
    out_road: Ints, out_from: Floats, out_to: Floats, out_count: Ints,
) -> int:  # fmt: skip
    """Cut every road where the number of units that reach it changes; how many pieces.

    Road r is reached by `whose` from `low` to `high` for every entry in [first[r], first[r + 1]).
    Numbers above `most` are told as `most`; pieces that nobody reaches are told as 0.
    """
    size = 0
    cuts = np.empty(256)
    seen = np.empty(most, dtype=np.int32)
    for road in range(len(road_length_m)):
        begin, end, length = first[road], first[road + 1], road_length_m[road]
        if 2 * (end - begin) + 2 > len(cuts):
            cuts = np.empty(4 * (end - begin) + 2)
        cuts[0], cuts[1] = 0.0, length
        many = 2
        for entry in range(begin, end):
            for at in (low[entry], high[entry]):
                if 0.0 < at < length:
                    cuts[many] = at
                    many += 1
        cuts[:many].sort()
        open_count = -1
        for piece in range(many - 1):
            here, there = cuts[piece], cuts[piece + 1]
            if there <= here:
                continue
            middle = (here + there) / 2
            count = _different(middle, begin, end, low, high, whose, seen)
            if count == open_count:
                out_to[size - 1] = there
                continue
            open_count = count
            out_road[size], out_from[size] = road, here
            out_to[size], out_count[size] = there, count
            size += 1
    return size


@jit
def _different(
    at: float, begin: int, end: int, low: Floats, high: Floats, whose: Ints, seen: Ints
) -> int:
    """How many different units reach a place on a road, at most as many as `seen` holds."""
    count = 0
    for entry in range(begin, end):
        if count == len(seen):
            break
        if not low[entry] <= at <= high[entry]:
            continue
        new = True
        for other in range(count):
            new = new and seen[other] != whose[entry]
        if new:
            seen[count] = whose[entry]
            count += 1
    return count


@jit
def lengths_by_area(
    road: Ints, from_m: Floats, to_m: Floats, point_start: Ints, point_m: Floats, area: Ints,
    total_m: Floats,
) -> None:  # fmt: skip
    """Add to `total_m`, per area, what lies in it of every piece of road; `area` is told for each
    segment, by its first point (-1: in none).
    """
    for piece in range(len(road)):
        for point in range(point_start[road[piece]], point_start[road[piece] + 1] - 1):
            overlap = min(to_m[piece], point_m[point + 1]) - max(from_m[piece], point_m[point])
            if overlap > 0.0 and area[point] >= 0:
                total_m[area[point]] += overlap
