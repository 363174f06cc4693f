"""The readiness check of a referral before anybody ticks: units, and what each lacks."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.plans import PlanItem
from gis_dispatch.domain.readiness import PARTS
from gis_dispatch.domain.reasons import Both
from gis_dispatch.ports import House, Reads, Row
from gis_dispatch.services.guards import require_agency
from gis_dispatch.services.plan_for import plan_for
from gis_dispatch.services.read_readiness import list_readiness

FORMAT = 1
TICKS = {"crew": "crew_ok", "equipment": "equipment_ok", "vehicle": "vehicle_ok"}
NO_UNIT = Both("tidak ada unit yang bebas", "no unit is free")
_KEPT = (
    "id", "call_sign", "crew_source", "crew", "needs", "equipment", "supplies", "vehicle",
    "ready", "missing", "unknown",
)  # fmt: skip
_UNABLE = ("id", "call_sign", "duty", "duty_reason", "busy_incident")


def prepare_readiness(house: House, actor: Actor, referral_id: int) -> Row:
    """What is known now, as the form of the check begins."""
    reads = house.store.reads
    referral = reads.one("get_referral", id=referral_id)
    require_agency(actor, referral["agency"]["code"])
    return known_for(reads, referral["agency"]["code"], referral["incident_id"], house.clock.now())


def known_for(reads: Reads, agency: str, incident_id: int, at: datetime) -> Row:
    """The agency's units for an incident with what each lacks, and what follows from that."""
    wanted, capabilities = asked_of(reads, agency, incident_id)
    units = list_readiness(reads, at, agency=agency)
    fitting = [u for u in units if not capabilities or capabilities & set(u["capabilities"])]
    able = sorted(
        (u for u in fitting if u["duty"] == "available" and not u["busy_incident"]),
        key=lambda unit: (len(unit["missing"]), len(unit["unknown"]), unit["call_sign"]),
    )
    complete = sum(unit["ready"] for unit in able)
    missing = _missing(able[: max(wanted, 1)], complete)
    return {
        "format": FORMAT,
        "at": at,
        "wanted": wanted,
        "complete": complete,
        "prefilled": {
            **_ticks(able, complete),
            "missing_id": missing and missing.id,
            "missing_en": missing and missing.en,
        },
        "units": [{name: unit[name] for name in _KEPT} for unit in able],
        "unable": [{name: unit[name] for name in _UNABLE} for unit in fitting if unit not in able],
    }


def asked_of(reads: Reads, agency: str, incident_id: int) -> tuple[int, frozenset[str]]:
    """How many units the plan asks of an agency, and of which capabilities (none: any unit)."""
    lines = [item for item in _plan(reads, incident_id) if item.agency_code == agency]
    named = frozenset(item.capability for item in lines if item.capability is not None)
    any_unit = any(item.capability is None for item in lines)
    number = sum(item.number for item in lines)
    return max(number, 1), frozenset() if any_unit else named


def _plan(reads: Reads, incident_id: int) -> Sequence[PlanItem]:
    incident = reads.one("get_incident", id=incident_id)
    place = incident["location"]
    choice = plan_for(reads, incident["kind"], incident["priority"], place["lon"], place["lat"])
    return choice.at_alarm(incident["alarm_level"])


def _ticks(able: Sequence[Row], complete: int) -> dict[str, bool]:
    """One complete unit is enough to go; else what the one that lacks least does not lack."""
    if complete:
        return dict.fromkeys(TICKS.values(), True)
    lacking = {one["part"] for one in able[0]["missing"]} if able else set(PARTS)
    return {tick: part not in lacking for part, tick in TICKS.items()}


def _missing(units: Sequence[Row], complete: int) -> Both | None:
    if complete:
        return None
    if not units:
        return NO_UNIT
    return Both(*("; ".join(_lacks(unit, language) for unit in units) for language in ("id", "en")))


def _lacks(unit: Row, language: str) -> str:
    return f"{unit['call_sign']}: " + ", ".join(
        one[f"sentence_{language}"] for one in unit["missing"]
    )


def written(known: Any) -> Any:
    """The same as JSON holds it."""
    return json.loads(json.dumps(known, default=lambda moment: moment.isoformat()))
