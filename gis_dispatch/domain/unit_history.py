"""A unit as it was: its duty and what it was called, from the events before and after a moment."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gis_dispatch.domain.picture import Known, KnownUnit, Picture

Data = Mapping[str, Any]
OWN = ("call_sign", "agency_code", "type_code", "station_id", "active")
"""What an administrator changes of a unit; duty has events of its own."""


def unit_after(
    picture: Picture, unit_id: int | None, happened: str, data: Data, agency_code: str | None
) -> Known | None:
    """A unit after one of its events; one that was just added comes into the picture with it."""
    if unit_id is None:
        return None
    unit = picture.get((KnownUnit.thing, unit_id))
    if happened == "duty" and isinstance(unit, KnownUnit):
        return replace(unit, duty=data["to"], duty_reason=data["reason"])
    if happened != "changed":
        return None
    told = {name: data[name] for name in OWN if name in data}
    if agency_code is not None:
        told["agency_code"] = agency_code
    if isinstance(unit, KnownUnit):
        left = tuple(name for name in unit.not_recorded if name not in told)
        return replace(unit, **told, not_recorded=left)
    if "added" not in data:
        return None
    return KnownUnit(unit_id, **told, **data["added"])


def unit_as_it_was(
    now: KnownUnit,
    *,
    duty_before: Data | None,
    duty_after: Data | None,
    change_before: Data | None,
    change_after: Data | None,
) -> KnownUnit | None:
    """A unit at a moment, from how it is now and the nearest of its events on each side of it.

    Each argument is the data of the last event before the moment, or of the first one after it.
    None when it was added only later. What no event tells is taken as it is now, and named.
    """
    if change_before is None and change_after is not None and "added" in change_after:
        return None
    told: dict[str, Any] = {}
    not_recorded: list[str] = []
    for name in OWN:
        if change_before is not None and name in change_before:
            told[name] = change_before[name]
        elif change_after is not None and "from" in change_after:
            told[name] = change_after["from"].get(name, change_after[name])
        elif change_after is not None:
            not_recorded.append(name)
    if duty_before is not None:
        told |= {"duty": duty_before["to"], "duty_reason": duty_before["reason"]}
    elif duty_after is not None:
        told |= {"duty": duty_after["from"], "duty_reason": duty_after.get("from_reason")}
        if "from_reason" not in duty_after:
            not_recorded.append("duty_reason")
    return replace(now, **told, not_recorded=tuple(not_recorded))
