"""How far a point is from a drawing; a point in an area is no distance away."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, radians
from typing import Any

from gis_dispatch.domain.places import EARTH_RADIUS_M

Point = tuple[float, float]


def distance_to_m(geometry: Mapping[str, Any], lon: float, lat: float) -> float:
    """Metres from (lon, lat) to a GeoJSON geometry; flat, which is right for a few kilometres."""
    east_m = radians(1) * EARTH_RADIUS_M * cos(radians(lat))
    north_m = radians(1) * EARTH_RADIUS_M

    def local(point: Sequence[float]) -> Point:
        return (point[0] - lon) * east_m, (point[1] - lat) * north_m

    parts, kind = geometry["coordinates"], str(geometry["type"]).removeprefix("Multi")
    if geometry["type"] == kind:
        parts = [parts]
    if kind == "Point":
        return min(hypot(*local(part)) for part in parts)
    if kind == "LineString":
        return min(_to_line(map(local, part)) for part in parts)
    return min(_to_area([[local(point) for point in ring] for ring in part]) for part in parts)


def _to_line(points: Iterable[Point]) -> float:
    corners = list(points)
    return min(_to_piece(*piece) for piece in itertools.pairwise(corners))


def _to_area(rings: Sequence[Sequence[Point]]) -> float:
    """Even-odd over all rings, so that holes are outside."""
    inside = False
    for ring in rings:
        for (x, y), (next_x, next_y) in itertools.pairwise(ring):
            if (y > 0) != (next_y > 0) and x + (next_x - x) * -y / (next_y - y) > 0:
                inside = not inside
    return 0.0 if inside else min(_to_line(ring) for ring in rings)


def _to_piece(a: Point, b: Point) -> float:
    """From the origin to the piece of line a–b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    share = min(1.0, max(0.0, -(a[0] * dx + a[1] * dy) / square)) if square else 0.0
    return hypot(a[0] + share * dx, a[1] + share * dy)
