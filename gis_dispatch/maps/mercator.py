"""Where a tile lies: the Web Mercator grid of tiles in degrees."""

import math

from gis_dispatch.maps.refusals import TileOutside

Bbox = tuple[float, float, float, float]
MARGIN = 1 / 16
"""What is drawn over a tile's edge belongs to it too, as a part of its side."""


def tile_box(z: int, x: int, y: int) -> Bbox:
    """West, south, east, north of a tile with its margin."""
    side = 2.0**z
    west, east = ((x - MARGIN) / side * 360 - 180, (x + 1 + MARGIN) / side * 360 - 180)
    north, south = (_lat(max(0.0, y - MARGIN) / side), _lat(min(side, y + 1 + MARGIN) / side))
    return max(-180.0, west), south, min(180.0, east), north


def require_within(z: int, x: int, y: int, lowest: int, highest: int) -> None:
    """Refuse a tile that lies outside the world or these zooms."""
    if not (lowest <= z <= highest and 0 <= x < 2**z and 0 <= y < 2**z):
        raise TileOutside(z=z, x=x, y=y, lowest=lowest, highest=highest)


def _lat(part: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * part))))
