"""The search: from the incident outward over reversed roads, until the units asked for are found.

Exact, without a box or a shortlist. What it touches grows with the area searched: the distances of
earlier searches are told apart by a number (`stamp`) and never cleared.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

ARRIVED_FORWARD = -2
ARRIVED_BACKWARD = -3
"""Instead of a next arc: from here the incident's own road is driven, as drawn or against."""


@jit
def push(keys: Floats, items: Ints, size: int, key: float, item: int) -> int:
    """Add to a binary heap; its new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        items[at] = items[above]
        at = above
    keys[at] = key
    items[at] = item
    return size + 1


@jit
def sink(keys: Floats, items: Ints, size: int) -> int:
    """Take the smallest (entry 0) off a binary heap; its new size."""
    size -= 1
    key = keys[size]
    item = items[size]
    at = 0
    below = 1
    while below < size:
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at] = keys[below]
        items[at] = items[below]
        at = below
        below = 2 * at + 1
    keys[at] = key
    items[at] = item
    return size


@jit
def hang_starts(
    side_node: Longs, side_cost: Floats, number: int, first_side: Ints, side_stamp: Ints
) -> Ints:
    """Hang the starts' ways out on the junctions they lead to: `first_side` and what follows."""
    following = np.full(len(side_node), -1, np.int32)
    for side in range(len(side_node)):
        if side_cost[side] < np.inf:
            node = side_node[side]
            if side_stamp[node] != number:
                side_stamp[node] = number
                first_side[node] = -1
            following[side] = first_side[node]
            first_side[node] = side
    return following


@jit
def search(
    in_start: Ints, in_arc: Ints, in_tail: Ints, in_time_s: Floats,
    seed_node: Longs, seed_cost: Floats, side_node: Longs, side_cost: Floats, direct_cost: Floats,
    wanted: int, number: int, stamp: Ints, done: Ints, distance: Floats, next_arc: Ints,
    first_side: Ints, side_stamp: Ints, keys: Floats, items: Ints,
    best_cost: Floats, best_side: Ints, order: Ints,
) -> int:  # fmt: skip
    """Fill `best_cost`, `best_side` (0/1: leaves as drawn/against, 2: stays on the road) of each
    start and `order` (starts by time); how many were reached. Starts are nodes of their own,
    after the junctions: one is settled when nothing nearer can be left to find.
    """
    nodes = len(in_start) - 1
    following = hang_starts(side_node, side_cost, number, first_side, side_stamp)
    size = 0
    for start in range(len(direct_cost)):
        best_cost[start] = direct_cost[start]
        best_side[start] = 2
        if direct_cost[start] < np.inf:
            size = push(keys, items, size, direct_cost[start], nodes + start)
    for seed in range(2):
        size = reach(
            seed_node[seed], seed_cost[seed], ARRIVED_FORWARD - seed,
            number, stamp, distance, next_arc, keys, items, size,
        )  # fmt: skip
    found = 0
    while size > 0 and found < wanted:
        key = keys[0]
        item = items[0]
        size = sink(keys, items, size)
        if done[item] == number:
            continue
        done[item] = number
        if item >= nodes:
            order[found] = item - nodes
            found += 1
            continue
        side = first_side[item] if side_stamp[item] == number else -1
        while side >= 0:
            start = side >> 1
            if key + side_cost[side] < best_cost[start]:
                best_cost[start] = key + side_cost[side]
                best_side[start] = side & 1
                size = push(keys, items, size, best_cost[start], nodes + start)
            side = following[side]
        for at in range(in_start[item], in_start[item + 1]):
            size = reach(
                in_tail[at], key + in_time_s[at], in_arc[at],
                number, stamp, distance, next_arc, keys, items, size,
            )  # fmt: skip
    forget_unsettled(nodes, number, done, best_cost, best_side)
    return found


@jit
def reach(
    node: int, cost: float, arc: int, number: int, stamp: Ints, distance: Floats, next_arc: Ints,
    keys: Floats, items: Ints, size: int,
) -> int:  # fmt: skip
    """A junction is reached: keep it if nothing reached it as soon; the heap's new size."""
    if cost < np.inf and (stamp[node] != number or cost < distance[node]):
        stamp[node] = number
        distance[node] = cost
        next_arc[node] = arc
        return push(keys, items, size, cost, node)
    return size


@jit
def forget_unsettled(
    nodes: int, number: int, done: Ints, best_cost: Floats, best_side: Ints
) -> None:
    """A start that was not settled has no answer, even where a way was already in sight."""
    for start in range(len(best_cost)):
        if done[nodes + start] != number:
            best_cost[start] = np.inf
            best_side[start] = -1


@jit
def walk(node: int, next_arc: Ints, road_from: Ints, road_to: Ints) -> Ints:
    """The arcs from a settled junction to the incident's road; the last entry says how it ends."""
    count = 1
    at = node
    while next_arc[at] >= 0:
        arc = next_arc[at]
        at = road_from[arc >> 1] if arc & 1 else road_to[arc >> 1]
        count += 1
    arcs = np.empty(count, np.int32)
    at = node
    for index in range(count):
        arc = next_arc[at]
        arcs[index] = arc
        if arc >= 0:
            at = road_from[arc >> 1] if arc & 1 else road_to[arc >> 1]
    return arcs
