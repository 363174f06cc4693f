"""Finds the cheapest move-up by mixed-integer programming (HiGHS): exact, in two steps.

First the most villages that can be within the standard, then the least driving that brings so many.
Points that the same units reach from the same places are one point: that keeps the programme small.
"""

from collections.abc import Sequence
from typing import Any

from gis_dispatch.domain.move_up import (
    WITHIN_SHARE,
    Demand,
    Move,
    Mover,
    MoveUp,
    covered_after,
    within,
)

LOOK_FOR_S = 2.0
"""Somebody waits: what was found by then is good enough, and it is said that it may not be best."""
MOST_MOVES = 4
"""More units on the move at once leave more open than they close."""
_ONE = 0.5


def solve_move_up(
    demand: Sequence[Demand], fixed: frozenset[int], movers: Sequence[Mover],
    villages: frozenset[str],
) -> MoveUp:  # fmt: skip
    """The moves for these villages; `fixed` are the points that those who stay put reach."""
    choices = [
        Move(mover.unit_id, station_id, mover.cost_s[station_id])
        for mover in movers
        for station_id in sorted(mover.there)
    ]
    now = within(demand, covered_after(fixed, movers, ()), villages)
    if now == villages or not choices:
        return MoveUp((), now, proven=True)
    programme = _Programme(demand, fixed, movers, villages, choices)
    most = programme.solve(programme.villages_cost, least=0)
    if most is None:
        return MoveUp((), now, proven=False)
    reachable = round(float(most.x[programme.villages_at].sum()))
    if reachable <= len(now):
        return MoveUp((), now, proven=most.status == 0)
    best = programme.solve(programme.moves_cost, least=reachable)
    found = best if best is not None else most
    moves = tuple(choice for choice, taken in zip(choices, found.x, strict=False) if taken > _ONE)
    after = within(demand, covered_after(fixed, movers, moves), villages)
    return MoveUp(moves, after, proven=best is not None and most.status == best.status == 0)


class _Programme:
    """Columns: a choice to move each, then the classes of points, then the villages."""

    def __init__(
        self, demand: Sequence[Demand], fixed: frozenset[int], movers: Sequence[Mover],
        villages: frozenset[str], choices: Sequence[Move],
    ) -> None:  # fmt: skip
        # Only now: a web process that never asks this does not load the solver.
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import lil_array

        self._milp = milp
        codes = sorted(villages)
        classes, covered_m, all_m = _classes(demand, fixed, movers, villages, choices)
        first_class = len(choices)
        first_village = first_class + len(classes)
        columns = first_village + len(codes)
        rows = len(movers) + len(classes) + len(codes) + 2
        table = lil_array((rows, columns))
        low, high = np.full(rows, -np.inf), np.full(rows, np.inf)
        for row, mover in enumerate(movers):
            for column, choice in enumerate(choices):
                if choice.unit_id == mover.unit_id:
                    table[row, column] = 1
            high[row] = 1
        # A class is reached where somebody who reaches it stays, or comes.
        for at, (_village, stay, come) in enumerate(classes):
            row = len(movers) + at
            table[row, first_class + at] = 1
            for column, choice in enumerate(choices):
                gain = (column in come) - (choice.unit_id in stay)
                if gain:
                    table[row, column] = -gain
            high[row] = len(stay)
        for at, code in enumerate(codes):
            row = len(movers) + len(classes) + at
            for number, ((village, _stay, _come), metres) in enumerate(classes.items()):
                if village == code:
                    table[row, first_class + number] = metres
            needed = WITHIN_SHARE * all_m[code]
            table[row, first_village + at] = -needed
            low[row] = -covered_m[code] - 1e-6
        self._most_moves, self._least_villages = rows - 2, rows - 1
        table[self._most_moves, : len(choices)] = 1
        high[self._most_moves] = MOST_MOVES
        table[self._least_villages, first_village:] = 1
        self._low, self._high, self._table = low, high, table.tocsr()
        self._constraint = LinearConstraint
        self._bounds = Bounds(np.zeros(columns), np.ones(columns))
        self._whole = np.ones(columns)
        self._whole[first_class:first_village] = 0
        self.villages_at = slice(first_village, columns)
        self.villages_cost = np.zeros(columns)
        self.villages_cost[first_village:] = -1
        self.moves_cost = np.zeros(columns)
        self.moves_cost[: len(choices)] = [1 + choice.driving_time_s for choice in choices]

    def solve(self, cost: Any, *, least: int) -> Any | None:
        """The solution of least cost with so many villages, or None where none was found."""
        self._low[self._least_villages] = least
        found = self._milp(
            cost,
            integrality=self._whole,
            bounds=self._bounds,
            constraints=self._constraint(self._table, self._low, self._high),
            options={"time_limit": LOOK_FOR_S, "mip_rel_gap": 0.0},
        )
        return None if found.x is None else found


_Class = tuple[str, frozenset[int], frozenset[int]]
"""A village; the units that reach these points if they stay; the choices that would reach them."""


def _classes(
    demand: Sequence[Demand], fixed: frozenset[int], movers: Sequence[Mover],
    villages: frozenset[str], choices: Sequence[Move],
) -> tuple[dict[_Class, float], dict[str, float], dict[str, float]]:  # fmt: skip
    """The metres of each class; how much of each village is reached anyhow; and all of it."""
    by_unit = {mover.unit_id: mover for mover in movers}
    classes: dict[_Class, float] = {}
    covered_m, all_m = dict.fromkeys(villages, 0.0), dict.fromkeys(villages, 0.0)
    for number, point in enumerate(demand):
        if point.village not in villages:
            continue
        all_m[point.village] += point.metres
        if number in fixed:
            covered_m[point.village] += point.metres
            continue
        stay = frozenset(mover.unit_id for mover in movers if number in mover.here)
        come = frozenset(
            column
            for column, choice in enumerate(choices)
            if number in by_unit[choice.unit_id].there[choice.station_id]
        )
        if stay or come:
            key = (point.village, stay, come)
            classes[key] = classes.get(key, 0.0) + point.metres
    return classes, covered_m, all_m
