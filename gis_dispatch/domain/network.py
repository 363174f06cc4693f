"""A road network as it is imported and kept: junctions, directed edges, and found stations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
IdArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TurnBan:
    """Edges that may not be driven one straight after the other, and on whose word.

    `edges` are two or more edge numbers, each beginning where the one before ends. `rule` is what
    the source said (`{"restriction": "no_left_turn", "except": "emergency"}`, or for a bollard
    `{"barrier": "bollard"}`); a vehicle's profile decides whether it binds that vehicle.
    """

    edges: tuple[int, ...]
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Junctions and directed edges; edge `i` is entry `i` of every edge column.

    `lines[i]` is a (points, 2) array of (lon, lat) in driving direction, whose ends are the
    edge's junctions. `restrictions[i]` holds what decides who may use it and how fast
    (access tags, surface, width_m, maxheight_m, maxweight_t, maxspeed_kph where signed).
    """

    junction_lon: FloatArray
    junction_lat: FloatArray
    from_junction: IntArray
    to_junction: IntArray
    way_id: IdArray
    name: Sequence[str | None]
    road_class: Sequence[str]
    length_m: FloatArray
    speed_kph: FloatArray
    restrictions: Sequence[Mapping[str, Any]]
    lines: Sequence[FloatArray]
    turn_bans: Sequence[TurnBan] = ()

    @property
    def junction_count(self) -> int:
        """How many junctions."""
        return len(self.junction_lon)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(west, south, east, north) of its junctions."""
        lon, lat = self.junction_lon, self.junction_lat
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    @property
    def edge_count(self) -> int:
        """How many directed edges."""
        return len(self.from_junction)


@dataclass(frozen=True, slots=True)
class NetworkHeader:
    """Where a network came from and how it is called."""

    version: str
    source: str
    place: str
    attribution: str
    licence: str
    sample: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundStation:
    """A station found in OpenStreetMap, before anybody has confirmed it."""

    osm_id: str
    name: str | None
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A name for the gazetteer: a street, station, village, district or landmark."""

    name: str
    kind: str
    lon: float
    lat: float
    detail: str | None = None
