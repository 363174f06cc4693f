"""Shapes of units, stations, positions, road closures, places and roads."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, Geometry, KeptReport, Query, Shape


class StationOfUnit(Shape):
    """Where a unit is at home."""

    id: int
    name: str
    lon: float
    lat: float


class UnitType(Shape):
    """What kind of vehicle a unit is, and what it can do."""

    code: str
    name_id: str
    name_en: str
    profile: str
    icon: str | None
    capabilities: list[str]
    turnout_s: float


class CrewMember(Shape):
    """Somebody on the crew of a unit."""

    id: int
    name: str
    duty_role: str | None


class Equipment(Shape):
    """Something a unit carries."""

    id: int
    name: str
    quantity: int
    fit: bool


class Eta(Shape):
    """When a unit that is en route will be there, by the roads and closures of `made_at`."""

    arrives_at: AwareDatetime
    driving_time_s: float = Field(description="From where the unit was last seen.")
    length_m: float
    made_at: AwareDatetime


class Position(Shape):
    """Where a unit was last seen, and how old that is."""

    unit_id: int
    call_sign: str
    agency_code: str
    icon: str | None
    duty: str
    assignment_status: str | None
    lon: float
    lat: float
    recorded_at: AwareDatetime
    received_at: AwareDatetime
    age_s: float
    accuracy_m: float | None
    speed_kph: float | None
    heading_deg: float | None
    battery_percent: float | None
    source: str
    eta: Eta | None


class Positions(Shape):
    """The last known position of every unit that has one."""

    items: list[Position]


class Unit(Shape):
    """A vehicle with crew and equipment."""

    id: int
    call_sign: str
    agency_code: str
    station: StationOfUnit | None
    type: UnitType
    duty: str
    duty_reason: str | None
    busy: bool
    assignment_id: int | None
    incident_number: str | None
    assignment_status: str | None
    crew: list[CrewMember]
    equipment: list[Equipment]
    position: Position | None
    eta: Eta | None
    sample: bool
    active: bool


class Units(Shape):
    """A list of units."""

    items: list[Unit]


class UnitQuery(Query):
    """Which units."""

    agency: str | None = None
    all: bool = Field(default=False, description="Also units that are no longer in use.")


class NewDuty(KeptReport):
    """Whether a unit is available, and why not."""

    duty: str
    reason: str | None = None


class Station(Shape):
    """A station, post or hospital."""

    id: int
    name: str
    kind: str
    agency_code: str | None
    lon: float
    lat: float
    address: str | None
    unit_count: int
    sample: bool
    active: bool


class Stations(Shape):
    """A list of stations."""

    items: list[Station]


class ClosureProperties(Shape):
    """What a road closure does, to whom, and for how long."""

    id: int
    effect: str
    speed_kph: float | None
    depth_cm: float | None
    profiles: list[str] | None
    reason: str
    source: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None
    lifted_at: AwareDatetime | None
    created_by: str | None
    created_at: AwareDatetime
    version: int
    active: bool


class Closure(Shape):
    """A road closure as a GeoJSON feature."""

    type: Literal["Feature"]
    id: int
    geometry: dict[str, Any]
    properties: ClosureProperties


class Closures(Shape):
    """Road closures as a GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[Closure]


class NewClosureProperties(Body):
    """What a road closure does, to whom, from when to when, and why."""

    effect: Literal["closed", "slowed"] = "closed"
    speed_kph: float | None = Field(default=None, description="For slowed: how fast at most.")
    depth_cm: float | None = Field(default=None, description="Depth of water on the road.")
    profiles: list[str] | None = Field(default=None, description="Null: every vehicle.")
    reason: str
    starts_at: AwareDatetime | None = Field(default=None, description="Default: now.")
    ends_at: AwareDatetime | None = None


class NewClosure(Body):
    """A road closure as a GeoJSON feature."""

    type: Literal["Feature"] = "Feature"
    geometry: Geometry
    properties: NewClosureProperties


class ClosureQuery(Query):
    """Which road closures."""

    state: Literal["active", "coming", "all"] = "active"
    active: bool | None = Field(default=None, description="False: the same as state=all.")


class NewPosition(Body):
    """Where a unit is, as its own device saw it."""

    unit_id: int | None = Field(default=None, description="Default: the unit of who asks.")
    lon: float
    lat: float
    recorded_at: AwareDatetime | None = Field(default=None, description="Default: now.")
    accuracy_m: float | None = None
    speed_kph: float | None = None
    heading_deg: float | None = None
    battery_percent: int | None = Field(default=None, ge=0, le=100)


class NewPositions(Body):
    """What the field page has kept of one unit's way, oldest first."""

    items: list[NewPosition] = Field(min_length=1, max_length=500)


class PositionResults(Shape):
    """What became of each position, in the order in which they were sent."""

    items: list["PositionResult"]


class PositionResult(Shape):
    """What became of a position: whether it is kept, and whether the unit is shown there."""

    kept: bool
    shown: bool
    judgement: list[str]


class PlaceQuery(Query):
    """What to look for, and near where."""

    q: str = Field(min_length=1, max_length=200)
    lon: float | None = None
    lat: float | None = None
    limit: int = Field(default=8, ge=1, le=50)


class Place(Shape):
    """A named place."""

    name: str
    kind: str
    lon: float
    lat: float
    detail: str | None
    source: str
    method: str


class Places(Shape):
    """Places found, best first."""

    items: list[Place]


class Roads(Shape):
    """Which road network travel times come from."""

    version: str
    place: str
    source: str
    sample: bool
    junction_count: int
    edge_count: int
    attribution: str
    bounds: list[float] = Field(description="west, south, east, north")
    engine: str = Field(description="Which search answers; two of one name answer alike.")
    profiles_sha256: str = Field(description="Of all vehicle profiles in use.")


class StationQuery(Query):
    """Which stations."""

    agency: str | None = None
    kind: str | None = None
    all: bool = Field(default=False, description="Also stations that are no longer in use.")
