"""Response plans: who goes to what, with which capability and how many."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.plans import HIGHEST_ALARM
from gis_dispatch.errors import KindUnknown, NoAgencyGiven
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.admin_refusals import (
    PlacesMixed,
    PlaceUnknown,
    PlanNotFound,
    PlanTooLarge,
)
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
    district_code: str | None = None,
    village_code: str | None = None,
    area_id: int | None = None,
    items: Sequence[Mapping[str, Any]],
) -> int:
    """Makes the plan for a kind, priority and place (none = every one), or replaces its rows."""
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
                "alarm": number(item.get("alarm", 1), f"items.{at}.alarm", 1, HIGHEST_ALARM),
            }
            for at, item in enumerate(items)
        ]
        wanted = sum(int(item.get("number", 1)) for item in items)
        if wanted > MOST_UNITS:
            raise PlanTooLarge(field="items", given=wanted, most=MOST_UNITS)
        place: dict[str, Any] = {
            "district_code": district_code,
            "village_code": village_code,
            "area_id": area_id,
        }
        _require_place(tx, place)
        plan_id = int(tx.value("put_plan", kind=kind, priority=priority, **place))
        tx.run("clear_plan", id=plan_id)
        tx.run("fill_plan", id=plan_id, rows=rows)
        record(tx, house, actor, "plan.changed", of_kind=kind, priority=priority, **place)
    return plan_id


def _require_place(tx: Transaction, place: Mapping[str, Any]) -> None:
    """One place at most, and one that there is."""
    given = {field: value for field, value in place.items() if value is not None}
    if len(given) > 1:
        raise PlacesMixed(field=next(iter(given)))
    known = {(row["level"], row["code"]) for row in tx.all("list_plan_places")}
    for field, value in given.items():
        there = (
            tx.find("find_plan_area", id=value) is not None
            if field == "area_id"
            else (field.removesuffix("_code"), value) in known
        )
        if not there:
            raise PlaceUnknown(field=field, given=value)


def remove_plan(house: House, actor: Actor, plan_id: int) -> None:
    """Without its own plan a sub-kind follows its kind's."""
    with house.store.transaction() as tx:
        if not tx.run("remove_plan", id=plan_id):
            raise PlanNotFound(id=plan_id)
        record(tx, house, actor, "plan.changed", plan_id=plan_id, removed=True)
