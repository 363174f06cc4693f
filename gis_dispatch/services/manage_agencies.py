"""Agencies (OPD) and private brigades: add one, change one, take one out of use."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.shifts import TIME_OF_DAY
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.admin_refusals import ShiftStartsUnusable
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import code, record, text, text_or_none

KINDS = ("public", "private", "volunteer")
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
    }
    tx.run("put_agency", **checked)
    record(tx, house, actor, "agency.changed", agency_code=checked["code"], name=checked["name"])


def starts_of(given: Sequence[str]) -> list[str]:
    """The times of day at which crews change, in order."""
    starts = sorted(set(given))
    if not 1 <= len(starts) <= MOST_SHIFTS or not all(TIME_OF_DAY.match(one) for one in starts):
        raise ShiftStartsUnusable(
            field="shift_starts", given=", ".join(given) or "-", most=MOST_SHIFTS
        )
    return starts
