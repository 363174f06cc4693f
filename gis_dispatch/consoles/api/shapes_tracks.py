"""Shapes of where a unit has been."""

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Query, Shape


class TrackQuery(Query):
    """How far back."""

    minutes: int = Field(default=15, ge=1, le=1440, description="Of the time until now.")


class TrackPoint(Shape):
    """Where a unit was at one moment, by its own clock."""

    lon: float
    lat: float
    recorded_at: AwareDatetime
    received_at: AwareDatetime
    accuracy_m: float | None
    speed_kph: float | None
    heading_deg: float | None
    late: bool = Field(description="Received after a newer point: the phone had kept it.")
    doubted: bool = Field(description="Too far from the point before to be driven: not believed.")


class UnitTrack(Shape):
    """The track of one unit, oldest point first; thinned where it is long."""

    unit_id: int
    minutes: int
    points: list[TrackPoint]
