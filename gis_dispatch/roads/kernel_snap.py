"""The nearest allowed road to a point, exactly, over the grid of segments."""

from math import cos, floor, inf, pi, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.grid import CELL_DEG, ROW
from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

HEADING_PENALTY_M = 40.0
"""A road whose allowed directions all disagree with the heading counts as this much farther."""
_COS_60 = 0.5
_CELL = CELL_DEG
_ROW = ROW


@jit
def metres_per_degree(lat: float) -> tuple[float, float]:
    """(of longitude, of latitude) on the WGS 84 ellipsoid, at a latitude."""
    squared = 0.0066943799901413165
    bend = 1.0 - squared * sin(radians(lat)) ** 2
    per_lat = 6378137.0 * (1.0 - squared) / (bend * sqrt(bend)) * pi / 180.0
    per_lon = 6378137.0 / sqrt(bend) * cos(radians(lat)) * pi / 180.0
    return per_lon, per_lat


@jit
def _row_of(cell_key: NDArray[np.int64], key: int) -> int:
    low = 0
    high = len(cell_key)
    while low < high:
        middle = (low + high) >> 1
        if cell_key[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < len(cell_key) and cell_key[low] == key else -1


@jit
def nearest(
    lon: float, lat: float, heading_deg: float, max_gap_m: float, ways: NDArray[np.uint8],
    cell_key: NDArray[np.int64], cell_start: Ints, cell_point: Ints, segment_road: Ints,
    point_lon: Floats, point_lat: Floats, point_m: Floats,
) -> tuple[int, float, float, float, float]:  # fmt: skip
    """(road or -1, metres along it, metres to it, lon, lat) for the directions in `ways`
    (bit 0: as drawn, bit 1: against; 0: not a road for this vehicle).
    """
    per_lon, per_lat = metres_per_degree(lat)
    cell_m = _CELL * min(per_lon, per_lat)
    row = floor((lat + 90.0) / _CELL)
    column = floor((lon + 180.0) / _CELL)
    moving = heading_deg == heading_deg  # not NaN
    head_x = sin(radians(heading_deg))
    head_y = cos(radians(heading_deg))
    best = inf
    found = (-1, 0.0, inf, lon, lat)
    ring = 0
    while best > (ring - 1) * cell_m and (ring - 1) * cell_m <= max_gap_m:
        for r in range(row - ring, row + ring + 1):
            edge = r == row - ring or r == row + ring
            step = 1 if edge or ring == 0 else 2 * ring
            for c in range(column - ring, column + ring + 1, step):
                cell = _row_of(cell_key, r * _ROW + c)
                if cell < 0:
                    continue
                for at in range(cell_start[cell], cell_start[cell + 1]):
                    point = cell_point[at]
                    road = int(segment_road[point])
                    way = ways[road]
                    if way == 0:
                        continue
                    ax = (point_lon[point] - lon) * per_lon
                    ay = (point_lat[point] - lat) * per_lat
                    dx = (point_lon[point + 1] - point_lon[point]) * per_lon
                    dy = (point_lat[point + 1] - point_lat[point]) * per_lat
                    squared = dx * dx + dy * dy
                    share = 0.0
                    if squared > 0.0:
                        share = min(1.0, max(0.0, -(ax * dx + ay * dy) / squared))
                    gap = sqrt((ax + share * dx) ** 2 + (ay + share * dy) ** 2)
                    if gap > max_gap_m:
                        continue
                    score = gap
                    if moving and squared > 0.0:
                        agrees = (head_x * dx + head_y * dy) / sqrt(squared)
                        along = (way & 1) != 0 and agrees >= _COS_60
                        against = (way & 2) != 0 and -agrees >= _COS_60
                        if not (along or against):
                            score += HEADING_PENALTY_M
                    if score < best or (score == best and road < found[0]):
                        best = score
                        found = (
                            road,
                            point_m[point] + share * (point_m[point + 1] - point_m[point]),
                            gap,
                            point_lon[point] + share * (point_lon[point + 1] - point_lon[point]),
                            point_lat[point] + share * (point_lat[point + 1] - point_lat[point]),
                        )
        ring += 1
    return found
