"""A unit goes on duty, off duty or out of service."""

from datetime import datetime
from uuid import UUID

from gis_dispatch.domain import duty as duties
from gis_dispatch.domain.duty import DUTIES, Unit
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.errors import UnitIsOut
from gis_dispatch.ports import House
from gis_dispatch.services.end_move import overtake_moves
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import choice, optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.taken_once import by_key, first_time


def change_duty(
    house: House,
    actor: Actor,
    unit_id: int,
    duty: str,
    reason: str | None = None,
    *,
    occurred_at: datetime | None = None,
    key: UUID | None = None,
) -> Unit:
    """A unit that is out stays on duty until it is cleared; out of service needs a reason."""
    choice("duty", duty, DUTIES)
    reason = optional_text("reason", reason, 500)
    with house.store.transaction() as tx:
        unit = tx.units.get(unit_id, lock=True)
        require_unit(tx, actor, unit.id)
        if not first_time(house, tx, actor, key, "duty"):
            return unit
        if (unit.duty, unit.duty_reason) == (duty, reason):
            return unit
        if unit.duty != duty:
            evidence = ("reason",) if reason else ()
            require(duties.MACHINE, unit.duty, duty, actor, evidence)
        if duty != "available":
            bound = tx.find("find_open_assignment_of_unit", unit_id=unit.id)
            if bound is not None:
                raise UnitIsOut(unit=unit.call_sign, incident=bound["incident_number"])
        at = moment_of(house, occurred_at, unit.duty_changed_at if occurred_at else None)
        if duty != "available":
            overtake_moves(tx, actor, [unit.id], at)
        changed = tx.units.update(unit.id, duty=duty, duty_reason=reason, duty_changed_at=at)
        tx.events.append(
            actor,
            "unit.duty",
            at,
            unit_id=unit.id,
            agency_code=unit.agency_code,
            data={
                "call_sign": unit.call_sign,
                "from": unit.duty,
                "to": duty,
                "reason": reason,
                "from_reason": unit.duty_reason,
                **by_key(key),
            },
        )
        return changed
