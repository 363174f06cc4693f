"""Shapes of a ranking: every unit by road, and every unit left out, each with its reason."""

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Line, Query, Shape


class NetworkUsed(Shape):
    """The road network a ranking was made on."""

    version: str
    place: str
    sample: bool


class RankedVehicle(Shape):
    """The unit a line of the ranking is about."""

    id: int
    call_sign: str
    agency_code: str
    type_code: str
    icon: str | None
    profile: str
    station_name: str | None


class StartOfTrip(Shape):
    """From where the unit would start, and how old that knowledge is."""

    lon: float
    lat: float
    source: str = Field(description="position or station")
    age_s: float | None


class ClosureAvoided(Shape):
    """A road closure that this trip goes around."""

    closure_id: int
    reason: str
    cost_s: float


class RankedUnit(Shape):
    """One able unit: when it could be there, by which way, and why it stands here."""

    unit: RankedVehicle
    rank: int
    total_time_s: float
    turnout_s: float
    driving_time_s: float
    length_m: float
    start: StartOfTrip = Field(alias="from")
    route: Line
    streets: list[str]
    closures_avoided: list[ClosureAvoided]
    straight_rank: int
    crew_count: int
    equipment: list[str]
    reason_id: str
    reason_en: str


class LeftOut(Shape):
    """One unit that was not ranked, and why."""

    unit: RankedVehicle
    code: str
    reason_id: str
    reason_en: str


class Ranking(Shape):
    """Who is really nearest by open road, and why."""

    recommendation_id: int | None
    made_at: AwareDatetime
    network: NetworkUsed
    ranked: list[RankedUnit]
    left_out: list[LeftOut]


class IncidentRankingQuery(Query):
    """Of which agency, and how many."""

    agency: str | None = None
    k: int | None = Field(default=None, ge=1, le=1000, description="How many; default: all.")


class PlaceRankingQuery(IncidentRankingQuery):
    """To which place, for which kind of vehicle."""

    lon: float
    lat: float
    profile: str | None = None


class Route(Shape):
    """The way to an incident by open roads."""

    start: StartOfTrip = Field(alias="from")
    driving_time_s: float
    length_m: float
    route: Line
    streets: list[str]
    closures_avoided: list[ClosureAvoided]
    network: NetworkUsed
