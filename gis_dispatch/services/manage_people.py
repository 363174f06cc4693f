"""The people of an agency's crews: add one, change one, let one go. No sign-in belongs to it."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import NumberOfPersonTaken
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.admin_refusals import UnitUnknown
from gis_dispatch.services.facts_files import read_readiness
from gis_dispatch.services.guards import require_agency
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, record, text, text_or_none
from gis_dispatch.services.readiness_refusals import PersonNotFound

CHANGEABLE = ("unit_id", "name", "number", "duty_role", "skills", "phone", "active")


def add_person(house: House, actor: Actor, values: Mapping[str, Any]) -> int:
    """Somebody new; the number of the record."""
    require_agency(actor, values["agency_code"])
    with house.store.transaction() as tx:
        return insert_person(tx, house, actor, values)


def change_person(house: House, actor: Actor, person_id: int, changes: Mapping[str, Any]) -> None:
    """Changes what is given; shifts that are planned stay as they are."""
    with house.store.transaction() as tx:
        person = tx.find("find_person", id=person_id)
        if person is None:
            raise PersonNotFound(id=person_id)
        require_agency(actor, person["agency_code"])
        update_person(tx, house, actor, person, changes)


def insert_person(tx: Transaction, house: House, actor: Actor, values: Mapping[str, Any]) -> int:
    """Adds somebody inside a transaction, checked."""
    agency_code = agency(tx, values["agency_code"])
    wanted = _checked(tx, agency_code, None, values)
    person_id = int(
        tx.value(
            "add_person",
            agency=agency_code,
            **{name: wanted[name] for name in CHANGEABLE if name != "active"},
        )
    )
    record(tx, house, actor, "person.changed", agency_code=agency_code, person_id=person_id)
    return person_id


def update_person(
    tx: Transaction, house: House, actor: Actor, person: Row, changes: Mapping[str, Any]
) -> None:
    """Changes somebody inside a transaction, checked."""
    before = {name: person[name] for name in CHANGEABLE}
    wanted = _checked(tx, person["agency_code"], person["id"], {**before, **changes})
    tx.run("change_person", id=person["id"], changes=wanted)
    changed = sorted(name for name in CHANGEABLE if wanted[name] != before[name])
    record(
        tx, house, actor, "person.changed", agency_code=person["agency_code"],
        person_id=person["id"], changed=changed,
    )  # fmt: skip


def _checked(
    tx: Transaction, agency_code: str, person_id: int | None, given: Mapping[str, Any]
) -> Row:
    unit_id = given.get("unit_id")
    if unit_id is not None:
        unit = tx.units.find(unit_id)
        if unit is None or not unit.active or unit.agency_code != agency_code:
            raise UnitUnknown(field="unit_id", given=unit_id)
    number = text_or_none(given.get("number"), "number", most=40)
    if number is not None and tx.value(
        "person_of_number", agency=agency_code, number=number
    ) not in (None, person_id):
        raise NumberOfPersonTaken(agency=agency_code, number=number)
    known = tuple(read_readiness().skills)
    return {
        "unit_id": unit_id,
        "name": text(given["name"], "name"),
        "number": number,
        "duty_role": text(given["duty_role"], "duty_role", most=60),
        "skills": sorted({choice("skills", one, known) for one in given.get("skills") or ()}),
        "phone": text_or_none(given.get("phone"), "phone", most=30),
        "active": bool(given.get("active", True)),
    }
