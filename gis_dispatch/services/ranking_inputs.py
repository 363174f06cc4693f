"""What a ranking reckons with: the units as they are now, and the closures that hold now."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.candidates import Candidate, origin_of
from gis_dispatch.domain.reasons import Both
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.ports import House, Row
from gis_dispatch.services.facts_files import read_facts
from gis_dispatch.services.read_readiness import list_readiness


@dataclass(frozen=True)
class ActiveClosure:
    """A closure for the road engine, and for people."""

    road: RoadClosure
    reason: str
    starts_at: datetime


def read_candidates(house: House) -> list[Candidate]:
    """Every unit in use, as it is at this moment."""
    lacking = _lacking(house) if house.leaves_out_incomplete else {}
    rows = house.store.reads.all("list_candidates")
    return [_candidate(row, lacking.get(row["id"])) for row in rows]


def _lacking(house: House) -> dict[int, Both]:
    """What each unit that is not complete lacks."""
    found = {}
    for unit in list_readiness(house.store.reads, house.clock.now()):
        if unit["missing"]:
            languages = ("sentence_id", "sentence_en")
            found[unit["id"]] = Both(
                *(", ".join(one[name] for one in unit["missing"]) for name in languages)
            )
    return found


def _candidate(row: Row, shortfall: Both | None) -> Candidate:
    station = row["station_name"] and {"lon": row["station_lon"], "lat": row["station_lat"]}
    return Candidate(
        id=row["id"],
        call_sign=row["call_sign"],
        agency_code=row["agency_code"],
        agency_name=row["agency_name"],
        type_code=row["type_code"],
        icon=row["icon"],
        profile=row["profile"],
        turnout_s=float(row["turnout_s"]),
        capabilities=frozenset(row["capabilities"]),
        station_name=row["station_name"],
        duty=row["duty"],
        duty_reason=row["duty_reason"],
        busy_incident=row["busy_incident"],
        busy_status=row["busy_status"],
        origin=origin_of(row if row["age_s"] is not None else None, station),
        crew_count=row["crew_count"],
        equipment=tuple(row["equipment"]),
        shortfall=shortfall,
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
    return Start(
        unit.id, origin.lon, origin.lat, unit.profile, origin.heading_deg, delay_s=unit.turnout_s
    )


def capability_names() -> dict[str, Both]:
    """What capabilities are called, from the facts."""
    known = read_facts().unit_types.capabilities
    return {code: Both(fact.name_id, fact.name_en) for code, fact in known.items()}
