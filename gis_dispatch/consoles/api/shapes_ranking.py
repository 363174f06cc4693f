"""Shapes of a ranking: every unit by road, and every unit left out, each with its reason."""

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import IdPath, Line, Query, Shape
from gis_dispatch.services.rank_place import ROUTES


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


class Trip(Shape):
    """The way from where a unit is to the incident, as far as it can be driven."""

    driving_time_s: float
    length_m: float
    start_gap_m: float = Field(description="From the unit to the road it joins: not counted.")
    end_gap_m: float = Field(description="From the road to the incident: walked, not counted.")
    foot_m: float = Field(description="Walked along a closed road, where the incident lies in it.")
    foot_time_s: float
    streets: list[str]
    closures_avoided: list[ClosureAvoided]
    closures_entered: list[int] = Field(description="Closures in which the crew walks.")


class RankedUnit(Trip):
    """One able unit: when it could be there, by which way, and why it stands here."""

    unit: RankedVehicle
    rank: int
    total_time_s: float = Field(description="Turnout, driving and walking.")
    turnout_s: float
    start: StartOfTrip = Field(alias="from")
    route: Line | None = Field(description="Null beyond the soonest that were asked for.")
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


class ChosenUnit(Shape):
    """A unit and the place of the response plan that it takes."""

    unit_id: int
    call_sign: str
    agency_code: str
    capability: str | None = Field(description="Null: any unit of the agency will do.")
    total_time_s: float


class MissingUnits(Shape):
    """A line of the response plan for which too few units can be found."""

    agency_code: str
    capability: str | None
    number: int
    reason_id: str
    reason_en: str


class ChosenPlan(Shape):
    """The response plan that holds here, why, and how far it was raised."""

    name_id: str
    name_en: str
    why_id: str
    why_en: str
    alarm_level: int
    highest_alarm: int


class BestSet(Shape):
    """Whom to send for the whole plan: most places filled, then the least time together."""

    chosen: list[ChosenUnit]
    sent: list[ChosenUnit] = Field(description="Sent to this incident already; they cost no time.")
    missing: list[MissingUnits]
    total_time_s: float
    plan: ChosenPlan | None = None


class Ranking(Shape):
    """Who is really nearest by open road, and why."""

    recommendation_id: int | None
    made_at: AwareDatetime
    network: NetworkUsed
    ranked: list[RankedUnit]
    left_out: list[LeftOut]
    best_set: BestSet | None = Field(description="Null where no response plan asks for anything.")


class IncidentRankingQuery(Query):
    """Of which agency, and how many."""

    agency: str | None = None
    k: int | None = Field(default=None, ge=1, le=1000, description="How many; default: all.")
    routes: int = Field(default=ROUTES, ge=0, le=1000, description="How many with their way.")


class PlaceRankingQuery(IncidentRankingQuery):
    """To which place, for which kind of vehicle."""

    lon: float
    lat: float
    profile: str | None = None


class RecommendedUnitPath(IdPath):
    """One unit of one recommendation."""

    unit_id: int = Field(description="Number of the unit.", ge=1, le=2**63 - 1)


class Standing(Shape):
    """Where a unit would stand."""

    rank: int
    total_time_s: float


class WithoutClosure(Standing):
    """Where a unit would stand were there not one closure."""

    closure_id: int
    reason: str
    street: str | None
    saved_s: float | None = Field(description="Null where it cannot get there with the closure.")
    sentence_id: str
    sentence_en: str


class NearerUnit(Shape):
    """A unit that is nearer in a straight line, and yet ranks later."""

    unit_id: int
    call_sign: str
    nearer_m: float
    later_s: float
    sentence_id: str
    sentence_en: str


class Explanation(Shape):
    """Why one unit stands where it does; the numbers are null where it is not ranked."""

    recommendation_id: int
    unit: RankedVehicle
    rank: int | None
    total_time_s: float | None
    turnout_s: float | None
    driving_time_s: float | None
    foot_time_s: float | None
    length_m: float | None
    route: Line | None
    streets: list[str]
    reason_id: str
    reason_en: str
    free: Standing | None = Field(description="Were there no closures at all.")
    without: list[WithoutClosure]
    against_nearer: list[NearerUnit]
    note_id: str | None = Field(description="What was not looked at, if anything.")
    note_en: str | None


class Route(Trip):
    """The way to an incident by open roads."""

    start: StartOfTrip = Field(alias="from")
    route: Line
    network: NetworkUsed
