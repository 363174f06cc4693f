"""What a look at a unit found: fuel and water, equipment, the vehicle; when, and by whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gis_dispatch.domain.duty import Unit
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import choice, number_in, optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.read_readiness import readiness_of
from gis_dispatch.services.readiness_refusals import (
    DefectMissing,
    EquipmentNotThere,
    NothingChecked,
)
from gis_dispatch.services.readiness_rules import rules


def check_unit(
    house: House,
    actor: Actor,
    unit_id: int,
    *,
    supplies: Mapping[str, int] | None = None,
    equipment: Sequence[Mapping[str, Any]] = (),
    vehicle: Mapping[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Row:
    """The unit's readiness after it. A look that comes in late never hides a newer one."""
    if not supplies and not equipment and vehicle is None:
        raise NothingChecked(field="supplies")
    at = moment_of(house, occurred_at)
    with house.store.transaction() as tx:
        unit = tx.units.get(unit_id, lock=True)
        require_unit(tx, actor, unit.id)
        told = {
            "supplies": _supplies(tx, actor, unit, supplies or {}, at),
            "equipment": [
                _thing(tx, actor, unit, place, thing, at) for place, thing in enumerate(equipment)
            ],
            "vehicle": _vehicle(tx, actor, unit, vehicle, at),
        }
        tx.events.append(
            actor,
            "unit.checked",
            at,
            unit_id=unit.id,
            agency_code=unit.agency_code,
            data={"call_sign": unit.call_sign, **told},
        )
    return readiness_of(house.store.reads, house.clock.now(), unit_id)


def _supplies(
    tx: Transaction, actor: Actor, unit: Unit, given: Mapping[str, int], at: datetime
) -> dict[str, int]:
    carried = rules().carried.get(unit.type_code, ())
    for kind, percent in given.items():
        choice("supplies", kind, carried)
        number_in(f"supplies.{kind}", percent, 0, 100)
        tx.run(
            "note_supply", unit_id=unit.id, kind=kind, percent=percent, at=at,
            noted_by=actor.user_id,
        )  # fmt: skip
    return dict(given)


def _thing(
    tx: Transaction, actor: Actor, unit: Unit, place: int, given: Mapping[str, Any], at: datetime
) -> Row:
    field = f"equipment.{place}"
    there = tx.find("find_equipment", id=given["id"], unit_id=unit.id)
    if there is None:
        raise EquipmentNotThere(field=f"{field}.id", unit=unit.call_sign, given=given["id"])
    fit, defect = bool(given["fit"]), optional_text(f"{field}.defect", given.get("defect"), 200)
    tx.run(
        "note_equipment", id=there["id"], fit=fit, defect=None if fit else defect, at=at,
        checked_by=actor.user_id,
    )  # fmt: skip
    return {"name": there["name"], "fit": fit, "defect": None if fit else defect}


def _vehicle(
    tx: Transaction, actor: Actor, unit: Unit, given: Mapping[str, Any] | None, at: datetime
) -> Row | None:
    if given is None:
        return None
    fit = bool(given["fit"])
    defect = optional_text("vehicle.defect", given.get("defect"), 200)
    if not fit and defect is None:
        raise DefectMissing(field="vehicle.defect")
    permit = given.get("permit_until")
    tx.run(
        "note_vehicle", unit_id=unit.id, fit=fit, defect=defect, permit_until=permit, at=at,
        checked_by=actor.user_id,
    )  # fmt: skip
    return {"fit": fit, "defect": defect, "permit_until": permit and permit.isoformat()}
