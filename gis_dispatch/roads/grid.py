"""The snapping grid: which road segments touch which cell of about 220 m."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, IntArray

CELL_DEG = 0.002
ROW = 1 << 32
"""A cell's key is row * ROW + column, rows and columns counted from 180° W, 90° S."""


def lay_grid(points: FloatArray, starts: IntArray) -> tuple[NDArray[np.int64], IntArray, IntArray]:
    """(sorted cell keys, where each cell's segments begin, the segments by their first point)."""
    first = np.arange(len(points))
    is_last = np.zeros(len(points), dtype=bool)
    is_last[starts[1:] - 1] = True
    first = first[~is_last]
    begin, end = points[first], points[first + 1]
    # A long segment is cut into steps of at most a cell, so that it fills only cells on its way.
    steps = np.maximum(1, np.ceil(np.abs(end - begin).max(axis=1) / CELL_DEG)).astype(np.int64)
    segment = np.repeat(np.arange(len(first)), steps)
    step = np.arange(len(segment)) - np.repeat(np.cumsum(steps) - steps, steps)
    across = (end - begin)[segment] / steps[segment, None]
    low = begin[segment] + across * step[:, None]
    high = low + across
    keys = []
    for x in (low[:, 0], high[:, 0]):
        for y in (low[:, 1], high[:, 1]):
            row = np.floor((y + 90) / CELL_DEG).astype(np.int64)
            column = np.floor((x + 180) / CELL_DEG).astype(np.int64)
            keys.append(row * ROW + column)
    key, point = np.concatenate(keys), np.tile(first[segment], 4)
    order = np.lexsort((point, key))
    key, point = key[order], point[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = (np.diff(key) > 0) | (np.diff(point) > 0)
    key, point = key[new], point[new]
    cell_key, at = np.unique(key, return_index=True)
    return cell_key, np.append(at, len(key)).astype(np.int32), point.astype(np.int32)
