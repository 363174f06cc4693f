"""Who stands by where, so that as much as can be lies within the standard again: what is asked.

Demand is points on roads, each in a village and standing for some metres of road. A village is
within the standard while enough of its road is reached in time by somebody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WITHIN_SHARE = 0.9
"""A village is within the standard while this share of its road is: as times are reported, by the
90th percentile."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A point on a road."""

    village: str
    metres: float


@dataclass(frozen=True, slots=True)
class Mover:
    """A free unit that could stand by elsewhere."""

    unit_id: int
    here: frozenset[int]
    """The points that it reaches in time from where it is."""
    there: Mapping[int, frozenset[int]]
    """The points that it would reach from each station it may go to."""
    cost_s: Mapping[int, float]
    """Its driving time to each of these stations."""


@dataclass(frozen=True, slots=True)
class Move:
    """One unit to one station."""

    unit_id: int
    station_id: int
    driving_time_s: float


@dataclass(frozen=True, slots=True)
class MoveUp:
    """The cheapest moves that bring the most villages within the standard."""

    moves: tuple[Move, ...]
    within: frozenset[str]
    """The villages that would then be within it, of those that were asked for."""
    proven: bool
    """False where the time to look for better ones was over."""


def within(
    demand: Sequence[Demand], covered: frozenset[int], villages: frozenset[str]
) -> frozenset[str]:
    """Of these villages, those of whose road enough is covered."""
    all_m = dict.fromkeys(villages, 0.0)
    covered_m = dict.fromkeys(villages, 0.0)
    for number, point in enumerate(demand):
        if point.village in villages:
            all_m[point.village] += point.metres
            if number in covered:
                covered_m[point.village] += point.metres
    return frozenset(
        code for code in villages if covered_m[code] >= WITHIN_SHARE * all_m[code] - 1e-6
    )


def covered_after(
    fixed: frozenset[int], movers: Sequence[Mover], moves: Sequence[Move]
) -> frozenset[int]:
    """What is reached once everybody is where they were sent."""
    sent = {move.unit_id: move.station_id for move in moves}
    return fixed.union(
        *(
            mover.there[sent[mover.unit_id]] if mover.unit_id in sent else mover.here
            for mover in movers
        )
    )
