"""What a road journey is, in our words: starts, trips, reasons for none, closures.

Pure values. The engine that fills them lives in ``gis_dispatch.roads``; everybody else
only reads them. Coordinates are always (lon, lat), WGS 84.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

NoTripReason = Literal[
    "no_road_near_unit", "no_road_near_incident", "cut_off_by_closures", "no_way"
]
"""Why a unit cannot drive to a place; each has its sentence where reasons are written."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a journey begins and what drives it."""

    key: int
    lon: float
    lat: float
    profile: str
    heading_deg: float | None = None
    """Where a moving unit is heading (0 = north); picks the carriageway it is on."""


@dataclass(frozen=True, slots=True)
class ClosureCost:
    """What one closure costs one journey, against the same journey without it."""

    closure_id: int
    cost_s: float


@dataclass(frozen=True, slots=True)
class Trip:
    """One journey by road, from a start to the place asked for."""

    key: int
    driving_time_s: float
    length_m: float
    line: tuple[tuple[float, float], ...]
    streets: tuple[str, ...]
    start_gap_m: float
    """From the unit to the road it joins: not driven, but honest."""
    end_gap_m: float
    """From the road to the incident: walked by the crew."""
    free_driving_time_s: float
    """The same journey were there no closures."""
    closures_avoided: tuple[ClosureCost, ...] = ()


@dataclass(frozen=True, slots=True)
class NoTrip:
    """No journey is possible, and why."""

    key: int
    reason: NoTripReason


@dataclass(frozen=True, slots=True)
class RoadClosure:
    """A closure as the road engine needs it: where, what it does, to whom."""

    id: int
    version: int
    geometry: Mapping[str, Any]
    """GeoJSON Point, LineString, Polygon or their Multi- forms."""
    effect: Literal["closed", "slowed"]
    speed_kph: float | None = None
    depth_cm: float | None = None
    """Depth of water: a profile that fords this deep drives through, slowly."""
    profiles: tuple[str, ...] | None = None
    """The profiles it concerns; None means every profile."""


@dataclass(frozen=True, slots=True)
class RoadPoint:
    """The nearest place on a road to a point."""

    lon: float
    lat: float
    street: str | None
    gap_m: float


@dataclass(frozen=True, slots=True)
class RoadsStatus:
    """Which road network is loaded, and how large it is."""

    version: str
    place: str
    source: str
    sample: bool
    junction_count: int
    edge_count: int
    attribution: str
    bounds: tuple[float, float, float, float]
    """west, south, east, north"""
