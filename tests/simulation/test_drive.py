"""A simulated vehicle takes exactly the time the roads say, and never leaves its route."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.simulation.drive import bearing_deg, plan_drive, scatter

BLOCK = ((108.98, 0.90), (108.99, 0.90), (108.99, 0.91), (108.99, 0.91), (109.0, 0.912))

lines = st.lists(
    st.tuples(
        st.floats(min_value=108.9, max_value=109.0), st.floats(min_value=0.85, max_value=0.95)
    ),
    min_size=1,
    max_size=8,
)


@given(line=lines, driving_time_s=st.floats(min_value=1, max_value=3600))
def test_the_drive_takes_the_time_of_the_route(
    line: list[tuple[float, float]], driving_time_s: float
) -> None:
    drive = plan_drive(line, driving_time_s)
    if len(set(line)) > 1:
        assert drive.duration_s == pytest.approx(driving_time_s, rel=1e-6)
    assert (drive.at(0).lon, drive.at(0).lat) == pytest.approx(line[0])
    end = drive.at(driving_time_s + 1)
    assert (end.lon, end.lat, end.speed_kph) == (line[-1][0], line[-1][1], 0.0)


@given(line=lines, shares=st.lists(st.floats(min_value=0, max_value=1), min_size=2, max_size=9))
def test_it_only_moves_forward(line: list[tuple[float, float]], shares: list[float]) -> None:
    drive = plan_drive(line, 300)
    assert all(before <= after for before, after in pairwise(drive.passed_s))
    for share in sorted(shares):
        fix = drive.at(share * drive.duration_s)
        assert 108.9 - 1e-9 <= fix.lon <= 109.0 + 1e-9
        assert fix.speed_kph >= 0


def test_it_pulls_away_slows_into_the_bend_and_brakes() -> None:
    drive = plan_drive(BLOCK, 240)
    start, corner = (
        drive.at(1),
        min(
            (drive.at(s) for s in range(240)),
            key=lambda f: straight_line_m(f.lon, f.lat, *BLOCK[1]),
        ),
    )
    fastest = max(drive.at(s).speed_kph for s in range(240))
    assert start.speed_kph < fastest / 2
    assert corner.speed_kph < fastest / 2
    assert drive.at(239).speed_kph < fastest / 2
    mean = sum(straight_line_m(*a, *b) for a, b in pairwise(BLOCK)) / 240 * 3.6
    assert mean < fastest < 2 * mean


def test_the_speed_said_is_the_speed_driven() -> None:
    drive = plan_drive(BLOCK, 240)
    for second in range(20, 220, 10):
        a, b = drive.at(second), drive.at(second + 0.1)
        driven_kph = straight_line_m(a.lon, a.lat, b.lon, b.lat) / 0.1 * 3.6
        assert a.speed_kph == pytest.approx(driven_kph, rel=0.1, abs=1)


def test_bearings_are_those_of_a_compass() -> None:
    assert bearing_deg((109, 0), (109, 1)) == pytest.approx(0)
    assert bearing_deg((109, 0), (110, 0)) == pytest.approx(90)
    assert bearing_deg((109, 0), (108, 0)) == pytest.approx(270)


@given(angle=st.floats(min_value=0, max_value=1), share=st.floats(min_value=0, max_value=1))
def test_scattered_points_stay_in_their_disc(angle: float, share: float) -> None:
    assert straight_line_m(11.97, 57.7, *scatter((11.97, 57.7), 2000, angle, share)) < 2020
