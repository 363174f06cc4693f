"""What a road journey is, in our words: starts, trips, reasons for none, closures.

Pure values. The engine that fills them lives in ``gis_dispatch.roads``; everybody else
only reads them. Coordinates are always (lon, lat), WGS 84.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

NoTripReason = Literal[
    "no_profile",
    "no_road_near_unit",
    "no_road_near_incident",
    "inside_closure",
    "cut_off_by_closures",
    "no_way",
]
"""Why a unit cannot drive to a place; each has its sentence where reasons are written."""


class Start(NamedTuple):
    """Where a journey begins and what drives it."""

    key: int
    lon: float
    lat: float
    profile: str
    heading_deg: float | None = None
    """Where a moving unit is heading (0 = north); picks the carriageway it is on."""
    delay_s: float = 0.0
    """Before it drives at all (turnout); counts when only the soonest are asked for."""


class ClosureCost(NamedTuple):
    """What one closure costs one journey, against the same journey without it."""

    closure_id: int
    cost_s: float


class Trip(NamedTuple):
    """One journey by road, from a start to the place asked for.

    An incident inside a closure is driven to as near as the closure lets a vehicle come; from there
    the crew follows the closed road on foot (`foot_m`, `foot_time_s`), which is not in
    `driving_time_s` and `length_m`.
    """

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
    foot_m: float = 0.0
    foot_time_s: float = 0.0
    closures_entered: tuple[int, ...] = ()
    """The closures in which the incident lies and the crew walks."""

    @property
    def arrival_time_s(self) -> float:
        """Driven and walked, without the delay of the start."""
        return self.driving_time_s + self.foot_time_s


class NoTrip(NamedTuple):
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
class RoadEdge:
    """One road between two junctions, as drawn: what is closed when a road is picked whole."""

    line: tuple[tuple[float, float], ...]
    street: str | None
    road_class: str
    length_m: float
    gap_m: float
    """From the point asked about to the road."""


@dataclass(frozen=True, slots=True)
class Isochrone:
    """What can be reached within a time."""

    limit_s: float
    geometry: Mapping[str, Any]
    """GeoJSON MultiPolygon that follows the streets."""
    road_length_m: float
    """Of all road that is reached; a road driven both ways counts once."""


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
    engine: str = ""
    """Which search answered: two engines of one name give the same bytes."""
    profiles_sha256: str = ""
    """Of all vehicle profiles in use, as `Roads.profile_facts` tells them."""
