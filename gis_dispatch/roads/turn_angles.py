"""Which way a turn goes: tells apart the turns a sign may mean where a way was not cut for it."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from gis_dispatch.domain.network import FloatArray

Path = tuple[int, ...]


def turn_deg(arriving: FloatArray, leaving: FloatArray) -> float:
    """How far the driving direction turns from one (points, 2) line to the next: -180 to 180.

    Left is more than 0. Measured over the last and the first stretch that has a length.
    """
    turn = math.degrees(_heading(leaving) - _heading(arriving[::-1])) - 180.0
    return (turn + 180.0) % 360.0 - 180.0


def _heading(line: FloatArray) -> float:
    """The direction in which a line begins, anticlockwise from east, in radians."""
    apart = np.flatnonzero((line != line[0]).any(axis=1))
    if not len(apart):
        return 0.0
    east, north = line[apart[0]] - line[0]
    return math.atan2(north, east * math.cos(math.radians(float(line[0, 1]))))


def is_back(line: FloatArray, other: FloatArray) -> bool:
    """Whether a line is another one, driven back."""
    return len(line) == len(other) and bool((line == other[::-1]).all())


def _goes(word: str, angle_deg: float) -> bool:
    """Whether a turn by this angle can be what a sign of this kind shows."""
    return {
        "left_turn": 0 < angle_deg < 180,
        "right_turn": -180 < angle_deg < 0,
        "straight_on": abs(angle_deg) < 60,
        "u_turn": abs(angle_deg) > 120,
    }.get(word, True)


def meant(
    kind: str, paths: Sequence[Path], lines: Sequence[FloatArray],
    is_back_of: Callable[[int, int], bool],
) -> list[Path]:  # fmt: skip
    """Those of the possible ways that a restriction means; all where it cannot be told.

    A way that passes through the via node arrives there, or leaves it, on both sides: of these the
    sign means the ones that turn as it shows. Turning back on the same road is meant by `u_turn`.
    """
    word = kind.partition("_")[2]
    back = [path for path in paths if is_back_of(path[0], path[-1])]
    if back and len(paths[0]) == 2:
        if word == "u_turn":
            return back
        paths = [path for path in paths if path not in back] or paths
    if len(paths) == 1:
        return list(paths)
    fitting = [path for path in paths if _goes(word, turn_deg(lines[path[0]], lines[path[-1]]))]
    return fitting or list(paths)
