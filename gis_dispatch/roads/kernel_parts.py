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
def seed_costs(
    road: int, along_m: float, length_m: float, pace: Floats,
    piece_row: Ints, piece_start: Ints, piece_from: Floats, piece_to: Floats, piece_pace: Floats,
    costs: Floats,
) -> None:  # fmt: skip
    """What it costs to reach a point on a road from its beginning, and from its end."""
    costs[0] = part_time_s(
        road, pace[2 * road], 0.0, along_m,
        piece_row, piece_start, piece_from, piece_to, piece_pace,
    )  # fmt: skip
    costs[1] = part_time_s(
        road, pace[2 * road + 1], along_m, length_m,
        piece_row, piece_start, piece_from, piece_to, piece_pace,
    )  # fmt: skip


@jit
def side_costs(
    roads: Ints, along_m: Floats, road_length_m: Floats, road_from: Ints, road_to: Ints,
    end_road: int, end_along_m: float, pace: Floats,
    piece_row: Ints, piece_start: Ints, piece_from: Floats, piece_to: Floats, piece_pace: Floats,
    side_node: NDArray[np.int64], side_cost: Floats, direct_cost: Floats,
) -> None:  # fmt: skip
    """For each start: both ways off its road, and the way along it if the incident is there too."""
    for start in range(len(roads)):
        road = roads[start]
        along = along_m[start]
        side_node[2 * start] = road_to[road]
        side_node[2 * start + 1] = road_from[road]
        side_cost[2 * start] = part_time_s(
            road, pace[2 * road], along, road_length_m[road],
            piece_row, piece_start, piece_from, piece_to, piece_pace,
        )  # fmt: skip
        side_cost[2 * start + 1] = part_time_s(
            road, pace[2 * road + 1], 0.0, along,
            piece_row, piece_start, piece_from, piece_to, piece_pace,
        )  # fmt: skip
        direct_cost[start] = np.inf
        if road == end_road:
            arc = 2 * road if along <= end_along_m else 2 * road + 1
            direct_cost[start] = part_time_s(
                road, pace[arc], min(along, end_along_m), max(along, end_along_m),
                piece_row, piece_start, piece_from, piece_to, piece_pace,
            )  # fmt: skip
