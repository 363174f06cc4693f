"""What the wall shows, as one document: counts, clocks and places, and nothing about any person.

No caller, no number, no name of a crew, no description, no address: an incident is its number, its
kind, its village and a place to about 100 m. A field that is not named here cannot be sent.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gis_dispatch.ports import House, Row
from gis_dispatch.services.read_coverage_now import read_coverage_now

OUT = frozenset({"off_duty", "out_of_service"})


def read_wall(house: House) -> dict[str, Any]:
    """Everything at one moment."""
    reads, now = house.store.reads, house.clock.now()
    units = reads.all("wall_units")
    queue = reads.one("wall_queue")
    return {
        "now": now,
        "queue": {**queue, "since": queue["since"] or []},
        "incidents": reads.all("wall_incidents"),
        "referrals": reads.all("wall_referrals"),
        "agencies": _by_agency(units),
        "units": [unit for unit in units if unit["lon"] is not None],
        "closures": reads.all("wall_closures"),
        "coverage": [_coverage(group) for group in read_coverage_now(reads)],
        "today": reads.one("wall_today", since=_midnight(house, now)),
    }


def _midnight(house: House, now: datetime) -> datetime:
    return now.astimezone(house.timezone).replace(hour=0, minute=0, second=0, microsecond=0)


def _by_agency(units: Iterable[Row]) -> list[dict[str, Any]]:
    """Free, busy and out; a unit on its way is busy whatever its duty says."""
    counted: dict[str, dict[str, Any]] = {}
    for unit in units:
        here = counted.setdefault(
            unit["agency_code"], {"name": unit["agency"], "free": 0, "busy": 0, "out": 0}
        )
        busy = unit["assignment_status"] is not None
        here["busy" if busy else "out" if unit["duty"] in OUT else "free"] += 1
    return list(counted.values())


def _coverage(group: dict[str, Any]) -> dict[str, Any]:
    """A group's whole; the villages least reached first, for there a unit is missed."""
    villages = [
        {"name": village["name"], **village["limits"][0]}
        for village in group["villages"]
        if village["limits"]
    ]
    villages.sort(key=lambda one: (one["by_one"], one["name"]))
    return {
        name: group[name]
        for name in ("code", "name_id", "name_en", "made_at", "age_s", "stale", "units", "limits")
    } | {"villages": villages}
