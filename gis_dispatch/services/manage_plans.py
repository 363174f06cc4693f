"""Response plans: who goes to what, with which capability and how many."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import KindUnknown, NoAgencyGiven
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import PlanNotFound, PlanTooLarge
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, number, record

ROLES = ("lead", "support")
MOST_UNITS = 40
"""That a plan asks for in all: the best set for them is found at once."""


def put_plan(
    house: House,
    actor: Actor,
    *,
    kind: str,
    priority: int | None,
    items: Sequence[Mapping[str, Any]],
) -> int:
    """Makes the plan for a kind and priority (none = every priority), or replaces its rows."""
    if not items:
        raise NoAgencyGiven(field="items")
    if priority is not None:
        number(priority, "priority", 1, 4)
    with house.store.transaction() as tx:
        if tx.find("find_kind", code=kind) is None:
            raise KindUnknown(field="kind", given=kind)
        known = {row["capability"] for row in tx.all("known_capabilities")}
        rows = [
            {
                "agency": agency(tx, item["agency"], f"items.{at}.agency"),
                "role": choice(f"items.{at}.role", item["role"], ROLES),
                "capability": choice(f"items.{at}.capability", item["capability"], sorted(known))
                if item.get("capability")
                else None,
                "number": number(item.get("number", 1), f"items.{at}.number", 1, 50),
            }
            for at, item in enumerate(items)
        ]
        wanted = sum(int(item.get("number", 1)) for item in items)
        if wanted > MOST_UNITS:
            raise PlanTooLarge(field="items", given=wanted, most=MOST_UNITS)
        plan_id = int(tx.value("put_plan", kind=kind, priority=priority))
        tx.run("clear_plan", id=plan_id)
        tx.run("fill_plan", id=plan_id, rows=rows)
        record(tx, house, actor, "plan.changed", of_kind=kind, priority=priority)
    return plan_id


def remove_plan(house: House, actor: Actor, plan_id: int) -> None:
    """Without its own plan a sub-kind follows its kind's."""
    with house.store.transaction() as tx:
        if not tx.run("remove_plan", id=plan_id):
            raise PlanNotFound(id=plan_id)
        record(tx, house, actor, "plan.changed", plan_id=plan_id, removed=True)
