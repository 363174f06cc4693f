"""Rows of unequal length laid one after the other: where each begins, and where the last ends."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import IntArray


def row_starts(rows: IntArray | NDArray[np.int64], count: int) -> IntArray:
    """(count + 1,): the entries of row r, once they are in the order of their rows, are
    [starts[r], starts[r + 1]). `rows` names the row of each entry, in any order.
    """
    sizes = np.bincount(rows, minlength=count)
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
