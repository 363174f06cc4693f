"""Which response plan holds: kind before place before priority; and what each alarm adds."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.plans import PlanItem, capabilities_of, choose_plan, roles_of
from gis_dispatch.domain.reasons import Both


def item(
    kind: str, priority: int | None, agency: str, role: str = "lead", *, plan_id: int = 0,
    place: str | None = None, size_m2: float | None = None, alarm: int = 1,
) -> PlanItem:  # fmt: skip
    return PlanItem(
        kind, priority, agency, agency, agency, role, f"can-{agency}", 1, alarm, plan_id,
        Both(kind, kind), place, place and f"{place} {plan_id}", size_m2,
    )  # fmt: skip


ITEMS = [
    item("fire", None, "any", plan_id=1),
    item("fire", 1, "urgent", plan_id=2),
    item("fire", 1, "urgent", "support", plan_id=2),
    item("fire.land", None, "land", plan_id=3),
]


def chosen(items: list[PlanItem], kind: str, priority: int) -> set[str]:
    return {i.agency_code for i in choose_plan(items, kind, priority).items}


def test_the_most_fitting_plan_wins_and_plans_are_not_mixed() -> None:
    assert chosen(ITEMS, "fire", 1) == {"urgent"}
    assert chosen(ITEMS, "fire", 2) == {"any"}
    assert chosen(ITEMS, "fire.land", 1) == {"land"}
    assert chosen(ITEMS, "fire.car", 1) == {"urgent"}
    nothing = choose_plan(ITEMS, "flood", 1)
    assert (nothing.items, nothing.others, nothing.highest_alarm) == ((), (), 1)
    assert nothing.why.en == "There is no response plan for this kind."


def test_an_agency_that_leads_anything_leads() -> None:
    assert roles_of(choose_plan(ITEMS, "fire", 1).items) == {"urgent": "lead"}
    assert capabilities_of(ITEMS, "land") == {"can-land"}


def test_the_smaller_place_wins_over_priority_but_not_over_kind() -> None:
    placed = [
        *ITEMS,
        item("fire", None, "city-part", plan_id=4, place="district"),
        item("fire", None, "quarter", plan_id=5, place="village"),
        item("fire", None, "market", plan_id=6, place="area", size_m2=900.0),
        item("fire", None, "stalls", plan_id=7, place="area", size_m2=90.0),
    ]
    assert chosen(placed, "fire", 1) == {"stalls"}
    assert chosen(placed[:-1], "fire", 1) == {"market"}
    assert chosen(placed[:-2], "fire", 1) == {"quarter"}
    assert chosen(placed[:-3], "fire", 1) == {"city-part"}
    assert chosen(placed, "fire.land", 1) == {"land"}


def test_it_is_said_why() -> None:
    by_priority = choose_plan(ITEMS, "fire", 1)
    assert by_priority.why.en == (
        "Plan: fire · P1 · the whole city."
        " More specific in priority than fire · every priority · the whole city."
    )
    assert "jenis" in choose_plan(ITEMS, "fire.land", 1).why.id
    here = [*ITEMS, item("fire", None, "market", plan_id=6, place="area", size_m2=9.0)]
    assert choose_plan(here, "fire", 1).why.en == (
        "Plan: fire · every priority · area 6."
        " More specific in place than fire · P1 · the whole city."
    )
    assert choose_plan(ITEMS[:1], "fire", 1).why.en.startswith("Plan: fire · every priority")


def test_each_alarm_adds_its_lines() -> None:
    items = [item("fire", None, f"a{alarm}", alarm=alarm) for alarm in (1, 2, 3)]
    choice = choose_plan(items, "fire", 2)
    assert [i.agency_code for i in choice.at_alarm(2)] == ["a1", "a2"]
    assert [i.agency_code for i in choice.added(1, 3)] == ["a2", "a3"]
    assert choice.added(3, 1) == []
    assert choice.highest_alarm == 3


PLANS = st.lists(
    st.builds(
        item,
        st.sampled_from(["fire", "fire.land", "flood"]),
        st.sampled_from([None, 1, 2]),
        st.just("a"),
        plan_id=st.integers(1, 9),
        place=st.sampled_from([None, "district", "village", "area"]),
        size_m2=st.just(5.0),
        alarm=st.integers(1, 3),
    ),
    unique_by=lambda one: one.plan_id,
)


@given(PLANS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(items: list[PlanItem], chance: Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert choose_plan(shuffled, "fire.land", 1) == choose_plan(items, "fire.land", 1)
