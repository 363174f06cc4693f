"""Shapes of what an administrator sends about stations and units, and of imports."""

from typing import Any

from pydantic import Field

from gis_dispatch.consoles.api.shapes import Body, Query, Shape


class NewStation(Body):
    """A station, post or hospital."""

    name: str
    kind: str
    agency_code: str
    lon: float
    lat: float
    address: str | None = None


class StationChange(Body):
    """What of a station to change."""

    name: str | None = None
    kind: str | None = None
    agency_code: str | None = None
    lon: float | None = None
    lat: float | None = None
    address: str | None = None
    active: bool | None = None


class NewCrewMember(Body):
    """Somebody on a crew."""

    name: str
    duty_role: str
    phone: str | None = None


class NewEquipment(Body):
    """Something a unit carries."""

    name: str
    quantity: int = 1
    fit: bool = True
    valid_days: int | None = Field(
        default=None, description="For how long a check holds; left out: as usual for its name."
    )


class NewUnit(Body):
    """A vehicle with crew and equipment."""

    call_sign: str
    agency_code: str
    type_code: str
    station_id: int | None = None
    crew: list[NewCrewMember] = Field(default=[], max_length=100)
    equipment: list[NewEquipment] = Field(default=[], max_length=200)


class UnitChange(Body):
    """What of a unit to change; crew and equipment replace the lists that were there."""

    call_sign: str | None = None
    agency_code: str | None = None
    type_code: str | None = None
    station_id: int | None = None
    active: bool | None = None
    crew: list[NewCrewMember] | None = Field(default=None, max_length=100)
    equipment: list[NewEquipment] | None = Field(default=None, max_length=200)


class CrewNeed(Body):
    """So many people of one skill."""

    skill: str
    number: int


class CrewNeeds(Body):
    """What the crew of a type needs, whole."""

    needs: list[CrewNeed] = Field(max_length=40)


class TypeNeeds(Shape):
    """A type of unit, and what its crew needs."""

    code: str
    name_id: str
    name_en: str
    icon: str
    unit_count: int
    needs: list[CrewNeed]


class TypesNeeds(Shape):
    """Every type of unit with what its crew needs."""

    items: list[TypeNeeds]


class ImportQuery(Query):
    """Whether only to look."""

    dry_run: bool = Field(default=False, description="Say what would happen; save nothing.")


class ImportProblem(Shape):
    """What is wrong with a cell, and what would be right."""

    field: str
    sentence: str


class ImportRow(Shape):
    """One row of a file."""

    where: str
    kind: str
    name: str
    action: str
    problems: list[ImportProblem]
    notes: list[str]
    values: dict[str, Any]


class ImportAnswer(Shape):
    """What a file did, or would do."""

    saved: bool
    added: int
    changed: int
    same: int
    refused: int
    rows: list[ImportRow]
