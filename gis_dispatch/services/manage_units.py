"""Units: add, change, crew and equipment, take out of use. Duty has an act of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.duty import DUTIES
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import TextMissing, UnitNotFound
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.admin_refusals import (
    NameTaken,
    StationUnknown,
    TwiceOnUnit,
    UnitStillOut,
)
from gis_dispatch.services.end_move import overtake_moves
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import (
    agency,
    number,
    record,
    text,
    text_or_none,
)
from gis_dispatch.services.readiness_rules import usual_valid_days

CHANGEABLE = ("call_sign", "agency_code", "station_id", "type_code", "active")


def add_unit(house: House, actor: Actor, values: Mapping[str, Any]) -> int:
    """A new unit's number. `values` as in change_unit, call_sign, agency_code, type_code needed."""
    with house.store.transaction() as tx:
        return insert_unit(tx, house, actor, values)


def change_unit(house: House, actor: Actor, unit_id: int, changes: Mapping[str, Any]) -> None:
    """Changes what is given; `crew` and `equipment` replace the lists that were there."""
    with house.store.transaction() as tx:
        update_unit(tx, house, actor, unit_id, changes)


def remove_unit(house: House, actor: Actor, unit_id: int) -> None:
    """Takes a unit out of use; refused while it is out."""
    change_unit(house, actor, unit_id, {"active": False})


def insert_unit(
    tx: Transaction, house: House, actor: Actor, values: Mapping[str, Any], *, sample: bool = False
) -> int:
    """Adds a unit inside a transaction, checked."""
    wanted = _checked(tx, None, {"station_id": None, "active": True, **values})
    duty = choice("duty", values.get("duty") or "available", DUTIES)
    reason = text_or_none(values.get("duty_reason"), "duty_reason", most=200)
    if duty == "out_of_service" and reason is None:
        raise TextMissing(field="duty_reason")
    unit_id = int(
        tx.value(
            "add_unit",
            call_sign=wanted["call_sign"],
            agency=wanted["agency_code"],
            station_id=wanted["station_id"],
            type=wanted["type_code"],
            duty=duty,
            duty_reason=reason,
            at=house.clock.now(),
            sample=sample,
        )
    )
    _fill(tx, house, unit_id, values)
    _record(tx, house, actor, unit_id, wanted, added={"duty": duty, "duty_reason": reason})
    return unit_id


def update_unit(
    tx: Transaction, house: House, actor: Actor, unit_id: int, changes: Mapping[str, Any]
) -> None:
    """Changes a unit inside a transaction, checked. One that is out keeps its agency and type."""
    unit = tx.units.find(unit_id, lock=True)
    if unit is None:
        raise UnitNotFound(id=unit_id)
    before = {name: getattr(unit, name) for name in CHANGEABLE}
    wanted = _checked(tx, unit_id, {**before, **changes})
    if any(wanted[name] != before[name] for name in ("agency_code", "type_code", "active")):
        incident = tx.value("incident_of_unit", id=unit_id)
        if incident is not None:
            raise UnitStillOut(unit=unit.call_sign, incident=incident)
    if before["active"] and not wanted["active"]:
        overtake_moves(tx, actor, [unit_id], house.clock.now())
    tx.run("change_unit", id=unit_id, changes=wanted)
    _fill(tx, house, unit_id, changes)
    changed = {name: before[name] for name in CHANGEABLE if before[name] != wanted[name]}
    _record(tx, house, actor, unit_id, wanted, **{"from": changed})


def _checked(tx: Transaction, unit_id: int | None, given: Mapping[str, Any]) -> Row:
    call_sign = text(given["call_sign"], "call_sign", most=30)
    if tx.value("unit_of_call_sign", call_sign=call_sign) not in (None, unit_id):
        raise NameTaken(name=call_sign)
    types = [row["code"] for row in tx.all("list_unit_types")]
    station_id = given["station_id"]
    if station_id is not None:
        station = tx.find("lock_station", id=station_id)
        if station is None or not station["active"]:
            raise StationUnknown(field="station_id", given=station_id)
    return {
        "call_sign": call_sign,
        "agency_code": agency(tx, given["agency_code"]),
        "station_id": station_id,
        "type_code": choice("type_code", given["type_code"], types),
        "active": bool(given["active"]),
    }


def _fill(tx: Transaction, house: House, unit_id: int, given: Mapping[str, Any]) -> None:
    if given.get("crew") is not None:
        people = _crew(given["crew"])
        names = [one["name"].lower() for one in people]
        tx.run("take_off_crew", unit_id=unit_id, names=names)
        if people:
            agency_code = tx.units.get(unit_id).agency_code
            tx.run("put_on_crew", unit_id=unit_id, agency=agency_code, rows=people)
    if given.get("equipment") is not None:
        things = _equipment(given["equipment"])
        names = [one["name"].lower() for one in things]
        tx.run("take_off_equipment", unit_id=unit_id, names=names)
        if things:
            tx.run("put_on_equipment", unit_id=unit_id, rows=things, at=house.clock.now())


def _crew(members: Sequence[Mapping[str, Any]]) -> list[Row]:
    people = [
        {
            "name": text(member["name"], f"crew.{at}.name"),
            "duty_role": text(member.get("duty_role"), f"crew.{at}.duty_role", most=60),
            "phone": text_or_none(member.get("phone"), f"crew.{at}.phone", most=30),
        }
        for at, member in enumerate(members)
    ]
    return _once(people, "crew")


def _equipment(things: Sequence[Mapping[str, Any]]) -> list[Row]:
    listed = [
        {
            "name": text(thing["name"], f"equipment.{at}.name"),
            "quantity": number(thing.get("quantity", 1), f"equipment.{at}.quantity", 0, 10_000),
            "fit": bool(thing.get("fit", True)),
            "valid_days": _valid_days(thing, f"equipment.{at}.valid_days"),
        }
        for at, thing in enumerate(things)
    ]
    return _once(listed, "equipment")


def _valid_days(thing: Mapping[str, Any], field: str) -> int | None:
    """For how long a check holds: as given, or as is usual for what it is called."""
    given = thing.get("valid_days")
    return usual_valid_days(thing["name"]) if given is None else number(given, field, 1, 3660)


def _once(rows: list[Row], field: str) -> list[Row]:
    """By its name a thing or a person keeps what is known of it, so none is there twice."""
    seen: set[str] = set()
    for at, row in enumerate(rows):
        if row["name"].lower() in seen:
            raise TwiceOnUnit(field=f"{field}.{at}.name", name=row["name"])
        seen.add(row["name"].lower())
    return rows


def _record(
    tx: Transaction, house: House, actor: Actor, unit_id: int, wanted: Row, **more: Row
) -> None:
    """What it is now, and `from` what it was or, of a new one, as what it was `added`."""
    told = {name: wanted[name] for name in CHANGEABLE if name != "agency_code"}
    record(
        tx,
        house,
        actor,
        "unit.changed",
        unit_id=unit_id,
        agency_code=wanted["agency_code"],
        **told,
        **more,
    )
