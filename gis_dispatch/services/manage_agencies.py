"""Agencies (OPD) and private brigades: add one, change one, take one out of use."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import NEIGHBOUR
from gis_dispatch.domain.shifts import TIME_OF_DAY
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.admin_refusals import (
    AreaNotFound,
    NeighbourOffersNothing,
    ShiftStartsUnusable,
)
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import code, number, record, text, text_or_none

KINDS = ("public", "private", "volunteer", NEIGHBOUR)
LONGEST_ARRIVAL_S = 6 * 3600
SHIFT_STARTS = ("07:00", "19:00")
MOST_SHIFTS = 6


def put_agency(
    house: House,
    actor: Actor,
    agency_code: str,
    *,
    name: str,
    short_name: str,
    phone: str | None = None,
    kind: str = "public",
    shift_starts: Sequence[str] = SHIFT_STARTS,
    active: bool = True,
    capabilities: Sequence[str] = (),
    area_id: int | None = None,
    arrival_s: int | None = None,
) -> None:
    """Adds the agency of this code or changes it. One out of use gets no new incidents."""
    values = {
        "code": agency_code,
        "name": name,
        "short_name": short_name,
        "phone": phone,
        "kind": kind,
        "shift_starts": shift_starts,
        "active": active,
        "capabilities": capabilities,
        "area_id": area_id,
        "arrival_s": arrival_s,
    }
    with house.store.transaction() as tx:
        write_agency(tx, house, actor, values)


def write_agency(tx: Transaction, house: House, actor: Actor, values: Mapping[str, Any]) -> None:
    """The same inside a transaction, checked."""
    checked = {
        "code": code(values["code"], "code"),
        "name": text(values["name"], "name"),
        "short_name": text(values["short_name"], "short_name", most=30),
        "phone": text_or_none(values["phone"], "phone", most=30),
        "kind": choice("kind", values["kind"], KINDS),
        "shift_starts": starts_of(values["shift_starts"]),
        "active": values["active"],
        **(offered(tx, values) if values["kind"] == NEIGHBOUR else NOTHING_OFFERED),
    }
    tx.run("put_agency", **checked)
    record(tx, house, actor, "agency.changed", agency_code=checked["code"], name=checked["name"])


NOTHING_OFFERED: dict[str, Any] = {"capabilities": [], "area_id": None, "arrival_s": None}


def offered(tx: Transaction, values: Mapping[str, Any]) -> dict[str, Any]:
    """The number of a neighbour, what it can send, where to, how long it takes from the call."""
    known = [row["capability"] for row in tx.all("known_capabilities")]
    can = {choice("capabilities", one, known) for one in values["capabilities"]}
    if not can:
        raise NeighbourOffersNothing(field="capabilities", known=", ".join(known))
    area_id, arrival_s = values["area_id"], values["arrival_s"]
    if area_id is not None and tx.find("find_plan_area", id=area_id) is None:
        raise AreaNotFound(id=area_id)
    return {
        "phone": text(values["phone"], "phone", most=30),
        "capabilities": sorted(can),
        "area_id": area_id,
        "arrival_s": arrival_s and number(arrival_s, "arrival_s", 60, LONGEST_ARRIVAL_S),
    }


def starts_of(given: Sequence[str]) -> list[str]:
    """The times of day at which crews change, in order."""
    starts = sorted(set(given))
    if not 1 <= len(starts) <= MOST_SHIFTS or not all(TIME_OF_DAY.match(one) for one in starts):
        raise ShiftStartsUnusable(
            field="shift_starts", given=", ".join(given) or "-", most=MOST_SHIFTS
        )
    return starts
