"""What a unit lacks, by name: crew, equipment, vehicle; from what is known and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from gis_dispatch.domain.crews import Need, Person, gaps
from gis_dispatch.domain.reasons import Both, duration, filled

Part = Literal["crew", "equipment", "vehicle"]
PARTS: tuple[Part, ...] = ("crew", "equipment", "vehicle")
CrewSource = Literal["shift", "usual"]

WORDS: dict[str, Both] = {
    "nobody_on_shift": Both("tidak ada awak dalam giliran ini", "nobody is on shift"),
    "skill_missing": Both("{skill}", "{skill}"),
    "skills_missing": Both("{number} {skill}", "{number} {skill}"),
    "no_crew": Both("awak belum dicatat", "no crew entered"),
    "unfit": Both("{name}: tidak laik", "{name}: not fit"),
    "unfit_because": Both("{name}: {defect}", "{name}: {defect}"),
    "check_overdue": Both(
        "{name}: pemeriksaan terlambat {late}", "{name}: check overdue since {late}"
    ),
    "never_checked": Both("{name}: belum pernah diperiksa", "{name}: never checked"),
    "supply_low": Both("{name} {percent} %", "{name} {percent} %"),
    "supply_old": Both(
        "{name} {percent} %, dicatat {age} lalu", "{name} {percent} %, noted {age} ago"
    ),
    "supply_unknown": Both("{name}: belum dicatat", "{name}: not noted yet"),
    "vehicle_unfit": Both("kendaraan: {defect}", "vehicle: {defect}"),
    "permit_expired": Both("uji laik jalan lewat {late}", "road permit expired since {late}"),
    "vehicle_unseen": Both("kendaraan belum pernah diperiksa", "vehicle never looked at"),
    "vehicle_old": Both("kendaraan diperiksa {age} lalu", "vehicle looked at {age} ago"),
}


@dataclass(frozen=True)
class Thing:
    """A piece of equipment with its last check."""

    name: str
    fit: bool
    defect: str | None
    checked_at: datetime | None
    valid_days: int | None

    @property
    def due_at(self) -> datetime | None:
        """When it must be checked again; None where no check is asked for, or never was one."""
        if self.valid_days is None or self.checked_at is None:
            return None
        return self.checked_at + timedelta(days=self.valid_days)


@dataclass(frozen=True)
class Level:
    """How full something is, as last noted."""

    kind: str
    percent: int
    noted_at: datetime


@dataclass(frozen=True)
class Vehicle:
    """The last look at the vehicle itself."""

    fit: bool
    defect: str | None
    checked_at: datetime
    permit_until: datetime | None


@dataclass(frozen=True)
class Supply:
    """What is asked of a level: at least so much, noted not longer ago than this."""

    name: Both
    least_percent: int
    old_after: timedelta


@dataclass(frozen=True)
class Rules:
    """What the city asks of units."""

    skills: Mapping[str, Both]
    supplies: Mapping[str, Supply]
    carried: Mapping[str, Sequence[str]]
    """The supplies that a unit of a type carries."""
    vehicle_days: int


@dataclass(frozen=True)
class Condition:
    """Everything that is known of one unit's readiness at a moment."""

    type_code: str
    crew_source: CrewSource
    people: Sequence[Person]
    needs: Sequence[Need]
    equipment: Sequence[Thing] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    vehicle: Vehicle | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that is missing, or (`sure` is False) that nobody can tell."""

    part: Part
    code: str
    sure: bool
    words: Both


def findings(condition: Condition, rules: Rules, at: datetime) -> list[Finding]:
    """What is missing first, then what is not known; crew before equipment before vehicle."""
    found = [
        *_crew(condition, rules),
        *_equipment(condition, at),
        *_vehicle(condition, rules, at),
    ]
    return sorted(found, key=lambda one: not one.sure)


def missing(found: Sequence[Finding]) -> list[Finding]:
    """The findings that make a unit not ready."""
    return [one for one in found if one.sure]


def _age(seconds: float) -> Both:
    """Days where hours would be many."""
    days = int(seconds // 86_400)
    return Both(f"{days} hari", f"{days} days") if days >= 2 else duration(seconds)


def _found(part: Part, code: str, *, sure: bool = True, **fields: object) -> Finding:
    return Finding(part, code, sure, filled(WORDS[code], fields))


def _crew(condition: Condition, rules: Rules) -> list[Finding]:
    if not condition.people:
        if condition.crew_source == "shift":
            return [_found("crew", "nobody_on_shift")]
        return [_found("crew", "no_crew", sure=bool(condition.needs))]
    found = []
    for gap in gaps(condition.needs, condition.people):
        skill = rules.skills.get(gap.skill, Both(gap.skill, gap.skill))
        code = "skill_missing" if gap.number == 1 else "skills_missing"
        found.append(_found("crew", code, skill=skill, number=gap.number))
    return found


def _equipment(condition: Condition, at: datetime) -> list[Finding]:
    found = []
    for thing in condition.equipment:
        due_at = thing.due_at
        if not thing.fit:
            code = "unfit_because" if thing.defect else "unfit"
            found.append(_found("equipment", code, name=thing.name, defect=thing.defect))
        elif due_at is not None and due_at < at:
            late = _age((at - due_at).total_seconds())
            found.append(_found("equipment", "check_overdue", name=thing.name, late=late))
        elif thing.valid_days is not None and thing.checked_at is None:
            found.append(_found("equipment", "never_checked", name=thing.name))
    return found


def _vehicle(condition: Condition, rules: Rules, at: datetime) -> list[Finding]:
    found = []
    vehicle = condition.vehicle
    if vehicle is None:
        found.append(_found("vehicle", "vehicle_unseen", sure=False))
    elif not vehicle.fit:
        found.append(_found("vehicle", "vehicle_unfit", defect=vehicle.defect))
    elif vehicle.checked_at < at - timedelta(days=rules.vehicle_days):
        age = _age((at - vehicle.checked_at).total_seconds())
        found.append(_found("vehicle", "vehicle_old", sure=False, age=age))
    if vehicle and vehicle.permit_until and vehicle.permit_until < at:
        late = _age((at - vehicle.permit_until).total_seconds())
        found.append(_found("vehicle", "permit_expired", late=late))
    for kind in rules.carried.get(condition.type_code, ()):
        found += _level(condition.levels.get(kind), rules.supplies[kind], at)
    return found


def _level(level: Level | None, supply: Supply, at: datetime) -> list[Finding]:
    if level is None:
        return [_found("vehicle", "supply_unknown", sure=False, name=supply.name)]
    name, percent = supply.name, level.percent
    if percent < supply.least_percent:
        return [_found("vehicle", "supply_low", name=name, percent=percent)]
    if level.noted_at < at - supply.old_after:
        age = _age((at - level.noted_at).total_seconds())
        return [_found("vehicle", "supply_old", sure=False, name=name, percent=percent, age=age)]
    return []
