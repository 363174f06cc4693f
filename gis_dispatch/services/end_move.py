"""A move is over: the unit is there, it was taken back, or an assignment or its duty came first."""

from collections.abc import Collection
from datetime import datetime

from gis_dispatch.domain.move import MACHINE
from gis_dispatch.domain.people import SYSTEM_ACTOR, Actor
from gis_dispatch.domain.states import require
from gis_dispatch.ports import House, Row, Store, Transaction
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.move_refusals import MoveNotFound

THERE_M = 150.0
"""So near to its station a unit has arrived."""


def report_arrival(
    house: House, actor: Actor, move_id: int, occurred_at: datetime | None = None
) -> None:
    """The crew is there; said twice it is said once."""
    with house.store.transaction() as tx:
        move = _locked(tx, move_id)
        require_unit(tx, actor, move["unit_id"])
        if move["status"] == "arrived":
            return
        at = moment_of(house, occurred_at, move["ordered_at"])
        _end(tx, actor, move, "arrived", at)


def take_back_move(house: House, actor: Actor, move_id: int, reason: str | None) -> None:
    """The desk calls the unit back to its own station, with the reason."""
    why = required_text("reason", reason)
    with house.store.transaction() as tx:
        move = _locked(tx, move_id)
        require_unit(tx, actor, move["unit_id"])
        _end(tx, actor, move, "taken_back", moment_of(house, None, move["ordered_at"]), why)


def overtake_moves(tx: Transaction, actor: Actor, unit_ids: Collection[int], at: datetime) -> None:
    """Units that are sent to an incident, or off duty, stand by nowhere any more."""
    for unit_id in sorted(unit_ids):
        found = tx.find("find_open_move_of_unit", unit_id=unit_id)
        if found is not None:
            move = _locked(tx, found["id"])
            _end(tx, actor, move, "overtaken", max(at, move["ordered_at"]))


def notice_arrivals(store: Store) -> int:
    """Units whose position says that they are there; how many."""
    with store.transaction() as tx:
        there = tx.all("list_moves_there", within_m=THERE_M)
        for row in there:
            move = _locked(tx, row["id"])
            if move["status"] == MACHINE.initial:
                _end(tx, SYSTEM_ACTOR, move, "arrived", row["recorded_at"])
    return len(there)


def _locked(tx: Transaction, move_id: int) -> Row:
    move = tx.find("lock_move", id=move_id)
    if move is None:
        raise MoveNotFound(id=move_id)
    return move


def _end(
    tx: Transaction, actor: Actor, move: Row, status: str, at: datetime, reason: str | None = None
) -> None:
    require(MACHINE, move["status"], status, actor, ("reason",) if reason else ())
    tx.run("end_move", id=move["id"], status=status, at=at, reason=reason)
    tx.events.append(
        actor,
        f"move.{status}",
        at,
        incident_id=move["incident_id"],
        unit_id=move["unit_id"],
        agency_code=move["agency_code"],
        data={
            "move_id": move["id"],
            "call_sign": move["call_sign"],
            "station_id": move["station_id"],
            "station": move["station"],
            "reason": reason,
        },
    )
