"""A ranking as the API, the browser and the record hold it."""

import hashlib
import sys
from array import array
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from gis_dispatch.domain.best_set import BestSet
from gis_dispatch.domain.candidates import Candidate, LeftOut, Origin
from gis_dispatch.domain.ranking import Ranked
from gis_dispatch.domain.reasons import Both, sentence
from gis_dispatch.domain.roads import RoadsStatus, Trip
from gis_dispatch.ports import Row
from gis_dispatch.services.ranking_inputs import ActiveClosure


def network_row(status: RoadsStatus) -> Row:
    """Which roads it was worked out on."""
    return {"version": status.version, "place": status.place, "sample": status.sample}


def _tenths(value: float) -> float:
    """To a tenth; a zero has no sign."""
    return round(value, 1) + 0.0


def unit_row(unit: Candidate) -> Row:
    """The unit a line is about."""
    return {
        "id": unit.id,
        "call_sign": unit.call_sign,
        "agency_code": unit.agency_code,
        "type_code": unit.type_code,
        "icon": unit.icon,
        "profile": unit.profile,
        "station_name": unit.station_name,
    }


def origin_row(origin: Origin) -> Row:
    """From where."""
    return {
        "lon": origin.lon + 0.0,
        "lat": origin.lat + 0.0,
        "source": origin.source,
        "age_s": None if origin.age_s is None else _tenths(origin.age_s),
    }


def trip_row(trip: Trip, closures: Mapping[int, ActiveClosure]) -> Row:
    """By which way; its line only where it was drawn."""
    line = {"type": "LineString", "coordinates": list(map(list, trip.line))} if trip.line else None
    return {
        "driving_time_s": _tenths(trip.driving_time_s),
        "length_m": _tenths(trip.length_m),
        "start_gap_m": _tenths(trip.start_gap_m),
        "end_gap_m": _tenths(trip.end_gap_m),
        "foot_m": _tenths(trip.foot_m),
        "foot_time_s": _tenths(trip.foot_time_s),
        "route": line,
        "streets": list(trip.streets),
        "closures_avoided": [
            {
                "closure_id": cost.closure_id,
                "reason": closures[cost.closure_id].reason,
                "cost_s": _tenths(cost.cost_s),
            }
            for cost in trip.closures_avoided
            if cost.closure_id in closures
        ],
        "closures_entered": list(trip.closures_entered),
    }


def ranked_row(line: Ranked, closures: Mapping[int, ActiveClosure]) -> Row:
    """One able unit in its place."""
    return {
        "unit": unit_row(line.unit),
        "rank": line.rank,
        "total_time_s": _tenths(line.total_time_s),
        "turnout_s": line.unit.turnout_s,
        **trip_row(line.trip, closures),
        "from": origin_row(line.origin),
        "straight_rank": line.straight_rank,
        "crew_count": line.unit.crew_count,
        "equipment": list(line.unit.equipment),
        "reason_id": line.reason.id,
        "reason_en": line.reason.en,
    }


def left_out_row(line: LeftOut) -> Row:
    """One unit that is not ranked."""
    return {
        "unit": unit_row(line.unit),
        "code": line.code,
        "reason_id": line.reason.id,
        "reason_en": line.reason.en,
    }


def best_set_row(
    found: BestSet,
    call_signs: Mapping[int, str],
    plan: Iterable[Mapping[str, Any]],
    names: Mapping[str, Both],
    chosen: Mapping[str, Any] | None = None,
) -> Row:
    """Who to send for the whole plan, who was sent for it already, and what nobody can do."""
    agencies = {line["agency_code"]: line["agency_name"] for line in plan}
    places = [
        {
            "unit_id": place.unit.id,
            "call_sign": call_signs[place.unit.id],
            "agency_code": place.line.agency_code,
            "capability": place.line.capability,
            "total_time_s": place.unit.tenths / 10,
        }
        for place in found.filled
    ]
    missing = []
    for gap in found.missing:
        what = gap.line.capability
        reason = sentence(
            # Rankings kept before plans knew places said it in other words.
            "found_of_wanted" if chosen else "too_few",
            number=gap.number,
            found=gap.line.number - gap.number,
            wanted=gap.line.number,
            agency=agencies[gap.line.agency_code],
            capability=sentence("any_unit") if what is None else names.get(what, Both(what, what)),
        )
        missing.append(
            {
                "agency_code": gap.line.agency_code,
                "capability": what,
                "number": gap.number,
                "reason_id": reason.id,
                "reason_en": reason.en,
            }
        )
    sent = [place.unit.sent for place in found.filled]
    return {
        "chosen": [row for row, gone in zip(places, sent, strict=True) if not gone],
        "sent": [row for row, gone in zip(places, sent, strict=True) if gone],
        "missing": missing,
        "total_time_s": found.total_time_s,
        **({"plan": chosen} if chosen else {}),
    }


_OF_THE_UNIT = ("from", "turnout_s", "crew_count", "equipment")


def remembered(ranking: Row) -> dict[str, Any]:
    """A ranking without what follows from what is kept beside it: what and how the units are, and
    the line of each way, of which only the hash stays.
    """
    return {
        **ranking,
        "ranked": [_ranked_remembered(line) for line in ranking["ranked"]],
        "left_out": [{**line, "unit": _named(line["unit"])} for line in ranking["left_out"]],
    }


def _named(unit: Row) -> Row:
    return {"id": unit["id"], "call_sign": unit["call_sign"]}


def _ranked_remembered(line: Row) -> Row:
    kept = {**line, "unit": _named(line["unit"]), "route_sha256": None}
    for name in _OF_THE_UNIT:
        del kept[name]
    route = kept.pop("route")
    if route is not None:
        numbers = array("d", chain.from_iterable(route["coordinates"]))
        if sys.byteorder == "big":
            numbers.byteswap()
        kept["route_sha256"] = hashlib.sha256(numbers.tobytes()).hexdigest()
    return kept
