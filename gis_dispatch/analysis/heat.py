"""Where incidents gather: kernel density on a grid of metres."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

METRES_PER_DEGREE = 111_320.0
BANDWIDTH_M = 400.0
LARGEST_SIDE = 220
FAINTEST = 0.02


def heat(points: Sequence[tuple[float, float]], bandwidth_m: float = BANDWIDTH_M) -> dict[str, Any]:
    """The density of (lon, lat) points: a grid from the south-west corner, and its cells above 2 %.

    A cell is [column, row, weight]; the densest weighs 1. The bandwidth is the standard deviation
    of the kernel, so that a single incident spreads over the streets around it.
    """
    # Only now: a process that draws no heat need not hold SciPy.
    from scipy.ndimage import gaussian_filter

    if not points:
        return {"bandwidth_m": bandwidth_m, "cell_m": None, "grid": None, "cells": []}
    lons, lats = (np.array(axis, dtype=float) for axis in zip(*points, strict=True))
    shrink = math.cos(math.radians(float(lats.mean())))
    east_m = (lons - lons.min()) * METRES_PER_DEGREE * shrink
    north_m = (lats - lats.min()) * METRES_PER_DEGREE
    margin_m = 3 * bandwidth_m
    wide_m, high_m = float(east_m.max()) + 2 * margin_m, float(north_m.max()) + 2 * margin_m
    cell_m = max(bandwidth_m / 4, max(wide_m, high_m) / LARGEST_SIDE)
    columns, rows = math.ceil(wide_m / cell_m), math.ceil(high_m / cell_m)

    counts = np.zeros((rows, columns))
    row_of = ((north_m + margin_m) // cell_m).astype(int)
    column_of = ((east_m + margin_m) // cell_m).astype(int)
    np.add.at(counts, (row_of, column_of), 1.0)
    density = gaussian_filter(counts, sigma=bandwidth_m / cell_m, mode="constant")
    density /= density.max()

    west = float(lons.min()) - margin_m / (METRES_PER_DEGREE * shrink)
    south = float(lats.min()) - margin_m / METRES_PER_DEGREE
    return {
        "bandwidth_m": bandwidth_m,
        "cell_m": round(cell_m, 1),
        "grid": {
            "west": round(west, 6),
            "south": round(south, 6),
            "east": round(west + columns * cell_m / (METRES_PER_DEGREE * shrink), 6),
            "north": round(south + rows * cell_m / METRES_PER_DEGREE, 6),
            "columns": columns,
            "rows": rows,
        },
        "cells": [
            [int(column), int(row), round(float(density[row, column]), 3)]
            for row, column in np.argwhere(density > FAINTEST)
        ],
    }
