"""Shapes of what a console needs to know once: names, codes, the city, and who is signed in."""

from pydantic import Field

from gis_dispatch.consoles.api.shapes import Shape
from gis_dispatch.consoles.api.shapes_units import Roads, UnitType


class KindInUse(Shape):
    """A kind of emergency that incidents may be given."""

    code: str
    parent_code: str | None
    name_id: str
    name_en: str
    icon: str | None
    default_priority: int | None
    emergency: bool


class AgencyInUse(Shape):
    """An agency that incidents may be handed to."""

    code: str
    name: str
    short_name: str
    phone: str | None
    kind: str


class Named(Shape):
    """A code and its word in both languages."""

    code: str
    name_id: str
    name_en: str


class StatusNames(Shape):
    """Every status of every state table, in the order of the work."""

    incident: list[Named]
    referral: list[Named]
    assignment: list[Named]
    duty: list[Named]


class ProcedureStep(Shape):
    """One step of the procedure this city follows."""

    number: int
    label_id: str
    label_en: str
    who: str


class City(Shape):
    """Whose installation this is."""

    name: str
    service_name: str
    timezone: str
    locale: str


class MapPlace(Shape):
    """Where a map opens."""

    lon: float | None
    lat: float | None
    bounds: list[float] | None = Field(description="west, south, east, north")


class Me(Shape):
    """Who is asking, and what this role may do."""

    id: int | None
    username: str
    display_name: str
    role: str
    agency_code: str | None
    unit_id: int | None
    permissions: list[str]


class Reference(Shape):
    """What a console needs to know once."""

    kinds: list[KindInUse]
    agencies: list[AgencyInUse]
    unit_types: list[UnitType]
    capabilities: list[Named] = Field(description="What response plans ask units for.")
    skills: list[Named] = Field(description="What people of crews can do.")
    profiles: list[Named] = Field(description="Vehicles that roads are judged for.")
    dispositions: list[Named]
    channels: list[str]
    methods: list[str]
    outcomes: list[str] = Field(description="Statuses an incident may end with.")
    statuses: StatusNames
    assignment_steps: dict[str, list[str]] = Field(
        description="Which steps you may report after which, for phones without a signal."
    )
    procedure: list[ProcedureStep]
    city: City
    map: MapPlace
    roads: Roads | None
    sample: bool
    answer_target_s: int
    total_response_target_s: int
    me: Me
