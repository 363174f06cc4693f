"""Simulated crews find their way, also out of where no road leads."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import NoTrip, RoadPoint, Start, Trip
from gis_dispatch.simulation.ways import Ways

HOME, TRAP = (108.98, 0.90), (108.99, 0.91)
MIDDLE = (108.99, 0.90)


class OneWay:
    """Roads that lead from home into the trap and not out of it."""

    def __init__(self, *, both_ways: bool = False, turning: bool = False) -> None:
        self.both_ways, self.turning = both_ways, turning
        self.asked: list[Start] = []

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[object]
    ) -> Trip | NoTrip:
        self.asked.append(start)
        here = (start.lon, start.lat)
        out = here == TRAP
        if out and not self.both_ways and not (self.turning and start.heading_deg is None):
            return NoTrip(start.key, "no_way")
        if not {here, (lon, lat)} <= {HOME, TRAP}:
            return NoTrip(start.key, "no_way")
        return Trip(start.key, 100, 2000, (here, MIDDLE, (lon, lat)), (), 0, 0, 100)

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        return None


def drive(roads: OneWay, there: tuple[float, float] = HOME, heading_deg: float | None = 10.0):  # type: ignore[no-untyped-def]  # what Ways gives
    ways = Ways(roads)  # type: ignore[arg-type]  # as much of the roads as is needed
    return asyncio.run(ways.drive(TRAP, there, "engine", heading_deg))


def test_a_road_that_leads_there_is_taken() -> None:
    roads = OneWay(both_ways=True)
    assert drive(roads).points[-1] == HOME
    assert len(roads.asked) == 1


def test_a_crew_that_points_the_wrong_way_turns_round() -> None:
    roads = OneWay(turning=True)
    assert drive(roads).points[-1] == HOME
    assert [start.heading_deg for start in roads.asked] == [10.0, None]


def test_out_of_a_one_way_end_it_goes_back_the_way_it_came() -> None:
    out = drive(OneWay())
    assert out.points[0] == TRAP
    assert out.points[-1] == pytest.approx(HOME)
    assert any(straight_line_m(*point, *MIDDLE) < 0.1 for point in out.points)
    assert out.duration_s == pytest.approx(100)


def test_where_nothing_leads_it_stays() -> None:
    assert drive(OneWay(), there=(0.0, 0.0)) is None


def test_no_place_is_invented_where_there_is_no_road() -> None:
    ways = Ways(OneWay())  # type: ignore[arg-type]  # as much of the roads as is needed
    assert asyncio.run(ways.place_near([HOME], 500, Random(1))) is None
