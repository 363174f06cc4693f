"""Places: what a search by name answers, and the check every coordinate passes."""

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt

from gis_dispatch.errors import CoordinatesOutOfRange

EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Place:
    """A named place found by a search."""

    name: str
    kind: str
    lon: float
    lat: float
    detail: str | None
    source: str
    method: str = "gazetteer"


def check_coordinates(lon: float, lat: float) -> None:
    """Refuse a position that cannot be on Earth, naming the axis that is wrong."""
    if not (isfinite(lon) and -180 <= lon <= 180):
        raise CoordinatesOutOfRange(field="lon", given=lon)
    if not (isfinite(lat) and -90 <= lat <= 90):
        raise CoordinatesOutOfRange(field="lat", given=lat)


def straight_line_m(from_lon: float, from_lat: float, to_lon: float, to_lat: float) -> float:
    """Metres as the crow flies (great circle on a sphere)."""
    half_lat = radians(to_lat - from_lat) / 2
    half_lon = radians(to_lon - from_lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(from_lat)) * cos(radians(to_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))
