"""Gathers what a move-up is worked out from: points on the roads, who reaches them from where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gis_dispatch.domain.candidates import Candidate
from gis_dispatch.domain.move_up import Demand, Mover
from gis_dispatch.domain.roads import Start
from gis_dispatch.ports import House, Roads, Row
from gis_dispatch.services.facts_coverage import CoverageGroup
from gis_dispatch.services.find_coverage import Moment

LONGEST_MOVE_S = 1800.0
"""A unit that drives longer than this is not there in time to be of use."""
Place = tuple[float, float]


@dataclass(frozen=True)
class MoveQuestion:
    """Who may go where; read from the store before anything is worked out."""

    sent: frozenset[int]
    units: Mapping[int, Candidate]
    stations: Mapping[int, Row]
    movable: frozenset[int]
    moving: Mapping[int, int]
    """To which station each unit is on its way already."""
    demand: tuple[Demand, ...]
    places: tuple[Place, ...]
    """(lon, lat) of each point of the demand."""

    @property
    def stations_of(self) -> Mapping[str, list[Row]]:
        """By the agency whose units may stand by there."""
        found: dict[str, list[Row]] = {}
        for row in self.stations.values():
            found.setdefault(row["agency_code"], []).append(row)
        return found


@dataclass(frozen=True)
class MovePlan:
    """The question as numbers."""

    demand: tuple[Demand, ...]
    fixed: frozenset[int]
    movers: tuple[Mover, ...]


def read_question(
    house: House, roads: Roads, moment: Moment, group: CoverageGroup, sent: frozenset[int],
    agency: str | None,
) -> MoveQuestion:  # fmt: skip
    """Free units of the group may go to stations of their own agency; a dispatcher moves only the
    units of the own one.
    """
    free = {start.key for start in moment.starts(group, sent)}
    orders = house.store.reads.all("list_moves", state="open")
    moving = {row["unit"]["id"]: row["station"]["id"] for row in orders}
    demand = _demand(house, roads.status().version, moment.areas.version)
    return MoveQuestion(
        sent=sent,
        units={unit.id: unit for unit in moment.units},
        stations={row["id"]: row for row in house.store.reads.all("list_move_stations")},
        movable=frozenset(
            unit.id
            for unit in moment.units
            if unit.id in free - moving.keys() and agency in (None, unit.agency_code)
        ),
        moving=moving,
        demand=tuple(Demand(row["village"], row["metres"]) for row in demand),
        places=tuple((row["lon"], row["lat"]) for row in demand),
    )


def plan_move_up(
    roads: Roads, moment: Moment, question: MoveQuestion, left: Sequence[Start]
) -> MovePlan:
    """Driving times by the roads and closures of the moment; a unit's turnout counts."""
    (limit_s,) = moment.limits_s
    stations = question.stations_of
    fixed: set[int] = set()
    movers = []
    for profile in sorted({start.profile for start in left}):
        starts = [start for start in left if start.profile == profile]
        moving = [start for start in starts if start.key in question.movable]
        agencies = {question.units[start.key].agency_code for start in moving}
        goals = [row for agency in sorted(agencies) for row in stations.get(agency, ())]
        # One table for all of a profile: a search finds the way from everywhere at once.
        origins = [*map(_place, starts), *map(_place_of, goals)]
        times = roads.times_between(profile, origins, question.places, moment.closures)
        drives = roads.times_between(
            profile, [*map(_place, moving)], [*map(_place_of, goals)], moment.closures
        )
        at_station = dict(zip((row["id"] for row in goals), times[len(starts) :], strict=True))
        here_s = {start.key: row for start, row in zip(starts, times, strict=False)}
        drive_s = {start.key: row for start, row in zip(moving, drives, strict=True)}
        for start in starts:
            left_s = limit_s - start.delay_s
            here = _within(here_s[start.key], left_s)
            if start.key not in drive_s:
                fixed |= here
                continue
            agency = question.units[start.key].agency_code
            cost_s = {
                goal["id"]: time_s
                for goal, time_s in zip(goals, drive_s[start.key], strict=True)
                if goal["agency_code"] == agency
                if time_s is not None and time_s <= LONGEST_MOVE_S
            }
            there = {station: _within(at_station[station], left_s) for station in cost_s}
            movers.append(Mover(start.key, here, there, cost_s))
    return MovePlan(question.demand, frozenset(fixed), tuple(movers))


def _within(times: Sequence[float | None], left_s: float) -> frozenset[int]:
    """The points that are reached in so many seconds."""
    return frozenset(
        at for at, time_s in enumerate(times) if time_s is not None and time_s <= left_s
    )


def _place(start: Start) -> Place:
    return start.lon, start.lat


def _place_of(station: Row) -> Place:
    return station["lon"], station["lat"]


def _demand(house: House, version: str, areas: str) -> list[Row]:
    """The points of a network and its villages: worked out once, both change seldom."""
    key = (version, areas)
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = house.store.reads.all("list_demand", version=version)
    return _KEPT[key]


_KEPT: dict[tuple[str, str], list[Row]] = {}
