"""A track: late points in their place, doubted ones marked, and nobody else's for a crew."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import NumberOutOfRange, UnitNotFound
from gis_dispatch.ports import House, Row
from gis_dispatch.services.read_track import (
    LONGEST_MIN,
    MOST_POINTS,
    TrackOfOtherUnit,
    read_track,
)
from gis_dispatch.services.track_position import track_positions
from tests.fakes import FakeClock

CREW = Actor(user_id=None, name="Regu 1", role="crew", agency_code="damkar", unit_id=1)
OPERATOR = Actor(user_id=None, name="Operator", role="operator")


def drive(town: House, clock: FakeClock, *points: tuple[float, float]) -> None:
    """Reports, each (seconds ago, degrees east of the town's middle), in the order they arrive."""
    reports = [
        Report(lon=108.98 + east, lat=0.9, recorded_at=clock.now() - timedelta(seconds=ago_s))
        for ago_s, east in points
    ]
    track_positions(town, CREW, 1, reports)


def easts(track: Row) -> Sequence[float]:
    return [round(point["lon"] - 108.98, 4) for point in track["points"]]


def test_a_late_point_is_where_it_belongs_and_says_so(town: House, clock: FakeClock) -> None:
    drive(town, clock, (60, 0.0), (20, 0.002), (40, 0.001))
    track = read_track(town, OPERATOR, 1, 15)
    assert easts(track) == [0.0, 0.001, 0.002]
    assert [point["late"] for point in track["points"]] == [False, True, False]
    assert not any(point["doubted"] for point in track["points"])


def test_a_jump_is_there_and_doubted(town: House, clock: FakeClock) -> None:
    drive(town, clock, (60, 0.0), (50, 0.5), (40, 0.001))
    track = read_track(town, OPERATOR, 1, 15)
    assert easts(track) == [0.0, 0.5, 0.001]
    assert [point["doubted"] for point in track["points"]] == [False, True, False]


def test_only_the_minutes_that_were_asked_for(town: House, clock: FakeClock) -> None:
    drive(town, clock, (601, 0.0), (599, 0.0001), (2, 0.001))
    assert easts(read_track(town, OPERATOR, 1, 10)) == [0.0001, 0.001]
    assert len(read_track(town, OPERATOR, 1, 11)["points"]) == 3


def test_a_long_track_is_thinned_and_keeps_its_newest_point(town: House, clock: FakeClock) -> None:
    every_s = LONGEST_MIN * 60 // MOST_POINTS
    drive(town, clock, *((ago_s, -ago_s * 1e-6) for ago_s in range(40 * every_s, 0, -every_s // 2)))
    points = read_track(town, OPERATOR, 1, LONGEST_MIN)["points"]
    assert 40 <= len(points) <= 41
    assert clock.now() - points[-1]["recorded_at"] == timedelta(seconds=every_s // 2)
    stamps = [point["recorded_at"] for point in points]
    assert stamps == sorted(stamps)


def test_a_crew_reads_its_own_track_only(town: House) -> None:
    assert read_track(town, CREW, 1, 15)["points"] == []
    with pytest.raises(TrackOfOtherUnit):
        read_track(town, CREW, 2, 15)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_minutes_out_of_bounds_are_refused(town: House, minutes: int) -> None:
    with pytest.raises(NumberOutOfRange):
        read_track(town, OPERATOR, 1, minutes)


def test_a_unit_that_does_not_exist_is_refused(town: House) -> None:
    with pytest.raises(UnitNotFound):
        read_track(town, OPERATOR, 999, 15)
