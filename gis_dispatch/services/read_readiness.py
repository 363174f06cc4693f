"""What is known of each unit's readiness at a moment, and what it lacks by name."""

from datetime import datetime
from typing import Any

from gis_dispatch.domain.crews import Need, Person, gaps, skills_of
from gis_dispatch.domain.readiness import (
    Condition,
    Finding,
    Level,
    Thing,
    Vehicle,
    findings,
)
from gis_dispatch.errors import UnitNotFound
from gis_dispatch.ports import Reads, Row
from gis_dispatch.services.readiness_rules import role_words, rules


def list_readiness(
    reads: Reads, at: datetime, *, agency: str | None = None, unit_id: int | None = None
) -> list[Row]:
    """Units in use with crew, equipment, supplies and vehicle, and what is missing."""
    rows = reads.all("list_conditions", agency=agency, unit_id=unit_id, at=at)
    return [_judged(row, at) for row in rows]


def readiness_of(reads: Reads, at: datetime, unit_id: int) -> Row:
    """The same of one unit."""
    for row in list_readiness(reads, at, unit_id=unit_id):
        return row
    raise UnitNotFound(id=unit_id)


def _judged(row: Row, at: datetime) -> Row:
    condition = _condition(row)
    found = findings(condition, rules(), at)
    return {
        **{name: row[name] for name in _OF_THE_UNIT},
        "type": {
            "code": row["type_code"],
            "name_id": row["type_name_id"],
            "name_en": row["type_name_en"],
        },
        "crew_source": condition.crew_source,
        "crew": _crew(row, condition),
        "needs": _needs(condition),
        "equipment": [_thing(given) for given in row["equipment"]],
        "supplies": _supplies(row),
        "vehicle": row["vehicle"],
        "ready": not any(one.sure for one in found),
        "missing": [_finding(one) for one in found if one.sure],
        "unknown": [_finding(one) for one in found if not one.sure],
    }


_OF_THE_UNIT = (
    "id", "call_sign", "agency_code", "icon", "station_name", "capabilities", "duty",
    "duty_reason", "busy_incident",
)  # fmt: skip


def _condition(row: Row) -> Condition:
    return Condition(
        type_code=row["type_code"],
        crew_source="shift" if row["planned"] else "usual",
        people=people_of(row["crew"]),
        needs=[Need(**need) for need in row["needs"]],
        equipment=[_thing_of(thing) for thing in row["equipment"]],
        levels={
            level["kind"]: Level(level["kind"], level["percent"], _moment(level["noted_at"]))
            for level in row["supplies"]
        },
        vehicle=_vehicle_of(row["vehicle"]),
    )


def people_of(crew: list[Row]) -> list[Person]:
    """The people of a list, each with entered skills and those of the role."""
    return [
        Person(
            one["id"],
            one["name"],
            one["duty_role"],
            skills_of(one["duty_role"], one["skills"], role_words()),
        )
        for one in crew
    ]


def _crew(row: Row, condition: Condition) -> list[Row]:
    return [
        {
            "id": person.id,
            "name": person.name,
            "duty_role": person.duty_role,
            "skills": sorted(person.skills),
            "until": given["until"],
        }
        for given, person in zip(row["crew"], condition.people, strict=True)
    ]


def _needs(condition: Condition) -> list[Row]:
    empty = {gap.skill: gap.number for gap in gaps(condition.needs, condition.people)}
    return [
        {"skill": need.skill, "number": need.number, "short": empty.get(need.skill, 0)}
        for need in condition.needs
    ]


def _thing_of(given: Row) -> Thing:
    checked_at = given["checked_at"] and _moment(given["checked_at"])
    return Thing(
        given["name"], given["fit"], given["defect"], checked_at or None, given["valid_days"]
    )


def _thing(given: Row) -> Row:
    return {**given, "due_at": _thing_of(given).due_at}


def _vehicle_of(given: Row | None) -> Vehicle | None:
    if given is None:
        return None
    permit = given["permit_until"]
    return Vehicle(
        given["fit"],
        given["defect"],
        _moment(given["checked_at"]),
        _moment(permit) if permit else None,
    )


def _supplies(row: Row) -> list[Row]:
    """Every supply this type carries, noted or not."""
    noted = {level["kind"]: level for level in row["supplies"]}
    known = rules()
    return [
        {
            "kind": kind,
            "name_id": known.supplies[kind].name.id,
            "name_en": known.supplies[kind].name.en,
            "least_percent": known.supplies[kind].least_percent,
            "percent": noted.get(kind, {}).get("percent"),
            "noted_at": noted.get(kind, {}).get("noted_at"),
            "noted_by": noted.get(kind, {}).get("noted_by"),
        }
        for kind in known.carried.get(row["type_code"], ())
    ]


def _finding(one: Finding) -> Row:
    return {
        "part": one.part,
        "code": one.code,
        "sentence_id": one.words.id,
        "sentence_en": one.words.en,
    }


def _moment(value: Any) -> datetime:
    """Stamps inside nested JSON arrive as text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
