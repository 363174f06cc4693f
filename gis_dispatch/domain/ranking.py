"""Orders units by when they could be there by open road, and says why each stands where it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from gis_dispatch.domain.candidates import Candidate, LeftOut, Origin
from gis_dispatch.domain.nearness import distance_to_m
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.reasons import (
    Both,
    Reason,
    distance,
    duration,
    joined,
    listed,
    sentence,
)
from gis_dispatch.domain.roads import NoTrip, Trip

# Differences smaller than these are not worth a word.
WORTH_TELLING_M = 50.0
WORTH_TELLING_S = 20.0
POSITION_AGE_TOLD_S = 60.0
WALK_TOLD_M = 150.0
# A unit that stands in a closure stands on its road, or a little beside it.
IN_CLOSURE_M = 40.0


@dataclass(frozen=True)
class ClosureNote:
    """What people call a closure: the street, since when, and the reason."""

    id: int
    effect: str
    street: str | None
    since: str
    reason: str
    profiles: tuple[str, ...] | None = None
    """The profiles it concerns; None means every profile."""
    geometry: Mapping[str, Any] | None = None

    def concerns(self, profile: str) -> bool:
        """Whether it is about this kind of vehicle."""
        return self.profiles is None or profile in self.profiles

    @cached_property
    def words(self) -> Both:
        """The closure as part of a sentence."""
        street = self.street or sentence("some_road")
        return sentence(self.effect, street=street, since=self.since, reason=self.reason)


class Ranked(NamedTuple):
    """One able unit in its place."""

    unit: Candidate
    origin: Origin
    trip: Trip
    rank: int
    straight_rank: int
    straight_m: float
    total_time_s: float
    reason: Reason


class _Entry:
    """One able unit on its way."""

    __slots__ = ("order", "origin", "straight_m", "total_time_s", "trip", "unit")

    def __init__(self, unit: Candidate, origin: Origin, trip: Trip, straight_m: float) -> None:
        self.unit, self.origin, self.trip, self.straight_m = unit, origin, trip, straight_m
        self.total_time_s = unit.turnout_s + trip.arrival_time_s
        # Soonest first; equal times by length, then by name, so that the order is always one.
        self.order = self.total_time_s, trip.length_m, unit.call_sign, unit.id


def rank_trips(
    units: Sequence[Candidate],
    trips: Mapping[int, Trip | NoTrip],
    place: tuple[float, float],
    closures: Mapping[int, ClosureNote],
    k: int | None = None,
) -> tuple[list[Ranked], list[LeftOut]]:
    """The first `k` (or all) units in order, and every other one with its reason.

    `units` must have an origin; `trips` holds what the roads said for each by its id.
    """
    entries = _in_order(units, trips, place)
    left_out = [
        _no_trip(unit, trip, closures)
        for unit in units
        if isinstance(trip := trips[unit.id], NoTrip)
    ]
    straight = sorted(entries, key=lambda entry: (entry.straight_m, entry.order))
    straight_ranks = {entry.unit.id: rank for rank, entry in enumerate(straight, 1)}
    ranked = [
        Ranked(
            unit=entry.unit,
            origin=entry.origin,
            trip=entry.trip,
            rank=rank,
            straight_rank=straight_ranks[entry.unit.id],
            straight_m=entry.straight_m,
            total_time_s=entry.total_time_s,
            reason=_why(entry, entries, closures),
        )
        for rank, entry in enumerate(entries, 1)
    ]
    shown = len(ranked) if k is None else k
    left_out += [further_away(line) for line in ranked[shown:]]
    return ranked[:shown], left_out


def standings(
    units: Sequence[Candidate], trips: Mapping[int, Trip | NoTrip], place: tuple[float, float]
) -> dict[int, tuple[int, float]]:
    """The rank and total time of every unit that a road leads from, by its id; no reasons."""
    entries = _in_order(units, trips, place)
    return {entry.unit.id: (rank, entry.total_time_s) for rank, entry in enumerate(entries, 1)}


def _in_order(
    units: Sequence[Candidate], trips: Mapping[int, Trip | NoTrip], place: tuple[float, float]
) -> list[_Entry]:
    entries = []
    for unit in units:
        trip = trips[unit.id]
        if isinstance(trip, Trip) and unit.origin is not None:
            straight_m = straight_line_m(unit.origin.lon, unit.origin.lat, *place)
            entries.append(_Entry(unit, unit.origin, trip, straight_m))
    return sorted(entries, key=lambda entry: entry.order)


def _why(entry: _Entry, entries: Sequence[_Entry], closures: Mapping[int, ClosureNote]) -> Reason:
    first = entries[0]
    blame = worst_closure(entry.trip, closures)
    later_s = entry.total_time_s - first.total_time_s
    nearer_m = first.straight_m - entry.straight_m
    if entry is first or round(later_s) == 0 or nearer_m < WORTH_TELLING_M:
        code = "later" if round(later_s) else "as_fast"
        if entry is first:
            code = "nearest" if len(entries) > 1 else "only"
        facts = {
            "total": duration(entry.total_time_s),
            "length": distance(entry.trip.length_m),
            "first": first.unit.call_sign,
            "later": duration(later_s),
        }
        said = [sentence(code, **facts)]
    else:
        facts = {
            "unit": entry.unit.call_sign,
            "nearer": distance(nearer_m),
            "later": duration(later_s),
        }
        if blame is None:
            said = [sentence("nearer_but_later", **facts)]
        else:
            said = [sentence("nearer_but_closed", closure=blame[0].words, **facts)]
            blame = None
    if blame is not None:
        said.append(sentence("goes_around", cost=duration(blame[1]), closure=blame[0].words))
    said += _caveats(entry, closures)
    return joined(said)


def _caveats(entry: _Entry, closures: Mapping[int, ClosureNote]) -> list[Reason]:
    trip = entry.trip
    said: list[Reason] = []
    if entry.origin.source == "station":
        said.append(sentence("from_station", station=entry.unit.station_name or "-"))
    elif (entry.origin.age_s or 0.0) > POSITION_AGE_TOLD_S:
        said.append(sentence("position_old", age=duration(entry.origin.age_s or 0.0)))
    if trip.start_gap_m > WALK_TOLD_M:
        said.append(sentence("start_gap", gap=distance(trip.start_gap_m)))
    if trip.closures_entered:
        walk = {"gap": distance(trip.foot_m), "time": duration(trip.foot_time_s)}
        entered = [closures[id].words for id in trip.closures_entered if id in closures]
        if entered:
            said.append(sentence("foot_in", closure=listed(entered), **walk))
        else:
            said.append(sentence("foot", **walk))
    if trip.end_gap_m > WALK_TOLD_M:
        said.append(sentence("walk", gap=distance(trip.end_gap_m)))
    return said


def worst_closure(
    trip: Trip, closures: Mapping[int, ClosureNote]
) -> tuple[ClosureNote, float] | None:
    """The closure that costs this trip most, where it costs anything worth telling."""
    if not trip.closures_avoided:
        return None
    costs = [
        (cost.cost_s, cost.closure_id)
        for cost in trip.closures_avoided
        if cost.cost_s >= WORTH_TELLING_S and cost.closure_id in closures
    ]
    if not costs:
        return None
    cost_s, closure_id = max(costs)
    return closures[closure_id], cost_s


def _no_trip(unit: Candidate, trip: NoTrip, closures: Mapping[int, ClosureNote]) -> LeftOut:
    closed = [c for c in closures.values() if c.effect == "closed" and c.concerns(unit.profile)]
    if trip.reason == "inside_closure":
        closed = _around(unit.origin, closed)
    code = {"cut_off_by_closures": "cut_off_by", "inside_closure": "inside"}.get(trip.reason)
    if code is not None and len(closed) == 1:
        return LeftOut(unit, trip.reason, sentence(code, closure=closed[0].words))
    return LeftOut(unit, trip.reason, sentence(trip.reason))


def _around(origin: Origin | None, closed: Sequence[ClosureNote]) -> list[ClosureNote]:
    """The closure a unit stands in, as far as its drawing tells: the nearest one, if near."""
    away = [
        (distance_to_m(note.geometry, origin.lon, origin.lat), note.id, note)
        for note in closed
        if note.geometry and origin
    ]
    found = min(away, key=lambda one: one[:2], default=None)
    return [found[2]] if found and found[0] <= IN_CLOSURE_M else []


def further_away(line: Ranked) -> LeftOut:
    """An able unit that is not among the first ones asked for."""
    reason = sentence("further_away", rank=line.rank, total=duration(line.total_time_s))
    return LeftOut(line.unit, "further_away", reason)
