"""Puts the facts of the files into the database; what an administrator changed stays as it is."""

from typing import Any

from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.facts_files import (
    Facts,
    read_area,
    read_facts,
    read_readiness,
    read_referral_clocks,
)
from gis_dispatch.services.facts_places import Area


def load_facts(house: House, area: str) -> None:
    """Adds what is not there yet; can be run at every start.

    Plans and needs of crews are made only where there are none at all: one that was removed must
    not come back.
    """
    facts, city = read_facts(), read_area(area)
    with house.store.transaction() as tx:
        tx.run("load_agencies", rows=_rows(facts.agencies.agencies))
        tx.run("load_kinds", rows=_rows(facts.kinds.flat()))
        tx.run("load_unit_types", rows=_rows(facts.unit_types.unit_types))
        if not tx.value("count_plans"):
            _load_plans(tx, facts)
        tx.run("load_crew_needs", rows=_crew_needs())
        _load_clocks(tx)
        _load_area(tx, city)


def _load_plans(tx: Transaction, facts: Facts) -> None:
    for plan in facts.plans.plans:
        plan_id = tx.value("put_plan", kind=plan.kind, priority=plan.priority)
        tx.run("fill_plan", id=plan_id, rows=_rows(plan.items))


def _crew_needs() -> list[dict[str, Any]]:
    return [
        {"type_code": type_code, "skill": skill, "number": number}
        for type_code, crew in read_readiness().crews.items()
        for skill, number in crew.needs.items()
    ]


def _load_clocks(tx: Transaction) -> None:
    clocks = read_referral_clocks()
    tx.run("load_allowances", rows=clocks.allowances())
    # As with plans: a level that was removed must not come back.
    if not tx.value("count_levels"):
        tx.run("add_levels", rows=clocks.chain())


def _load_area(tx: Transaction, city: Area) -> None:
    tx.run("load_districts", rows=[{"code": one.code, "name": one.name} for one in city.districts])
    villages = [
        {**village.model_dump(mode="json"), "district_code": district.code}
        for district in city.districts
        for village in district.villages
    ]
    tx.run("load_villages", rows=villages)


def _rows(facts: Any) -> list[dict[str, Any]]:
    return [fact.model_dump(mode="json") for fact in facts]
