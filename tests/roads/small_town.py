"""Questions about the small town of conftest: places in it, starts, closures, and its roads."""

from typing import Any

from gis_dispatch.domain.network import Network, NetworkHeader
from gis_dispatch.domain.roads import NoTrip, RoadClosure, Start, Trip
from gis_dispatch.errors import DatabaseUnavailable
from tests.roads.towns import HEADER

WEST, EAST = (108.9805, 0.9), (108.98395, 0.902)
"""On Jalan Diponegoro near its beginning; on Jalan Alianyang near its end."""


class Kept:
    """Networks without a database."""

    def __init__(self, network: Network | None) -> None:
        self.network = network
        self.away = False

    def current_version(self) -> str | None:
        if self.away:
            raise DatabaseUnavailable
        return HEADER.version if self.network else None

    def read(self, version: str) -> tuple[NetworkHeader, Network]:
        assert self.network is not None
        return HEADER, self.network


def start(key: int, at: tuple[float, float], profile: str = "car") -> Start:
    return Start(key, *at, profile)


def box(
    number: int, west: float, south: float, east: float, north: float, **facts: Any
) -> RoadClosure:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return RoadClosure(id=number, version=1, geometry=geometry, **({"effect": "closed"} | facts))


def avenue(number: int = 1, **facts: Any) -> RoadClosure:
    """Across Jalan Sudirman, the only way north for a car."""
    return box(number, 108.9835, 0.9008, 108.9845, 0.9012, **facts)


def trip(found: Trip | NoTrip) -> Trip:
    assert isinstance(found, Trip), found
    return found
