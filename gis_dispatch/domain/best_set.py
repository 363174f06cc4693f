"""The one best set of units for a response plan: as many places filled as can be, soonest in all.

Exact: an assignment problem, solved by shortest augmenting paths (Kuhn 1955, Munkres 1957, in the
form of Jonker and Volgenant 1987) over whole numbers, so that nothing is lost to rounding and no
two sets are ever equally good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class PlanLine:
    """So many units of an agency that can do something; None asks for any unit of it."""

    agency_code: str
    capability: str | None
    number: int


class Able(NamedTuple):
    """A unit that may be chosen. One that was sent already takes a place and costs no time."""

    id: int
    agency_code: str
    capabilities: frozenset[str]
    total_time_s: float
    sent: bool = False

    @property
    def tenths(self) -> int:
        """Tenths of a second: as exact as people are shown it."""
        return 0 if self.sent else round(self.total_time_s * 10)

    def fits(self, line: PlanLine) -> bool:
        """Whether this unit may fill a place of this line."""
        return self.agency_code == line.agency_code and (
            line.capability is None or line.capability in self.capabilities
        )


@dataclass(frozen=True)
class Filled:
    """One place of the plan and the unit that takes it."""

    line: PlanLine
    unit: Able


@dataclass(frozen=True)
class Missing:
    """A line of the plan for which too few units can be found."""

    line: PlanLine
    number: int


@dataclass(frozen=True)
class BestSet:
    """Who takes which place, and which places nobody can take."""

    filled: tuple[Filled, ...]
    missing: tuple[Missing, ...]

    @property
    def total_time_s(self) -> float:
        """Of all that are still to be sent, together."""
        return sum(place.unit.tenths for place in self.filled) / 10


def best_set(lines: Sequence[PlanLine], units: Sequence[Able]) -> BestSet:
    """Each unit once: first the most places filled, then the least time together.

    Of sets that are as good, the one whose first place (in the order of the lines) has the unit
    that comes first in time and then in `units`, then its second place, and so on.
    """
    order = sorted(range(len(units)), key=lambda index: (units[index].tenths, index))
    sooner = [units[index] for index in order]
    of_agency: dict[str, list[int]] = {}
    for at, able in enumerate(sooner):
        of_agency.setdefault(able.agency_code, []).append(at)
    fits = [
        [at for at in of_agency.get(line.agency_code, ()) if sooner[at].fits(line)]
        for line in lines
    ]
    # A line's places beyond its able units stay empty whatever is chosen.
    places = [at for at, line in enumerate(lines) for _ in range(min(line.number, len(fits[at])))]
    # A place never needs a unit beyond as many soonest ones as there are places: one of those is
    # always free to take over.
    fits = [every[: len(places)] for every in fits]
    taken: list[int | None] = [None] * len(places)
    for group in _apart([frozenset(every) for every in fits]):
        rows = [row for row, line in enumerate(places) if line in group]
        used = sorted({unit for line in group for unit in fits[line]})
        chosen = _assign(
            [[sooner[unit].tenths if unit in fitting else None for unit in used]
             for fitting in (frozenset(fits[places[row]]) for row in rows)]
        )  # fmt: skip
        for row, column in zip(rows, chosen, strict=True):
            taken[row] = None if column is None else used[column]
    filled = tuple(
        Filled(lines[line], sooner[unit])
        for line, unit in zip(places, taken, strict=True)
        if unit is not None
    )
    found = [0] * len(lines)
    for line, unit in zip(places, taken, strict=True):
        found[line] += unit is not None
    missing = tuple(
        Missing(line, line.number - found[at])
        for at, line in enumerate(lines)
        if found[at] < line.number
    )
    return BestSet(filled, missing)


def _apart(fits: Sequence[frozenset[int]]) -> list[set[int]]:
    """Lines in groups that share no unit: the best of all is the best of each."""
    groups: list[tuple[set[int], frozenset[int]]] = []
    for line, able in enumerate(fits):
        near = [group for group in groups if group[1] & able]
        groups = [group for group in groups if not group[1] & able]
        together = {line}.union(*(lines for lines, _ in near))
        groups.append((together, able.union(*(units for _, units in near))))
    return [lines for lines, _ in groups]


def _assign(times: Sequence[Sequence[int | None]]) -> list[int | None]:
    """For every row its column (None: it stays empty); columns at most once; None: not allowed."""
    rows, columns = len(times), len(times[0]) if times else 0
    empty = rows * max((t for row in times for t in row if t is not None), default=0) + 1
    # Below the time: the columns taken, as the digits of one number, earlier rows first. It makes
    # one set the best of those that need the same time.
    base = columns + 2
    scale = base**rows
    never = 2 * (rows + 1) * (empty + 1) * scale
    costs = []
    for row, allowed in enumerate(times):
        digit = base ** (rows - 1 - row)
        costs.append(
            [
                never if time is None else time * scale + (column + 1) * digit
                for column, time in enumerate(allowed)
            ]
            # Each row can stay empty: that many columns belong to nobody.
            + [empty * scale + (columns + 1) * digit] * rows
        )
    return [column if column < columns else None for column in _cheapest(costs, never)]


def _cheapest(costs: Sequence[Sequence[int]], never: int) -> list[int]:
    """For every row a column of its own, so that all together cost least (at least as many)."""
    wide = len(costs[0]) if costs else 0
    # Rows and columns count from 1; 0 is the row that is being placed.
    row_price, column_price = [0] * (len(costs) + 1), [0] * (wide + 1)
    row_of = [0] * (wide + 1)
    for row in range(1, len(costs) + 1):
        row_of[0], column = row, 0
        slack, came_from = [never * 4] * (wide + 1), [0] * (wide + 1)
        seen, unseen = [0], list(range(1, wide + 1))
        while row_of[column]:
            holder = row_of[column]
            for to in unseen:
                left = costs[holder - 1][to - 1] - row_price[holder] - column_price[to]
                if left < slack[to]:
                    slack[to], came_from[to] = left, column
            column = min(unseen, key=slack.__getitem__)
            step = slack[column]
            for to in seen:
                row_price[row_of[to]] += step
                column_price[to] -= step
            for to in unseen:
                slack[to] -= step
            unseen.remove(column)
            seen.append(column)
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    found = {row: column - 1 for column, row in enumerate(row_of) if column}
    return [found[row] for row in range(1, len(costs) + 1)]
