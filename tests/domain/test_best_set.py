"""The best set is the best one: held against trying every way there is."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.best_set import Able, BestSet, PlanLine, best_set

AGENCIES = ("damkar", "psc119")
CAPABILITIES = ("ambulance", "fire", "rescue")

lines = st.lists(
    st.builds(
        PlanLine,
        st.sampled_from(AGENCIES),
        st.none() | st.sampled_from(CAPABILITIES),
        st.integers(1, 3),
    ),
    max_size=3,
)
units = st.lists(
    st.tuples(
        st.sampled_from(AGENCIES),
        st.frozensets(st.sampled_from(CAPABILITIES)),
        st.integers(0, 5).map(lambda tens: tens * 10.3),
        st.sampled_from((False, False, False, True)),
    ),
    max_size=5,
).map(lambda drawn: [Able(id, *facts) for id, facts in enumerate(drawn)])


def every_way(places: list[PlanLine], left: list[Able]) -> Iterator[list[Able | None]]:
    """Every way to fill the places one after the other, each also with nobody."""
    if not places:
        yield []
        return
    for rest in every_way(places[1:], left):
        yield [None, *rest]
    for unit in left:
        if unit.fits(places[0]):
            others = [other for other in left if other is not unit]
            for rest in every_way(places[1:], others):
                yield [unit, *rest]


def score(way: list[Able | None], order: list[int]) -> tuple[int, int, list[int]]:
    """Empty places, then time, then who stands first: less is better."""
    filled = [unit for unit in way if unit is not None]
    return (
        len(way) - len(filled),
        sum(unit.tenths for unit in filled),
        [order.index(unit.id) if unit else len(order) for unit in way],
    )


@given(lines, units)
def test_no_other_set_is_better(asked: list[PlanLine], able: list[Able]) -> None:
    order = [u.id for u in sorted(able, key=lambda unit: (unit.tenths, unit.id))]
    places = [line for line in asked for _ in range(line.number)][:5]
    asked = [PlanLine(line.agency_code, line.capability, 1) for line in places]
    best = min(every_way(places, able), key=lambda way: score(way, order))
    found = best_set(asked, able)
    assert [place.unit.id for place in found.filled] == [u.id for u in best if u is not None]
    assert [m.line for m in found.missing] == [
        line for line, unit in zip(asked, best, strict=True) if unit is None
    ]
    assert found.total_time_s * 10 == sum(u.tenths for u in best if u is not None)


@given(lines, units)
def test_every_place_is_filled_by_one_that_fits_or_is_missing(
    asked: list[PlanLine], able: list[Able]
) -> None:
    found = best_set(asked, able)
    chosen = [place.unit.id for place in found.filled]
    assert len(chosen) == len(set(chosen))
    assert all(place.unit.fits(place.line) for place in found.filled)
    assert len(chosen) + sum(m.number for m in found.missing) == sum(x.number for x in asked)
    assert all(m.number > 0 for m in found.missing)


def engine(id: int, time_s: float, *more: str, sent: bool = False) -> Able:
    return Able(id, "damkar", frozenset({"fire", *more}), time_s, sent)


def ids(found: BestSet) -> list[int]:
    return [place.unit.id for place in found.filled]


def test_the_soonest_gives_way_where_only_it_can_rescue() -> None:
    asked = [PlanLine("damkar", "fire", 1), PlanLine("damkar", "rescue", 1)]
    found = best_set(asked, [engine(1, 100, "rescue"), engine(2, 200)])
    assert ids(found) == [2, 1]
    assert found.total_time_s == 300
    assert found.missing == ()


def test_one_that_was_sent_fills_its_place_and_costs_nothing() -> None:
    asked = [PlanLine("damkar", "fire", 2)]
    found = best_set(asked, [engine(1, 100), engine(2, 900, sent=True), engine(3, 50)])
    assert ids(found) == [2, 3]
    assert found.total_time_s == 50


def test_what_nobody_can_do_is_missing() -> None:
    asked = [PlanLine("damkar", None, 3), PlanLine("pln", None, 1)]
    found = best_set(asked, [engine(1, 100)])
    assert ids(found) == [1]
    assert [(m.line.agency_code, m.number) for m in found.missing] == [("damkar", 2), ("pln", 1)]


def test_a_large_plan_is_still_exact() -> None:
    asked = [PlanLine("damkar", "fire", 12), PlanLine("damkar", "rescue", 8)]
    able = [engine(i, 100 + i, *(["rescue"] if i % 3 == 0 else [])) for i in range(60)]
    found = best_set(asked, able)
    assert ids(found)[12:] == [0, 3, 6, 9, 12, 15, 18, 21]
    assert ids(found)[:12] == [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17]


def test_agencies_that_share_no_unit_are_chosen_each_by_itself() -> None:
    asked = [PlanLine(agency, None, 50) for agency in ("pln", "damkar", "pmi", "psc119")]
    able = [
        Able(id, ("damkar", "psc119", "pmi", "pln")[id % 4], frozenset(), 1000 - id)
        for id in range(400)
    ]
    found = best_set(asked, able)
    assert found.missing == ()
    assert ids(found)[:3] == [399, 395, 391]
    assert {place.unit.id for place in found.filled} == set(range(200, 400))
