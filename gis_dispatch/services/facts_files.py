"""Reads the files of facts and says in one sentence what is wrong with one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from gis_dispatch import assets
from gis_dispatch.errors import BadInput
from gis_dispatch.services.facts_clocks import ReferralClocks
from gis_dispatch.services.facts_coverage import Coverage
from gis_dispatch.services.facts_models import Agencies, Fact, Kinds, Plans, UnitTypes
from gis_dispatch.services.facts_places import Area, Procedure
from gis_dispatch.services.facts_readiness import Readiness

Model = TypeVar("Model", bound=Fact)


class FactsBroken(BadInput):
    """{file} is not TOML: {problem}."""


class FactsWrong(BadInput):
    """{file}, {field}: {problem}."""


class FactsMissing(BadInput):
    """{file} does not exist. There are: {there}."""


class Facts(NamedTuple):
    """The facts every installation begins with, checked against each other."""

    agencies: Agencies
    kinds: Kinds
    unit_types: UnitTypes
    plans: Plans


def read(path: Path, model: type[Model]) -> Model:
    """One file of facts, or a refusal that names the file and the field."""
    if not path.is_file():
        there = tuple(sorted(other.name for other in path.parent.glob("*.toml")))
        raise FactsMissing(file=path.name, there=there)
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as broken:
        raise FactsBroken(file=path.name, problem=str(broken)) from broken
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise FactsWrong(file=path.name, field=field, problem=first["msg"]) from wrong


@cache
def read_area(name: str) -> Area:
    return read(assets.facts(f"areas/{name}.toml"), Area)


@cache
def read_procedure(name: str) -> Procedure:
    return read(assets.facts(f"procedures/{name}.toml"), Procedure)


@cache
def read_facts() -> Facts:
    """Agencies, kinds, unit types and plans; a plan that names what is not there is refused."""
    facts = Facts(
        agencies=read(assets.facts("agencies.toml"), Agencies),
        kinds=read(assets.facts("kinds.toml"), Kinds),
        unit_types=read(assets.facts("unit_types.toml"), UnitTypes),
        plans=read(assets.facts("response_plans.toml"), Plans),
    )
    check_plans(facts)
    check_profiles(facts.unit_types)
    return facts


@cache
def read_coverage() -> Coverage:
    """The groups of units whose coverage is told; a capability that is not there is refused."""
    coverage = read(assets.facts("coverage.toml"), Coverage)
    known = set(read_facts().unit_types.capabilities)
    for group in coverage.groups:
        for capability in sorted(group.capabilities - known):
            problem = f"{capability!r} is not in unit_types.toml"
            raise FactsWrong(
                file="coverage.toml", field=f"{group.code}.capabilities", problem=problem
            )
    return coverage


@cache
def read_readiness() -> Readiness:
    """What makes a unit ready; a crew of a type that is not there is refused."""
    readiness = read(assets.facts("readiness.toml"), Readiness)
    types = {one.code for one in read_facts().unit_types.unit_types}
    for code in readiness.crews:
        if code not in types:
            problem = f"{code!r} is not in unit_types.toml"
            raise FactsWrong(file="readiness.toml", field=f"crews.{code}", problem=problem)
    return readiness


@cache
def read_referral_clocks() -> ReferralClocks:
    """The time allowed for steps of referrals; an agency that is not there is refused."""
    clocks = read(assets.facts("referral_clocks.toml"), ReferralClocks)
    known = {agency.code for agency in read_facts().agencies.agencies}
    named = {one.agency for one in clocks.allowed} | {one.agency for one in clocks.levels}
    for agency in sorted(named - {None} - known, key=str):
        problem = f"{agency!r} is not in agencies.toml"
        raise FactsWrong(file="referral_clocks.toml", field="agency", problem=problem)
    return clocks


def check_plans(facts: Facts) -> None:
    """Every word a plan uses is defined in another file, and no plan is there twice."""
    known = {
        "kind": {kind.code for kind in facts.kinds.flat()},
        "agency": {agency.code for agency in facts.agencies.agencies},
        "capability": set(facts.unit_types.capabilities),
    }
    seen: set[tuple[str, int | None]] = set()
    for plan in facts.plans.plans:
        key = (plan.kind, plan.priority)
        if key in seen:
            raise _wrong_plan(plan.kind, "priority", "there is already a plan for it")
        seen.add(key)
        if plan.kind not in known["kind"]:
            raise _wrong_plan(plan.kind, "kind", "it is not in kinds.toml")
        for item in plan.items:
            if item.agency not in known["agency"]:
                raise _wrong_plan(plan.kind, "agency", f"{item.agency!r} is not in agencies.toml")
            if item.capability is not None and item.capability not in known["capability"]:
                problem = f"{item.capability!r} is not in unit_types.toml"
                raise _wrong_plan(plan.kind, "capability", problem)


def check_profiles(types: UnitTypes) -> None:
    """A type drives by a profile that exists."""
    there = {path.stem for path in assets.facts("profiles").glob("*.toml")}
    for one in types.unit_types:
        if one.profile not in there:
            problem = f"{one.profile!r} is not in profiles/ ({', '.join(sorted(there))})"
            raise FactsWrong(file="unit_types.toml", field=f"{one.code}.profile", problem=problem)


def _wrong_plan(kind: str, field: str, problem: str) -> FactsWrong:
    return FactsWrong(file="response_plans.toml", field=f"{kind}.{field}", problem=problem)
