"""Why a unit that looks nearer is later, and what a closure changes: sentences on two answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gis_dispatch.domain.ranking import (
    WORTH_TELLING_M,
    WORTH_TELLING_S,
    ClosureNote,
    Ranked,
    worst_closure,
)
from gis_dispatch.domain.reasons import Both, Reason, distance, duration, listed, sentence

Standing = tuple[int, float]
"""A rank, and the total time in seconds."""


@dataclass(frozen=True)
class Nearer:
    """A unit that is nearer in a straight line and yet later, and why."""

    line: Ranked
    nearer_m: float
    later_s: float
    reason: Reason


def nearer_but_later(
    asked: Ranked, every: Sequence[Ranked], closures: Mapping[int, ClosureNote]
) -> list[Nearer]:
    """Each unit that is nearer as the crow flies but ranks after the one asked about."""
    return [
        _nearer(asked, line, closures)
        for line in every
        if line.rank > asked.rank and asked.straight_m - line.straight_m >= WORTH_TELLING_M
    ]


def _nearer(asked: Ranked, line: Ranked, closures: Mapping[int, ClosureNote]) -> Nearer:
    nearer_m = asked.straight_m - line.straight_m
    later_s = line.total_time_s - asked.total_time_s
    facts = {
        "unit": line.unit.call_sign,
        "nearer": distance(nearer_m),
        "later": duration(later_s),
    }
    why = _causes(asked, line, closures)
    code = "as_soon" if round(later_s) == 0 else "nearer_because" if why else "nearer_but_later"
    return Nearer(line, nearer_m, later_s, sentence(code, why=listed(why), **facts))


def _causes(asked: Ranked, line: Ranked, closures: Mapping[int, ClosureNote]) -> list[Both]:
    causes = []
    blame = worst_closure(line.trip, closures)
    if blame is not None:
        causes.append(blame[0].words)
    turnout_s = line.unit.turnout_s - asked.unit.turnout_s
    if turnout_s >= WORTH_TELLING_S:
        causes.append(sentence("later_turnout", time=duration(turnout_s)))
    foot_s = line.trip.foot_time_s - asked.trip.foot_time_s
    if foot_s >= WORTH_TELLING_S:
        causes.append(sentence("later_on_foot", time=duration(foot_s)))
    further_m = line.trip.length_m - asked.trip.length_m
    slower_s = line.trip.driving_time_s - asked.trip.driving_time_s
    if blame is None and slower_s >= WORTH_TELLING_S:
        if further_m >= WORTH_TELLING_M:
            causes.append(sentence("longer_way", length=distance(further_m)))
        else:
            causes.append(sentence("slower_roads", time=duration(slower_s)))
    return causes


def without_closure(note: ClosureNote, now: Standing | None, then: Standing) -> Reason:
    """How a unit would stand were there not this closure."""
    facts = {"closure": note.words, "rank": then[0], "total": duration(then[1])}
    if now is None:
        return sentence("without_it_could", **facts)
    if round(now[1] - then[1]) <= 0:
        return sentence("without_only_rank" if now[0] != then[0] else "without_same", **facts)
    return sentence("without", saved=duration(now[1] - then[1]), **facts)
