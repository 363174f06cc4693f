"""Coverage: which streets the units that are free would reach in time, and how many of them would.

Pure values and judgements. Lengths are of road a car may use, in metres; what is driven both ways
counts once. Coordinates are always (lon, lat), WGS 84.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import Start

NONE, ONE, SEVERAL = 0, 1, 2
"""How many units reach a street in time; SEVERAL is two or more: one of them may leave."""
WHOLE = ""
"""The code under which the whole road network is counted."""
MOVED_M = 250.0
"""A unit that moved less is where it was: coverage is not reckoned anew for every metre driven."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Outlines by which roads are counted, each under its code."""

    version: str
    """Changes when any outline does: what was found out about one set is kept."""
    outlines: Mapping[str, Mapping[str, Any]]
    """GeoJSON Polygon or MultiPolygon."""


@dataclass(frozen=True, slots=True)
class CoveredLength:
    """How much of an area's road is reached in time by at least one unit, and by two."""

    road_m: float
    by_one_m: float
    by_two_m: float

    @property
    def by_one_share(self) -> float:
        """0 to 1; an area without roads is covered."""
        return min(1.0, self.by_one_m / self.road_m) if self.road_m > 0 else 1.0

    @property
    def by_two_share(self) -> float:
        """0 to 1; an area without roads is covered."""
        return min(1.0, self.by_two_m / self.road_m) if self.road_m > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Cover:
    """What several units reach within one limit."""

    limit_s: float
    lengths: Mapping[str, CoveredLength]
    """By area, and under WHOLE all of it."""
    shapes: Mapping[int, Mapping[str, Any]]
    """GeoJSON MultiPolygons that follow the streets and do not overlap: NONE, ONE and SEVERAL;
    empty when nothing was to be drawn."""


def settled(starts: Iterable[Start], before: Mapping[int, Start]) -> list[Start]:
    """The starts, those of units that hardly moved as they were before.

    Where a unit is heading is left out: it would change with every report, and what a unit reaches
    within minutes hardly depends on the side of the street it is on.
    """
    found = []
    for start in starts:
        now = start._replace(heading_deg=None)
        then = before.get(start.key)
        found.append(then if then is not None and _hardly_moved(then, now) else now)
    return sorted(found, key=lambda one: one.key)


def _hardly_moved(then: Start, now: Start) -> bool:
    same_otherwise = then == now._replace(lon=then.lon, lat=then.lat)
    return same_otherwise and straight_line_m(now.lon, now.lat, then.lon, then.lat) < MOVED_M
