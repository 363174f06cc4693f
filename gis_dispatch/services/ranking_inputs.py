"""What a ranking reckons with: the units as they are now, and the closures that hold now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gis_dispatch.domain.candidates import Candidate, origin_of
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.ranking import ClosureNote
from gis_dispatch.domain.reasons import Both
from gis_dispatch.domain.roads import NoTrip, RoadClosure, Start, Trip
from gis_dispatch.ports import House, Row
from gis_dispatch.services.facts_files import read_facts


@dataclass(frozen=True)
class ActiveClosure:
    """A closure for the road engine, and for people."""

    road: RoadClosure
    reason: str
    starts_at: datetime


def read_candidates(house: House) -> list[Candidate]:
    """Every unit in use, as it is at this moment."""
    names = {row["code"]: row["short_name"] for row in house.store.reads.all("list_agencies")}
    return [_candidate(row, names) for row in house.store.reads.all("list_units")]


def _candidate(row: Row, agencies: Mapping[str, str]) -> Candidate:
    kind, station = row["type"], row["station"]
    return Candidate(
        id=row["id"],
        call_sign=row["call_sign"],
        agency_code=row["agency_code"],
        agency_name=agencies.get(row["agency_code"], row["agency_code"]),
        type_code=kind["code"],
        icon=kind["icon"],
        profile=kind["profile"],
        turnout_s=float(kind["turnout_s"]),
        capabilities=frozenset(kind["capabilities"]),
        station_name=station["name"] if station else None,
        duty=row["duty"],
        duty_reason=row["duty_reason"],
        busy_incident=row["incident_number"] if row["busy"] else None,
        busy_status=row["assignment_status"],
        origin=origin_of(row["position"], station),
        crew_count=len(row["crew"]),
        equipment=tuple(part["name"] for part in row["equipment"] if part["fit"]),
    )


def read_closures(house: House, at: datetime) -> list[ActiveClosure]:
    """The closures that hold at a moment."""
    return [
        ActiveClosure(
            road=RoadClosure(
                id=row["id"],
                version=row["version"],
                geometry=row["geometry"],
                effect=row["effect"],
                speed_kph=row["speed_kph"],
                depth_cm=row["depth_cm"],
                profiles=tuple(row["profiles"]) if row["profiles"] else None,
            ),
            reason=row["reason"],
            starts_at=row["starts_at"],
        )
        for row in house.store.reads.all("list_closures_at", moment=at)
    ]


def start_of(unit: Candidate) -> Start | None:
    """Where the roads begin for a unit, if anybody knows where it is."""
    origin = unit.origin
    if origin is None:
        return None
    return Start(unit.id, origin.lon, origin.lat, unit.profile, origin.heading_deg)


def notes_for(
    house: House, closures: Sequence[ActiveClosure], trips: Iterable[Trip | NoTrip]
) -> dict[int, ClosureNote]:
    """Closures in words; street names are looked up only for those that some trip met."""
    trips = list(trips)
    met = {cost.closure_id for t in trips if isinstance(t, Trip) for cost in t.closures_avoided}
    if any(isinstance(t, NoTrip) and t.reason == "cut_off_by_closures" for t in trips):
        met |= {closure.road.id for closure in closures}
    return {c.road.id: _note(house, c) for c in closures if c.road.id in met}


def _note(house: House, closure: ActiveClosure) -> ClosureNote:
    lon, lat = _middle(closure.road.geometry)
    road = house.roads.snap(lon, lat)
    return ClosureNote(
        id=closure.road.id,
        effect=closure.road.effect,
        street=road.street if road else None,
        since=_since(closure.starts_at, house.clock.now(), house.timezone),
        reason=closure.reason,
    )


def _since(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """14:05, or with its date when that was not today."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%d/%m %H:%M}"


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """A place on the drawing: the corner nearest to the middle of its corners."""
    points = list(_points(geometry["coordinates"]))
    lon = sum(point[0] for point in points) / len(points)
    lat = sum(point[1] for point in points) / len(points)
    if geometry["type"].endswith("Polygon"):
        return lon, lat
    return min(points, key=lambda point: straight_line_m(point[0], point[1], lon, lat))


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def capability_names() -> dict[str, Both]:
    """What capabilities are called, from the facts."""
    known = read_facts().unit_types.capabilities
    return {code: Both(fact.name_id, fact.name_en) for code, fact in known.items()}
