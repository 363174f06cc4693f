"""Where a tile lies: the Web Mercator grid of tiles in degrees."""

import math

Bbox = tuple[float, float, float, float]
MARGIN = 1 / 16
"""What is drawn over a tile's edge belongs to it too, as a part of its side."""


def tile_box(z: int, x: int, y: int) -> Bbox:
    """West, south, east, north of a tile with its margin."""
    side = 2.0**z
    west, east = ((x - MARGIN) / side * 360 - 180, (x + 1 + MARGIN) / side * 360 - 180)
    north, south = (_lat(max(0.0, y - MARGIN) / side), _lat(min(side, y + 1 + MARGIN) / side))
    return max(-180.0, west), south, min(180.0, east), north


def _lat(part: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * part))))
