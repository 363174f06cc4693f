"""Shapes of a replay: the span, the picture at its start, its events and its tracks."""

from typing import Any

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, Query, Shape
from gis_dispatch.consoles.api.shapes_units import Closures


class ReplayQuery(Query):
    """Which span: from when to when, or an incident's own."""

    since: AwareDatetime | None = Field(default=None, alias="from", description="Known from.")
    until: AwareDatetime | None = Field(
        default=None, alias="to", description="Known until; at most 24 hours later."
    )
    incident_id: int | None = Field(
        default=None, ge=1, le=2**63 - 1, description="Its own span, where no other is given."
    )
    number: str | None = Field(
        default=None, max_length=40, description="The same by the incident's number."
    )
    after: int = Field(
        default=0, ge=0, le=2**63 - 1, description="Only events after this id; read on with it."
    )


class TracksQuery(Query):
    """Which part of which span."""

    since: AwareDatetime = Field(alias="from", description="Where the span begins.")
    until: AwareDatetime = Field(alias="to", description="Where the span ends.")
    part_from: AwareDatetime = Field(description="Points recorded from.")
    part_to: AwareDatetime = Field(description="Points recorded before; slice_s later at most.")


class NewReplayExport(Body):
    """The span to take along."""

    since: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to")
    incident_id: int | None = None


class ReplayEvent(Shape):
    """One event: when it happened, when the room knew, and what it changed."""

    id: int
    kind: str
    occurred_at: AwareDatetime
    entered_at: AwareDatetime
    late_s: int | None = Field(description="How much later it was entered, over a minute.")
    source: str
    actor: str | None = Field(description="Null for those who may not see names.")
    call_id: int | None
    incident_id: int | None
    incident_number: str | None
    unit_id: int | None
    agency_code: str | None
    data: dict[str, Any]
    change: dict[str, Any] | None = Field(
        description="The newest record of the thing it changed: `thing`, `id` and what was known."
    )


class ReplayPosition(Shape):
    """Where a unit was last known to be when the span began."""

    unit_id: int
    lon: float
    lat: float
    recorded_at: AwareDatetime
    received_at: AwareDatetime


class ReplayTracksHow(Shape):
    """How tracks are told: points so far apart, in parts so long."""

    every_s: int
    slice_s: int


class ReplayIncident(Shape):
    """The incident whose span this is, and the steps of the procedure it went through."""

    id: int
    number: str
    shortened: bool = Field(description="Whether it lasted longer than can be replayed at once.")
    procedure: list[dict[str, Any]]


class Replay(Shape):
    """A span as it was known then."""

    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")
    now: AwareDatetime
    longest_s: int
    most_events: int
    incident: ReplayIncident | None
    start: list[dict[str, Any]] = Field(description="What was known when the span began.")
    positions: list[ReplayPosition]
    closures: Closures = Field(description="Shapes and times of closures.")
    events: list[ReplayEvent]
    more: bool = Field(description="Whether there are more events; ask again with `after`.")
    tracks: ReplayTracksHow


class ReplayTrack(Shape):
    """One unit's points, as lists beside each other."""

    unit_id: int
    recorded_ms: list[int] = Field(description="Milliseconds after the beginning of the part.")
    delay_s: list[int] = Field(description="How long after that each was received.")
    lon: list[float]
    lat: list[float]
    doubted: list[int] = Field(description="1: a jump that was not believed, and not shown.")


class ReplayTracks(Shape):
    """The points of a part of a span."""

    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")
    every_s: int
    items: list[ReplayTrack]
