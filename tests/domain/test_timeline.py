"""Laws of intervals: both ends or None, never negative, whole and parts agree."""

from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.timeline import (
    OF_CASE,
    assignment_intervals,
    between,
    case_intervals,
    median_and_p90,
    percentile,
)

T0 = datetime(2026, 3, 2, tzinfo=UTC)
NAMES = ("dispatched_at", "acknowledged_at", "en_route_at", "on_scene_at", "cleared_at")
seconds = st.integers(min_value=0, max_value=7200)


def at(offset_s: float) -> datetime:
    return T0 + timedelta(seconds=offset_s)


@given(st.none() | seconds, st.none() | seconds)
def test_an_interval_needs_both_ends_and_runs_forward(a: int | None, b: int | None) -> None:
    found = between(None if a is None else at(a), None if b is None else at(b))
    if a is None or b is None or b < a:
        assert found is None
    else:
        assert found == b - a


@given(st.lists(seconds, min_size=5, max_size=5).map(sorted), st.integers(0, 5))
def test_parts_add_up_to_the_whole(times: list[int], known: int) -> None:
    told = [at(time) if i < known else None for i, time in enumerate(times)]
    stamps = dict(zip(NAMES, told, strict=True))
    found: dict[str, Any] = dict(assignment_intervals(stamps))
    assert all(value is None or value >= 0 for value in found.values())
    if known >= 4:
        assert found["turnout_s"] + found["travel_s"] == found["response_s"]
    if known == 5:
        assert found["response_s"] + found["on_scene_s"] == found["committed_s"]
    else:
        assert found["committed_s"] is None


def test_a_case_is_measured_by_its_first_call_and_the_unit_first_there() -> None:
    calls = [
        {"received_at": at(30), "answered_at": at(40)},
        {"received_at": at(0), "answered_at": at(8)},
    ]
    units = [
        {"id": 1, "dispatched_at": at(60), "en_route_at": at(100), "on_scene_at": at(700)},
        {
            "id": 2,
            "dispatched_at": at(90),
            "en_route_at": at(120),
            "on_scene_at": at(500),
            "cleared_at": at(900),
        },
    ]
    assert case_intervals(at(5), calls, units) == {
        "answer_s": 8,
        "processing_s": 52,
        "turnout_s": 30,
        "travel_s": 380,
        "response_s": 410,
        "on_scene_s": 400,
        "committed_s": 810,
        "total_response_s": 500,
    }


def test_a_case_without_units_has_only_its_answer() -> None:
    found = case_intervals(at(0), [{"received_at": at(0), "answered_at": at(3)}], [])
    assert set(found) == set(OF_CASE)
    assert {name for name, value in found.items() if value is not None} == {"answer_s"}


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_median_is_the_median_and_p90_is_not_below_it(values: list[float]) -> None:
    middle, ninety = median_and_p90([*values, None])
    assert middle == pytest.approx(median(values))
    assert ninety is not None and min(values) <= (middle or 0) <= ninety <= max(values)


def test_percentiles_of_nothing_are_none() -> None:
    assert median_and_p90([None]) == (None, None)
    assert percentile(range(1, 12), 0.9) == 10
