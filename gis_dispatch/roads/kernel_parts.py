"""Time over a part of a road, through the stretches that closures block or slow."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@jit
def part_time_s(
    road: int, pace: float, from_m: float, to_m: float,
    piece_row: Ints, piece_start: Ints, piece_from: Floats, piece_to: Floats, piece_pace: Floats,
) -> float:  # fmt: skip
    """Seconds from `from_m` to `to_m` (from_m <= to_m) at `pace` s/m, slower or not at all inside
    a closure's pieces. Standing still takes no time and breaks no rule.
    """
    if to_m <= from_m:
        return 0.0
    if pace == np.inf:
        return np.inf
    time = (to_m - from_m) * pace
    row = piece_row[road]
    if row < 0:
        return time
    for piece in range(piece_start[row], piece_start[row + 1]):
        overlap = min(to_m, piece_to[piece]) - max(from_m, piece_from[piece])
        if overlap > 0.0 and piece_pace[piece] > pace:
            time += overlap * (piece_pace[piece] - pace)
    return time


@jit
def to_ends_s(
    roads: Ints, along_m: Floats, road_length_m: Floats, pace: Floats,
    piece_row: Ints, piece_start: Ints, piece_from: Floats, piece_to: Floats, piece_pace: Floats,
) -> Floats:  # fmt: skip
    """(2 * places,): from each place on a road to its end as drawn, and to its beginning."""
    times = np.empty(2 * len(roads))
    for place in range(len(roads)):
        road = roads[place]
        times[2 * place] = part_time_s(
            road, pace[2 * road], along_m[place], road_length_m[road],
            piece_row, piece_start, piece_from, piece_to, piece_pace,
        )  # fmt: skip
        times[2 * place + 1] = part_time_s(
            road, pace[2 * road + 1], 0.0, along_m[place],
            piece_row, piece_start, piece_from, piece_to, piece_pace,
        )  # fmt: skip
    return times


@jit
def from_ends_s(
    road: int, along_m: float, length_m: float, pace: Floats,
    piece_row: Ints, piece_start: Ints, piece_from: Floats, piece_to: Floats, piece_pace: Floats,
) -> tuple[float, float]:  # fmt: skip
    """To a place on a road from its beginning, and from its end."""
    forward = part_time_s(
        road, pace[2 * road], 0.0, along_m,
        piece_row, piece_start, piece_from, piece_to, piece_pace,
    )  # fmt: skip
    backward = part_time_s(
        road, pace[2 * road + 1], along_m, length_m,
        piece_row, piece_start, piece_from, piece_to, piece_pace,
    )  # fmt: skip
    return forward, backward
