"""Shapes of the people of crews and of the plan of shifts."""

from datetime import date

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, Query, Shape


class Person(Shape):
    """Somebody of an agency's crews."""

    id: int
    agency_code: str
    name: str
    number: str | None
    duty_role: str
    skills: list[str] = Field(description="As entered; the role may name more.")
    phone: str | None
    unit_id: int | None
    unit_call_sign: str | None
    active: bool


class People(Shape):
    """A list of people, by name."""

    items: list[Person]


class PeopleQuery(Query):
    """Of which agency."""

    agency: str | None = None
    all: bool = Field(default=False, description="Also those who have left.")


class NewPerson(Body):
    """Somebody new."""

    agency_code: str
    name: str
    duty_role: str
    number: str | None = None
    skills: list[str] = Field(default=[], max_length=40)
    phone: str | None = None
    unit_id: int | None = Field(default=None, description="The unit they usually ride on.")


class PersonChange(Body):
    """What of somebody to change; what is left out stays."""

    name: str | None = None
    duty_role: str | None = None
    number: str | None = None
    skills: list[str] | None = Field(default=None, max_length=40)
    phone: str | None = None
    unit_id: int | None = None
    active: bool | None = None


class Skilled(Shape):
    """So many people of one skill."""

    skill: str
    number: int


class SpanOfShift(Shape):
    """From when to when."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime


class PersonOnShift(SpanOfShift):
    """Somebody planned on a unit."""

    id: int
    name: str
    duty_role: str


class UnitInShift(Shape):
    """Who is on a unit in a shift, and which skills lack."""

    people: list[PersonOnShift]
    short: list[Skilled]


class UnitOfDay(Shape):
    """One unit in every shift of the day."""

    id: int
    call_sign: str
    icon: str | None
    station_name: str | None
    needs: list[Skilled]
    shifts: list[UnitInShift]


class DayPlan(Shape):
    """Who is on which unit when."""

    day: date
    agency: str
    spans: list[SpanOfShift]
    units: list[UnitOfDay]


class DayQuery(Query):
    """Of which agency, on which day."""

    agency: str
    day: date


class PutShift(Body):
    """Exactly these people are on the unit in that time."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    people: list[int] = Field(max_length=60)


class CopyDay(Body):
    """A day to be planned as another one was."""

    agency: str
    from_day: date
    to_day: date


class UsualCrews(Body):
    """A shift for which every unit gets its usual crew."""

    agency: str
    day: date
    starts_at: AwareDatetime


class Planned(Shape):
    """How many shifts of units were planned."""

    planned: int
