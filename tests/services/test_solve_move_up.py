"""The move-up that is found is the best there is: held against trying every one, in small towns."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.move_up import Demand, Move, Mover, covered_after, within
from gis_dispatch.services.solve_move_up import MOST_MOVES, solve_move_up

VILLAGES = ("a", "b", "c")
STATIONS = (1, 2, 3)
Town = tuple[list[Demand], frozenset[int], list[Mover]]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to a dozen points in three villages, up to four units and three stations."""
    demand = draw(
        st.lists(
            st.builds(
                Demand, st.sampled_from(VILLAGES), st.integers(1, 9).map(lambda n: 100.0 * n)
            ),
            min_size=1,
            max_size=12,
        )
    )
    some = st.frozensets(st.sampled_from(range(len(demand))))
    movers = [
        Mover(
            unit_id,
            draw(some),
            {station: draw(some) for station in stations},
            {station: draw(st.integers(1, 900)) * 1.0 for station in stations},
        )
        for unit_id in range(draw(st.integers(0, 4)))
        for stations in [draw(st.frozensets(st.sampled_from(STATIONS)))]
    ]
    return demand, draw(some), movers


def every_move_up(town: Town) -> tuple[int, float]:
    """The most villages that can be within the standard, and the least cost of so many."""
    demand, fixed, movers = town
    best = (0, float("inf"))
    for stations in product(*([None, *sorted(mover.there)] for mover in movers)):
        moves = [
            Move(mover.unit_id, station, mover.cost_s[station])
            for mover, station in zip(movers, stations, strict=True)
            if station is not None
        ]
        if len(moves) > MOST_MOVES:
            continue
        covered = covered_after(fixed, movers, moves)
        count = len(within(demand, covered, frozenset(VILLAGES)))
        cost = sum(1 + move.driving_time_s for move in moves)
        if count > best[0] or (count == best[0] and cost < best[1]):
            best = (count, cost)
    return best


@settings(max_examples=150, deadline=None)
@given(towns())
def test_no_other_moves_do_more_or_cost_less(town: Town) -> None:
    demand, fixed, movers = town
    found = solve_move_up(demand, fixed, movers, frozenset(VILLAGES))
    assert found.proven
    after = within(demand, covered_after(fixed, movers, found.moves), frozenset(VILLAGES))
    assert found.within == after, "what is said of it is true"
    cost = sum(1 + move.driving_time_s for move in found.moves)
    most, least = every_move_up(town)
    assert len(after) == most
    assert abs(cost - least) < 1e-6
    assert len({move.unit_id for move in found.moves}) == len(found.moves), "each unit once"


def test_nobody_is_moved_where_nothing_is_missing() -> None:
    demand = [Demand("a", 100.0), Demand("b", 100.0)]
    mover = Mover(7, frozenset({0, 1}), {1: frozenset({0, 1})}, {1: 60.0})
    found = solve_move_up(demand, frozenset(), [mover], frozenset({"a", "b"}))
    assert (found.moves, found.within) == ((), frozenset({"a", "b"}))


def test_a_unit_does_not_leave_one_gap_for_another() -> None:
    demand = [Demand("a", 100.0), Demand("b", 100.0)]
    mover = Mover(7, frozenset({0}), {1: frozenset({1})}, {1: 60.0})
    found = solve_move_up(demand, frozenset(), [mover], frozenset({"a", "b"}))
    assert (found.moves, found.within) == ((), frozenset({"a"}))
