"""What driving an edge of the hierarchy costs: the soonest of its links and of the ways through
nodes that were left out before.

Edges in their order need only edges before them, so one pass is enough. An edge is driven up (from
its tail to its head) or down. `…_by` says how: link ~by, or, where by >= 0, through the tail of
edge `by`, which leads to this edge's tail; the tail's other edge leads to this edge's head.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

LONGEST_MM = 2**31 - 1
NOT_DRIVEN = -(2**31)
"""In `…_by`: there is no way."""


@jit
def edge_between(low: int, high: int, up_start: Ints, up_head: Ints) -> int:
    """The edge between two ranks that are joined by one."""
    first, last = int(up_start[low]), int(up_start[low + 1])
    while first < last:
        middle = (first + last) >> 1
        if up_head[middle] < high:
            first = middle + 1
        else:
            last = middle
    return first


@jit
def _soonest_link(
    begin: int, end: int, out_start: Ints, out_head: Ints, out_arc: Ints, out_time_s: Floats,
    road_length_m: Floats,
) -> tuple[float, int, int]:  # fmt: skip
    """(seconds from one node to another by one link, its millimetres, ~link)."""
    time, length, by = np.inf, 0, NOT_DRIVEN
    for link in range(out_start[begin], out_start[begin + 1]):
        if out_head[link] == end and out_time_s[link] < time:
            time, by = out_time_s[link], ~link
            length = int(min(np.rint(road_length_m[out_arc[link] >> 1] * 1000), LONGEST_MM))
    return time, length, by


@jit
def _added(one: int, other: int) -> int:
    """Two lengths, one after the other; whole numbers, so that any order of adding gives the same.

    Nobody drives farther than LONGEST_MM (2,147 km): what is longer counts as that.
    """
    return min(int(one) + int(other), LONGEST_MM)


@jit
def _customise_edge(
    edge: int, rank_node: Ints, up_tail: Ints, up_head: Ints, down_start: Ints, down_edge: Ints,
    out_start: Ints, out_head: Ints, out_arc: Ints, out_time_s: Floats, road_length_m: Floats,
    up_s: Floats, down_s: Floats, up_mm: Ints, down_mm: Ints, up_by: Ints, down_by: Ints,
) -> bool:  # fmt: skip
    """Work an edge out anew; whether it is anything else than before."""
    low, high = up_tail[edge], up_head[edge]
    begin, end = rank_node[low], rank_node[high]
    up, length_up, by_up = _soonest_link(
        begin, end, out_start, out_head, out_arc, out_time_s, road_length_m
    )
    down, length_down, by_down = _soonest_link(
        end, begin, out_start, out_head, out_arc, out_time_s, road_length_m
    )
    # Who was left out before and is joined to both ends: two lists in order, side by side.
    at_low, end_low = down_start[low], down_start[low + 1]
    at_high, end_high = down_start[high], down_start[high + 1]
    while at_low < end_low and at_high < end_high:
        to_low, to_high = down_edge[at_low], down_edge[at_high]
        if up_tail[to_low] < up_tail[to_high]:
            at_low += 1
        elif up_tail[to_low] > up_tail[to_high]:
            at_high += 1
        else:
            through = down_s[to_low] + up_s[to_high]
            if through < up:
                up, by_up = through, to_low
                length_up = _added(down_mm[to_low], up_mm[to_high])
            through = down_s[to_high] + up_s[to_low]
            if through < down:
                down, by_down = through, to_low
                length_down = _added(down_mm[to_high], up_mm[to_low])
            at_low += 1
            at_high += 1
    before = up_s[edge], down_s[edge], up_mm[edge], down_mm[edge]
    up_s[edge], down_s[edge] = up, down
    up_mm[edge], down_mm[edge] = length_up, length_down
    up_by[edge], down_by[edge] = by_up, by_down
    return before != (up_s[edge], down_s[edge], up_mm[edge], down_mm[edge])


@jit
def customise(
    rank_node: Ints, up_tail: Ints, up_head: Ints, down_start: Ints, down_edge: Ints,
    out_start: Ints, out_head: Ints, out_arc: Ints, out_time_s: Floats, road_length_m: Floats,
    up_s: Floats, down_s: Floats, up_mm: Ints, down_mm: Ints, up_by: Ints, down_by: Ints,
) -> None:  # fmt: skip
    """Work every edge out."""
    for edge in range(len(up_tail)):
        _customise_edge(
            edge, rank_node, up_tail, up_head, down_start, down_edge,
            out_start, out_head, out_arc, out_time_s, road_length_m,
            up_s, down_s, up_mm, down_mm, up_by, down_by,
        )  # fmt: skip


@jit
def customise_slower(
    links: Ints, out_tail: Ints, node_rank: Ints, up_start: Ints,
    rank_node: Ints, up_tail: Ints, up_head: Ints, down_start: Ints, down_edge: Ints,
    out_start: Ints, out_head: Ints, out_arc: Ints, out_time_s: Floats, road_length_m: Floats,
    up_s: Floats, down_s: Floats, up_mm: Ints, down_mm: Ints, up_by: Ints, down_by: Ints,
) -> None:  # fmt: skip
    """Work out anew what changes when these links take longer than before, and nothing else does.

    An edge changes only if the very way it stood for has become slower.
    """
    due = np.zeros(len(up_tail), np.bool_)
    first = len(up_tail)
    for link in links:
        one, other = node_rank[out_tail[link]], node_rank[out_head[link]]
        if one != other:
            edge = edge_between(min(one, other), max(one, other), up_start, up_head)
            if up_by[edge] == ~link or down_by[edge] == ~link:
                due[edge] = True
                first = min(first, edge)
    for edge in range(first, len(up_tail)):
        if not due[edge] or not _customise_edge(
            edge, rank_node, up_tail, up_head, down_start, down_edge,
            out_start, out_head, out_arc, out_time_s, road_length_m,
            up_s, down_s, up_mm, down_mm, up_by, down_by,
        ):  # fmt: skip
            continue
        for beside in range(up_start[up_tail[edge]], up_start[up_tail[edge] + 1]):
            if beside != edge:
                by, above = min(edge, beside), max(edge, beside)
                through = edge_between(up_head[by], up_head[above], up_start, up_head)
                if up_by[through] == by or down_by[through] == by:
                    due[through] = True
