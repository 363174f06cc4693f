"""Why a unit stands where it does in a kept recommendation, and where it would otherwise."""

from collections.abc import Sequence

from gis_dispatch.domain.candidates import Candidate
from gis_dispatch.domain.comparing import Nearer, Standing, nearer_but_later, without_closure
from gis_dispatch.domain.nearness import distance_to_m
from gis_dispatch.domain.ranking import Ranked, standings
from gis_dispatch.domain.reasons import Reason, duration, joined, sentence
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.errors import UnitNotFound
from gis_dispatch.ports import House, Roads, Row
from gis_dispatch.services.closure_notes import note_of, notes_for
from gis_dispatch.services.ranking_inputs import ActiveClosure, start_of
from gis_dispatch.services.ranking_shape import trip_row, unit_row
from gis_dispatch.services.reckon import Question, drawn_line, rank
from gis_dispatch.services.recommendation_refusals import RecommendationRoadsReplaced
from gis_dispatch.services.replay_recommendation import find_recommendation, roads_of

MOST_TRIED = 12
"""Closures taken away one by one; each is a ranking of its own."""
MOST_NEARER = 10


def explain_ranking(house: House, id: int, unit_id: int, only_agency: str | None = None) -> Row:
    """One unit of a kept recommendation, worked out from what was kept with it.

    A private brigade (`only_agency`) asks about its own units.
    """
    kept = find_recommendation(house, id)
    if kept["inputs"].get("network_version") != house.roads.status().version:
        # To compile a whole city again is no work for a page: `gis-dispatch replay` does it.
        raise RecommendationRoadsReplaced(id=id)
    roads, question = roads_of(house, kept)
    unit = next((one for one in question.units if one.id == unit_id), None)
    if unit is None or only_agency not in (None, unit.agency_code):
        raise UnitNotFound(id=unit_id)
    able, kept_back = question.judged()
    row = {"recommendation_id": id, "unit": unit_row(unit), **_NOT_RANKED}
    for why_not in kept_back:
        if why_not.unit.id == unit_id:
            said = [why_not.reason, *_would_be(roads, question, able, unit)]
            return row | _reason(joined(said))
    every, unreached = rank(roads, question, able, drawn=0)
    line = next((one for one in every if one.unit.id == unit_id), None)
    now = (line.rank, line.total_time_s) if line else None
    free, tried, untried = _otherwise(roads, question, able, unit, line)
    row |= {
        "free": _standing_row(free),
        "without": [_without_row(roads, question, closure, now, then) for closure, then in tried],
        **_note(untried),
    }
    if line is None:
        why_not = next(one for one in unreached if one.unit.id == unit_id)
        return row | _reason(why_not.reason)
    line = drawn_line(roads, question, line)
    by_id = {closure.road.id: closure for closure in question.closures}
    trips = [one.trip for one in every]
    notes = notes_for(roads, question.closures, trips, question.made_at, question.zone)
    nearer = sorted(nearer_but_later(line, every, notes), key=lambda one: one.line.rank)
    return row | {
        "rank": line.rank,
        "total_time_s": round(line.total_time_s, 1),
        "turnout_s": line.unit.turnout_s,
        **trip_row(line.trip, by_id),
        **_reason(line.reason),
        "against_nearer": [_nearer_row(one) for one in nearer[:MOST_NEARER]],
    }


_NOT_RANKED: Row = {
    "rank": None,
    "total_time_s": None,
    "turnout_s": None,
    "driving_time_s": None,
    "length_m": None,
    "foot_time_s": None,
    "route": None,
    "streets": [],
    "free": None,
    "without": [],
    "against_nearer": [],
    "note_id": None,
    "note_en": None,
}


def _would_be(
    roads: Roads, question: Question, able: Sequence[Candidate], unit: Candidate
) -> list[Reason]:
    """Where a unit that may not be sent would stand if it might."""
    found = _stand(roads, question, [*able, unit], question.roads_closed).get(unit.id)
    if found is None:
        return []
    return [sentence("would_be", rank=found[0], total=duration(found[1]))]


def _stand(
    roads: Roads, question: Question, able: Sequence[Candidate], closed: Sequence[RoadClosure]
) -> dict[int, Standing]:
    """Every able unit's rank and time with these closures."""
    placed = [unit for unit in able if unit.origin is not None]
    starts = [start for unit in placed if (start := start_of(unit)) is not None]
    trips = roads.trips_to(*question.place, starts, closed, drawn=0, costed=False)
    return standings(placed, {trip.key: trip for trip in trips}, question.place)


def _otherwise(
    roads: Roads,
    question: Question,
    able: Sequence[Candidate],
    unit: Candidate,
    line: Ranked | None,
) -> tuple[Standing | None, list[tuple[ActiveClosure, Standing]], int]:
    """Standing without any closure; without each that matters; how many were not tried alone."""
    now = (line.rank, line.total_time_s) if line else None
    if not question.closures:
        return now, [], 0
    free = _stand(roads, question, able, ()).get(unit.id)
    met = _met(line)
    order = sorted(question.closures, key=lambda one: _interest(one, met, unit, question.place))
    found = []
    for closure in order[:MOST_TRIED]:
        others = [one for one in question.roads_closed if one.id != closure.road.id]
        then = _stand(roads, question, able, others).get(unit.id)
        if then is not None and (closure.road.id in met or _tells(now, then)):
            found.append((closure, then))
    return free, found, len(order) - len(order[:MOST_TRIED])


def _met(line: Ranked | None) -> dict[int, float]:
    """The closures on a unit's way, and what each costs it."""
    if line is None:
        return {}
    met = dict.fromkeys(line.trip.closures_entered, line.trip.foot_time_s)
    return met | {cost.closure_id: cost.cost_s for cost in line.trip.closures_avoided}


def _interest(
    closure: ActiveClosure, met: dict[int, float], unit: Candidate, place: tuple[float, float]
) -> tuple[bool, float, float, int]:
    """What is on the way first, dearest first; then what lies nearest between unit and place."""
    id, shape = closure.road.id, closure.road.geometry
    beside_m = distance_to_m(shape, *place)
    if unit.origin is not None:
        beside_m += distance_to_m(shape, unit.origin.lon, unit.origin.lat)
    return id not in met, -met.get(id, 0.0), beside_m, id


def _tells(now: Standing | None, then: Standing) -> bool:
    """Whether another rank or another time, as people read it, comes out."""
    return now is None or now[0] != then[0] or round(now[1], 1) != round(then[1], 1)


def _standing_row(standing: Standing | None) -> Row | None:
    return standing and {"rank": standing[0], "total_time_s": round(standing[1], 1)}


def _without_row(
    roads: Roads, question: Question, closure: ActiveClosure, now: Standing | None, then: Standing
) -> Row:
    note = note_of(roads, closure, question.made_at, question.zone)
    said = without_closure(note, now, then)
    return {
        "closure_id": note.id,
        "reason": note.reason,
        "street": note.street,
        "rank": then[0],
        "total_time_s": round(then[1], 1),
        "saved_s": None if now is None else round(now[1] - then[1], 1) + 0.0,
        "sentence_id": said.id,
        "sentence_en": said.en,
    }


def _nearer_row(one: Nearer) -> Row:
    return {
        "unit_id": one.line.unit.id,
        "call_sign": one.line.unit.call_sign,
        "nearer_m": round(one.nearer_m, 1),
        "later_s": round(one.later_s, 1),
        "sentence_id": one.reason.id,
        "sentence_en": one.reason.en,
    }


def _reason(reason: Reason) -> Row:
    return {"reason_id": reason.id, "reason_en": reason.en}


def _note(untried: int) -> Row:
    if not untried:
        return {}
    said = sentence("not_tried", number=untried)
    return {"note_id": said.id, "note_en": said.en}
