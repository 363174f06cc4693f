"""Which response plan holds: the kind before its parent, its priority before any."""

from gis_dispatch.domain.plans import PlanItem, capabilities_of, choose_plan, roles_of


def item(kind: str, priority: int | None, agency: str, role: str = "lead") -> PlanItem:
    return PlanItem(kind, priority, agency, agency, agency, role, f"can-{agency}", 1)


ITEMS = [
    item("fire", None, "any"),
    item("fire", 1, "urgent"),
    item("fire", 1, "urgent", "support"),
    item("fire.land", None, "land"),
]


def test_the_most_fitting_plan_wins_and_plans_are_not_mixed() -> None:
    assert {i.agency_code for i in choose_plan(ITEMS, "fire", 1)} == {"urgent"}
    assert {i.agency_code for i in choose_plan(ITEMS, "fire", 2)} == {"any"}
    assert {i.agency_code for i in choose_plan(ITEMS, "fire.land", 1)} == {"land"}
    assert {i.agency_code for i in choose_plan(ITEMS, "fire.car", 1)} == {"urgent"}
    assert choose_plan(ITEMS, "flood", 1) == []


def test_an_agency_that_leads_anything_leads() -> None:
    assert roles_of(choose_plan(ITEMS, "fire", 1)) == {"urgent": "lead"}
    assert capabilities_of(ITEMS, "land") == {"can-land"}
