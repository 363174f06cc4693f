"""Free units are ordered to stand by at other stations: all of those named, or none."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.move import MACHINE
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import word
from gis_dispatch.errors import StationNotFound, UnitNotAvailable
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.assigning import require_sender
from gis_dispatch.services.guards import require_agency, require_sample
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.move_refusals import NoMoveGiven, StationOfOtherAgency


def order_moves(
    house: House, actor: Actor, moves: Sequence[Mapping[str, int]], *,
    incident_id: int | None = None, restores: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> list[int]:  # fmt: skip
    """Their numbers. A move is no assignment: whoever is needed is sent all the same."""
    if not moves:
        raise NoMoveGiven(field="moves")
    require_sender(actor)
    note = optional_text("note", note)
    with house.store.transaction() as tx:
        if incident_id is not None:
            tx.incidents.get(incident_id)
        stations = {row["id"]: row for row in tx.all("list_move_stations")}
        at = moment_of(house, None)
        return [
            _order(tx, actor, stations, move, incident_id, restores or {}, note, at)
            # In the order of the units, so that two who move the same never wait for each other.
            for move in sorted(moves, key=lambda move: move["unit_id"])
        ]


def _order(
    tx: Transaction, actor: Actor, stations: Mapping[int, Any], move: Mapping[str, int],
    incident_id: int | None, restores: Mapping[str, Any], note: str | None, at: Any,
) -> int:  # fmt: skip
    unit = tx.units.get(move["unit_id"])
    require_agency(actor, unit.agency_code)
    require_sample(actor, unit.sample)
    station = stations.get(move["station_id"])
    if station is None:
        raise StationNotFound(id=move["station_id"])
    if station["agency_code"] != unit.agency_code:
        raise StationOfOtherAgency(station=station["name"], unit=unit.call_sign)
    if not unit.active or unit.duty != "available":
        duty = unit.duty if unit.active else "out_of_service"
        raise UnitNotAvailable(unit=unit.call_sign, duty=word(duty))
    move_id = int(
        tx.value(
            "add_move", unit_id=unit.id, station_id=station["id"], incident_id=incident_id,
            restores=dict(restores), at=at, ordered_by=actor.user_id,
        )
    )  # fmt: skip
    tx.events.append(
        actor, f"move.{MACHINE.initial}", at, incident_id=incident_id, unit_id=unit.id,
        agency_code=unit.agency_code,
        data={
            "move_id": move_id, "call_sign": unit.call_sign, "station_id": station["id"],
            "station": station["name"], "note": note,
        },
    )  # fmt: skip
    return move_id
