"""Shapes of readiness: what is known of a unit, what it lacks, and what a look at it found."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, Query, Shape
from gis_dispatch.consoles.api.shapes_incidents import Readiness


class Finding(Shape):
    """One thing that is missing, or that nobody can tell."""

    part: Literal["crew", "equipment", "vehicle"]
    code: str
    sentence_id: str
    sentence_en: str


class TypeOfUnit(Shape):
    """What kind of vehicle it is."""

    code: str
    name_id: str
    name_en: str


class PersonOnUnit(Shape):
    """Somebody on the unit now, with what they can do."""

    id: int
    name: str
    duty_role: str
    skills: list[str]
    until: AwareDatetime | None = Field(description="End of the shift; null for the usual crew.")


class CrewPlace(Shape):
    """A skill the crew needs, and how many places of it are empty."""

    skill: str
    number: int
    short: int


class CheckedThing(Shape):
    """A piece of equipment with its last check."""

    id: int
    name: str
    quantity: int
    fit: bool
    defect: str | None
    checked_at: AwareDatetime | None
    checked_by: str | None
    valid_days: int | None
    due_at: AwareDatetime | None


class SupplyLevel(Shape):
    """How full something is, as last noted."""

    kind: str
    name_id: str
    name_en: str
    least_percent: int
    percent: int | None
    noted_at: AwareDatetime | None
    noted_by: str | None


class VehicleCheck(Shape):
    """The last look at the vehicle."""

    fit: bool
    defect: str | None
    checked_at: AwareDatetime
    checked_by: str | None
    permit_until: AwareDatetime | None


class KnownUnit(Shape):
    """What is known of one unit's readiness."""

    id: int
    call_sign: str
    crew_source: Literal["shift", "usual"]
    crew: list[PersonOnUnit]
    needs: list[CrewPlace]
    equipment: list[CheckedThing]
    supplies: list[SupplyLevel]
    vehicle: VehicleCheck | None
    ready: bool
    missing: list[Finding]
    unknown: list[Finding]


class UnitReadiness(KnownUnit):
    """The same with whose unit it is and what it does."""

    agency_code: str
    type: TypeOfUnit
    icon: str | None
    station_name: str | None
    capabilities: list[str]
    duty: str
    duty_reason: str | None
    busy_incident: str | None


class UnitsReadiness(Shape):
    """Units in use with their readiness."""

    items: list[UnitReadiness]


class ReadinessQuery(Query):
    """Of which agency."""

    agency: str | None = None


class ThingChecked(Body):
    """How a piece of equipment was found."""

    id: int
    fit: bool
    defect: str | None = None


class VehicleLooked(Body):
    """How the vehicle was found."""

    fit: bool
    defect: str | None = None
    permit_until: AwareDatetime | None = Field(
        default=None, description="Until when it may be on the road; left out: as before."
    )


class UnitCheck(Body):
    """What a look at a unit found; what is left out was not looked at."""

    supplies: dict[str, int] = Field(default={}, description="Percent by fuel, water, oxygen.")
    equipment: list[ThingChecked] = Field(default=[], max_length=200)
    vehicle: VehicleLooked | None = None
    occurred_at: AwareDatetime | None = Field(default=None, description="Default: now.")


class UnableUnit(Shape):
    """A unit that could do it, but is not free."""

    id: int
    call_sign: str
    duty: str
    duty_reason: str | None
    busy_incident: str | None


class Prefilled(Shape):
    """What the check says by itself."""

    crew_ok: bool
    equipment_ok: bool
    vehicle_ok: bool
    missing_id: str | None
    missing_en: str | None


class PreparedCheck(Shape):
    """The check of a referral as it is known before anybody ticks."""

    format: int
    at: AwareDatetime
    wanted: int = Field(description="How many units the response plan asks of this agency.")
    complete: int = Field(description="How many free units lack nothing.")
    prefilled: Prefilled
    units: list[KnownUnit]
    unable: list[UnableUnit]


class KeptCheck(Readiness):
    """A readiness check as it was made, with the document of what was known then."""

    id: int
    referral_id: int
    known: dict[str, Any] | None = Field(
        description="As it was prepared, and `changed`: the ticks set otherwise. Null before 0012."
    )


class KeptChecks(Shape):
    """Every check of one referral, oldest first."""

    items: list[KeptCheck]


class OtherUnit(Shape):
    """A unit of another agency, and when it could be there."""

    id: int
    call_sign: str
    icon: str | None
    total_time_s: float
    length_m: float
    missing: list[Finding]


class OtherAgency(Shape):
    """An agency that could be asked instead."""

    code: str
    short_name: str
    referred: bool
    unit_count: int | None = Field(description="Null: a private brigade is not told.")
    units: list[OtherUnit]


class Neighbour(Shape):
    """An agency of another city that comes to the place."""

    code: str
    short_name: str
    phone: str | None
    capabilities: list[str]
    arrival_s: float | None = Field(description="Driving, or from the call as agreed with it.")
    by_road: bool = Field(description="Whether it was worked out from its station on our roads.")
    referred: bool


class OtherAgencies(Shape):
    """Agencies with a unit that can do it, soonest first; then neighbours of the city."""

    items: list[OtherAgency]
    neighbours: list[Neighbour]


class PassOn(Body):
    """Whom to ask, why, and whether this agency hands it back."""

    agency: str
    reason: str
    hand_back: bool = True
