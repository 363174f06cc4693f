"""What sending units leaves behind: which villages fall out of the standard, and who could restore
them by standing by elsewhere. Shown before the button is pressed.

Who was ordered to stand by elsewhere counts as if it were there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gis_dispatch.domain.coverage import WHOLE, Cover
from gis_dispatch.domain.move_up import WITHIN_SHARE, Move, MoveUp
from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.domain.reasons import Both, duration, joined, sentence
from gis_dispatch.domain.roads import Start
from gis_dispatch.ports import House, Roads, Row
from gis_dispatch.services.facts_coverage import CoverageGroup
from gis_dispatch.services.facts_files import read_coverage
from gis_dispatch.services.find_coverage import Moment, read_moment
from gis_dispatch.services.find_reach import held_still
from gis_dispatch.services.plan_move_up import MoveQuestion, plan_move_up, read_question
from gis_dispatch.services.solve_move_up import solve_move_up

T = TypeVar("T")
Aside = Callable[..., T]


def at_once(work: Callable[..., T], *args: object) -> T:
    """Here and now."""
    return work(*args)


def weigh_sending(
    house: House, actor: Actor, unit_ids: Collection[int], standard_s: int,
    aside: Aside[Any] = at_once,
) -> Row:  # fmt: skip
    """Group by group, for every group that one of these units belongs to."""
    moment = read_moment(house, house.clock.now(), standard_s)
    moment = Moment(moment.units, moment.closures, moment.areas, (standard_s,))
    agency = actor.agency_code if actor.role == DISPATCHER else None
    roads = held_still(house.roads)
    sent = [unit for unit in moment.units if unit.id in set(unit_ids)]
    groups = [
        group
        for group in read_coverage().groups
        if any(unit.capabilities & group.capabilities for unit in sent)
    ]
    questions = [
        read_question(house, roads, moment, group, frozenset(unit_ids), agency) for group in groups
    ]
    names = {row["code"]: row["name"] for row in house.store.reads.all("list_villages_named")}
    return {
        "standard_s": standard_s,
        "within_share": WITHIN_SHARE,
        "made_at": house.clock.now(),
        "groups": [
            aside(_weighed, roads, moment, group, question, names)
            for group, question in zip(groups, questions, strict=True)
        ],
    }


@dataclass(frozen=True)
class _Counted:
    """The share of each village's road within the standard."""

    whole: float
    share: Mapping[str, float]

    @classmethod
    def of(cls, cover: Cover) -> "_Counted":
        shares = {code: length.by_one_share for code, length in cover.lengths.items()}
        return cls(shares.pop(WHOLE), shares)

    def within(self) -> frozenset[str]:
        return frozenset(code for code, share in self.share.items() if share >= WITHIN_SHARE)


def _weighed(
    roads: Roads, moment: Moment, group: CoverageGroup, question: MoveQuestion,
    names: Mapping[str, str],
) -> Row:  # fmt: skip
    def counted(starts: Sequence[Start]) -> _Counted:
        (cover,) = roads.covers(starts, moment.limits_s, moment.closures, moment.areas, drawn=False)
        return _Counted.of(cover)

    free = [_moved(start, question.moving, question) for start in moment.starts(group)]
    left = [start for start in free if start.key not in question.sent]
    before, after = counted(free), counted(left)
    fallen = before.within() - after.within()
    found = MoveUp((), frozenset(), proven=True)
    restored = after
    if fallen:
        plan = plan_move_up(roads, moment, question, left)
        found = solve_move_up(plan.demand, plan.fixed, plan.movers, before.within())
    if found.moves:
        # What was chosen by points is told by whole roads: nothing is promised that is not so.
        to = {move.unit_id: move.station_id for move in found.moves}
        restored = counted([_moved(start, to, question) for start in left])
    back = fallen & restored.within()
    return {
        "code": group.code,
        "name_id": group.name_id,
        "name_en": group.name_en,
        "units_before": len(free),
        "units_after": len(left),
        "whole_before": round(before.whole, 4),
        "whole_after": round(after.whole, 4),
        "whole_restored": round(restored.whole, 4),
        "fallen": [
            {
                "code": code,
                "name": names.get(code, code),
                "before": round(before.share[code], 4),
                "after": round(after.share[code], 4),
                "restored": round(restored.share[code], 4),
                "comes_back": code in back,
            }
            for code in sorted(fallen, key=lambda code: (after.share[code], code))
        ],
        "moves": [_move_row(move, question) for move in found.moves],
        "proven": found.proven,
        **_said(_in_words(fallen, back, found, question, names)),
    }


def _moved(start: Start, to: Mapping[int, int], question: MoveQuestion) -> Start:
    """A start at the station where the unit is to stand by, if it is."""
    station = question.stations.get(to.get(start.key, 0))
    if station is None:
        return start
    return start._replace(lon=station["lon"], lat=station["lat"], heading_deg=None)


def _move_row(move: Move, question: MoveQuestion) -> Row:
    station = question.stations[move.station_id]
    unit = question.units[move.unit_id]
    return {
        "unit_id": move.unit_id,
        "call_sign": unit.call_sign,
        "agency_code": unit.agency_code,
        "station_id": move.station_id,
        "station": station["name"],
        "lon": station["lon"],
        "lat": station["lat"],
        "driving_time_s": round(move.driving_time_s, 1),
    }


def _in_words(
    fallen: Collection[str], back: Collection[str], found: MoveUp, question: MoveQuestion,
    names: Mapping[str, str],
) -> Both:  # fmt: skip
    """What happens, and what could be done, as one would say it over the radio."""
    if not fallen:
        return sentence("leaves_nothing")
    parts = [sentence("leaves", villages=_listed(fallen, names))]
    parts += [
        sentence(
            "move_up",
            unit=question.units[move.unit_id].call_sign,
            station=question.stations[move.station_id]["name"],
            time=duration(move.driving_time_s),
        )
        for move in found.moves
    ]
    if back:
        parts.append(sentence("restores", villages=_listed(back, names)))
    if still := set(fallen) - set(back):
        parts.append(sentence("stays_open", villages=_listed(still, names)))
    return joined(parts)


def _listed(codes: Collection[str], names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names.get(code, code) for code in codes))


def _said(words: Both) -> Row:
    return {"sentence_id": words.id, "sentence_en": words.en}
