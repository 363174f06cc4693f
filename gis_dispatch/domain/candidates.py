"""A unit that might be sent: where it would start, and whether anything keeps it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gis_dispatch.domain.reasons import Both, Reason, sentence, status

# A position older than this says less about where a unit is than its station does.
POSITION_TOO_OLD_S = 1800.0


class Origin(NamedTuple):
    """Where a unit would start, how we know, and how old that knowledge is."""

    lon: float
    lat: float
    source: str
    age_s: float | None
    heading_deg: float | None = None


class Candidate(NamedTuple):
    """One unit as it is at the moment of ranking."""

    id: int
    call_sign: str
    agency_code: str
    agency_name: str
    type_code: str
    icon: str
    profile: str
    turnout_s: float
    capabilities: frozenset[str]
    station_name: str | None
    duty: str
    duty_reason: str | None
    busy_incident: str | None
    busy_status: str | None
    origin: Origin | None
    crew_count: int
    equipment: tuple[str, ...]
    shortfall: Both | None = None
    """What it lacks, where the city leaves such units out."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; nothing named means that anything will do."""

    agency: str | None = None
    profile: str | None = None
    capabilities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, Both] = field(default_factory=dict)

    def of_agency(self, agency_code: str) -> frozenset[str]:
        """The capabilities of which a unit of this agency must have at least one."""
        return self.capabilities.get(agency_code, frozenset())

    def named(self, capabilities: frozenset[str]) -> Both:
        """The names of capabilities, for a sentence."""
        named = [self.names.get(code, Both(code, code)) for code in sorted(capabilities)]
        return Both(", ".join(n.id for n in named), ", ".join(n.en for n in named))


class LeftOut(NamedTuple):
    """A unit that is not ranked, and why."""

    unit: Candidate
    code: str
    reason: Reason


def origin_of(
    position: Mapping[str, Any] | None, station: Mapping[str, Any] | None
) -> Origin | None:
    """The last position while it is fresh, else the station, else an old position."""
    seen = position and Origin(
        lon=position["lon"],
        lat=position["lat"],
        source="position",
        age_s=max(0.0, position["age_s"]),
        heading_deg=position["heading_deg"] if (position["speed_kph"] or 0) >= 10 else None,
    )
    if seen and (seen.age_s or 0.0) <= POSITION_TOO_OLD_S:
        return seen
    if station:
        return Origin(station["lon"], station["lat"], "station", seen.age_s if seen else None)
    return seen or None


def kept_back(unit: Candidate, wanted: Wanted) -> LeftOut | None:
    """What keeps a unit from being sent, before any road is looked at."""
    needed = wanted.of_agency(unit.agency_code)
    if wanted.agency is not None and unit.agency_code != wanted.agency:
        return _left_out(unit, "other_agency", agency=unit.agency_name)
    if unit.busy_incident is not None:
        doing = status(unit.busy_status or "")
        return _left_out(unit, "busy", incident=unit.busy_incident, status=doing)
    if unit.duty == "off_duty":
        return _left_out(unit, "off_duty")
    if unit.duty == "out_of_service":
        return _left_out(unit, "out_of_service", reason=unit.duty_reason or "-")
    if unit.shortfall is not None:
        return _left_out(unit, "incomplete", missing=unit.shortfall)
    if wanted.profile is not None and unit.profile != wanted.profile:
        return _left_out(unit, "other_profile", profile=unit.profile)
    if needed and not needed & unit.capabilities:
        return _left_out(unit, "lacks_capability", missing=wanted.named(needed))
    if unit.origin is None:
        return _left_out(unit, "no_place")
    return None


def _left_out(unit: Candidate, code: str, **fields: object) -> LeftOut:
    return LeftOut(unit, code, sentence(code, **fields))
