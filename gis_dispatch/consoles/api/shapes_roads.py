"""Shapes of what the roads tell planners and who closes them: one road, reach, tables of times."""

from typing import Literal

from pydantic import Field

from gis_dispatch.consoles.api.shapes import Body, Line, Query, Shape

LonLat = tuple[float, float]


class PointQuery(Query):
    """Where."""

    lon: float
    lat: float


class Road(Shape):
    """One road between two junctions, as drawn."""

    geometry: Line = Field(description="Sent to POST /closures as it is, it closes this road.")
    street: str | None
    road_class: str
    length_m: float
    gap_m: float = Field(description="From the point asked about to the road.")


class ReachQuery(PointQuery):
    """From where, with which kind of vehicle, within how many minutes."""

    profile: str = "car"
    minutes: str = Field(default="5,10,15", description="One to six times of 1 to 60 minutes.")
    turnout_s: float = Field(default=0.0, description="Before it drives; counts in the minutes.")


class MultiPolygon(Shape):
    """A GeoJSON multipolygon, (lon, lat) pairs."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[list[list[float]]]]


class ReachProperties(Shape):
    """Within which time, and how much road that is."""

    limit_s: float
    road_length_m: float = Field(description="What is driven both ways counts once.")


class ReachFeature(Shape):
    """What is reached within one time."""

    type: Literal["Feature"]
    geometry: MultiPolygon
    properties: ReachProperties


class Reach(Shape):
    """What is reached within each time, the longest first, as a GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[ReachFeature]


class TimesAsked(Body):
    """Which places, as (lon, lat) pairs, and which kind of vehicle."""

    profile: str = "car"
    origins: list[LonLat] = Field(description="At most 250.")
    destinations: list[LonLat] = Field(description="At most 2,500.")


class Times(Shape):
    """Driving times: a row per origin, a column per destination."""

    times_s: list[list[float | None]] = Field(description="Null where there is no way.")
