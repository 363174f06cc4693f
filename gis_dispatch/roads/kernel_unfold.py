"""The ways that were found in the hierarchy: the edges they drive, and the roads these are."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit
from gis_dispatch.roads.kernel_sweep import SEED

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@jit
def edges_driven(
    ranks: Ints, goes_up: Ints, from_below: Ints, up_tail: Ints, up_head: Ints,
    up_mm: Ints, down_mm: Ints,
) -> tuple[Ints, Ints, Ints, Longs]:  # fmt: skip
    """From each rank (-1: none) to where the search began: (edges in driving order, each as
    2 * edge and one more where it is driven up; where each rank's edges begin; the seed at their
    end; millimetres).
    """
    begins = np.zeros(len(ranks) + 1, np.int32)
    seeds = np.full(len(ranks), -1, np.int32)
    length_mm = np.zeros(len(ranks), np.int64)
    driven = np.empty(64 * (len(ranks) + 1), np.int32)
    used = 0
    for index in range(len(ranks)):
        rank = ranks[index]
        if rank >= 0:
            while goes_up[rank] >= 0:
                edge = goes_up[rank]
                driven, used = _put(2 * edge + 1, driven, used)
                length_mm[index] += up_mm[edge]
                rank = up_head[edge]
            while from_below[rank] >= 0:
                edge = from_below[rank]
                driven, used = _put(2 * edge, driven, used)
                length_mm[index] += down_mm[edge]
                rank = up_tail[edge]
            seeds[index] = SEED - from_below[rank]
        begins[index + 1] = used
    return driven[:used], begins, seeds, length_mm


@jit
def arcs_driven(
    driven: Ints, up_head: Ints, up_by: Ints, down_by: Ints, out_arc: Ints
) -> Ints:  # fmt: skip
    """The arcs that these edges are, in driving order."""
    arcs, used = np.empty(64 * (len(driven) + 1), np.int32), 0
    stack = np.empty(64, np.int32)
    for first in driven:
        stack, waiting = _put(first, stack, 0)
        while waiting > 0:
            waiting -= 1
            edge, up = stack[waiting] >> 1, stack[waiting] & 1 == 1
            by = up_by[edge] if up else down_by[edge]
            if by < 0:
                arcs, used = _put(out_arc[~by], arcs, used)
                continue
            above = by + 1
            while up_head[above] != up_head[edge]:
                above += 1
            # First down to the node between, then up from it; what is put last is taken first.
            stack, waiting = _put(2 * (above if up else by) + 1, stack, waiting)
            stack, waiting = _put(2 * (by if up else above), stack, waiting)
    return arcs[:used]


@jit
def _put(what: int, numbers: Ints, used: int) -> tuple[Ints, int]:
    """Add a number to the used ones: (the numbers, in more room where there was none, how many)."""
    if used == len(numbers):
        numbers = np.append(numbers, np.empty(len(numbers), np.int32))
    numbers[used] = what
    return numbers, used + 1
