"""A ranking as the API, the browser and the record hold it."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.candidates import Candidate, LeftOut, Origin
from gis_dispatch.domain.ranking import Ranked
from gis_dispatch.domain.roads import RoadsStatus, Trip
from gis_dispatch.ports import Row
from gis_dispatch.services.ranking_inputs import ActiveClosure


def network_row(status: RoadsStatus) -> Row:
    """Which roads it was worked out on."""
    return {"version": status.version, "place": status.place, "sample": status.sample}


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
        "lon": origin.lon,
        "lat": origin.lat,
        "source": origin.source,
        "age_s": None if origin.age_s is None else round(origin.age_s, 1),
    }


def trip_row(trip: Trip, closures: Mapping[int, ActiveClosure]) -> Row:
    """By which way."""
    return {
        "driving_time_s": round(trip.driving_time_s, 1),
        "length_m": round(trip.length_m, 1),
        "route": {"type": "LineString", "coordinates": [list(point) for point in trip.line]},
        "streets": list(trip.streets),
        "closures_avoided": [
            {
                "closure_id": cost.closure_id,
                "reason": closures[cost.closure_id].reason,
                "cost_s": round(cost.cost_s, 1),
            }
            for cost in trip.closures_avoided
            if cost.closure_id in closures
        ],
    }


def ranked_row(line: Ranked, closures: Mapping[int, ActiveClosure]) -> Row:
    """One able unit in its place."""
    return {
        "unit": unit_row(line.unit),
        "rank": line.rank,
        "total_time_s": round(line.total_time_s, 1),
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


def remembered(ranking: Row) -> dict[str, Any]:
    """A ranking without its routes: they follow from the roads and closures that are kept."""
    lines = [{k: v for k, v in line.items() if k != "route"} for line in ranking["ranked"]]
    return {**ranking, "ranked": lines}
