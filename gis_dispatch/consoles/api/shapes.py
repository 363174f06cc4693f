"""What every resource's shapes share: base models, path parameters, problems, calls, places."""

from functools import cache
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Longitude = float
Latitude = float


class Shape(BaseModel):
    """Something the API answers."""

    model_config = ConfigDict(populate_by_name=True)


class Body(BaseModel):
    """Something sent to the API; a field we do not know is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, str_strip_whitespace=True)


class KeptReport(Body):
    """What a phone may have kept until it had a signal."""

    occurred_at: AwareDatetime | None = Field(default=None, description="Default: now.")
    key: UUID | None = Field(
        default=None,
        description="Made by the phone: what is sent twice with one key is taken once.",
    )


class Query(BaseModel):
    """The parameters of an address; an unknown one is refused, so that typing errors are seen."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema; made once, because flask-openapi3 asks for it at every request."""
        return super().model_json_schema(*args, **kwargs) if args or kwargs else _schema(cls)


@cache
def _schema(query: type[Query]) -> dict[str, Any]:
    return super(Query, query).model_json_schema()


class Nothing(Body):
    """An empty body."""

    model_config = ConfigDict(extra="forbid", openapi_extra={"required": False})  # type: ignore[typeddict-unknown-key]


class IdPath(BaseModel):
    """The number of one thing in the address."""

    id: int = Field(description="Number of the record.", ge=1, le=2**63 - 1)


class Problem(Shape):
    """A problem document (RFC 9457): what went wrong, in one sentence."""

    type: str = Field(examples=["about:blank#unit_already_assigned"])
    title: str
    status: int
    detail: str = Field(description="The sentence to show, in the language asked for.")
    instance: str | None = Field(default=None, description="Reference of this failure in our log.")
    field: str | None = Field(default=None, description="The input that was wrong.")
    errors: list["FieldProblem"] | None = Field(default=None, description="Every wrong input.")


class FieldProblem(Shape):
    """One wrong input."""

    field: str
    detail: str


class Point(Shape):
    """A GeoJSON point, (lon, lat)."""

    type: Literal["Point"]
    coordinates: list[float]


class Line(Shape):
    """A GeoJSON line, (lon, lat) pairs."""

    type: Literal["LineString"]
    coordinates: list[list[float]]


class Geometry(Body):
    """A GeoJSON geometry, (lon, lat) pairs."""

    type: Literal["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
    coordinates: list[Any]


class Location(Shape):
    """Where something is, how well that is known, and whether it was verified."""

    lon: float
    lat: float
    accuracy_m: float | None = None
    method: str | None = None
    address: str | None = None
    village: str | None = None
    verified: bool = False
    verified_at: AwareDatetime | None = None
    verified_by: str | None = None


class Call(Shape):
    """One ring of 112, or a report by another channel."""

    id: int
    channel: str
    caller_number: str | None = Field(description="Null for those who may not see callers.")
    caller_name: str | None = Field(description="Null for those who may not see callers.")
    external_id: str | None
    received_at: AwareDatetime
    answered_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    disposition: str | None
    note: str | None
    incident_id: int | None
    operator: str | None
    location: Location | None
    sample: bool


class Calls(Shape):
    """A list of calls."""

    items: list[Call]


class NewCall(Body):
    """A call that has just come in."""

    caller_number: str | None = Field(default=None, max_length=40)
    caller_name: str | None = Field(default=None, max_length=200)
    channel: str = "phone"
    external_id: str | None = Field(
        default=None,
        max_length=200,
        description="The telephone system's own number of this call; sent twice, it is one call.",
    )
    received_at: AwareDatetime | None = Field(default=None, description="Default: now.")
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    location_method: str | None = None
    sample: bool = False


class CloseCall(Body):
    """How a call without an incident ended."""

    disposition: str
    note: str | None = None


class CallQuery(Query):
    """Which calls."""

    state: Literal["waiting", "open", "all"] = "open"
    since: AwareDatetime | None = Field(default=None, alias="from", description="Received from.")
    until: AwareDatetime | None = Field(default=None, alias="to", description="Received before.")
    limit: int = Field(default=200, ge=1, le=1000)


class Event(Shape):
    """One thing that happened, in the order in which it was recorded."""

    id: int
    kind: str
    occurred_at: AwareDatetime
    entered_at: AwareDatetime
    source: str
    actor: str
    call_id: int | None
    incident_id: int | None
    incident_number: str | None
    referral_id: int | None
    assignment_id: int | None
    unit_id: int | None
    closure_id: int | None
    agency_code: str | None
    data: dict[str, Any]


class Events(Shape):
    """A list of events, oldest first."""

    items: list[Event]
