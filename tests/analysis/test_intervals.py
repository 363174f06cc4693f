"""Percentiles are numpy's; missing and backward stamps are counted, never guessed."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.analysis.intervals import BY_CODE, INTERVALS, measure, share_within, summarise

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
SECONDS = st.floats(min_value=0, max_value=100_000, allow_nan=False)


@given(st.lists(SECONDS, min_size=1, max_size=200))
def test_percentiles_are_those_of_numpy(seconds: list[float]) -> None:
    """Linear between ranks, as numpy and most spreadsheets do."""
    summary = summarise(seconds)
    assert summary.count == len(seconds)
    assert summary.median_s == pytest.approx(float(np.percentile(seconds, 50)), abs=0.06)
    assert summary.p90_s == pytest.approx(float(np.percentile(seconds, 90)), abs=0.06)


@given(st.lists(st.one_of(st.none(), st.floats(min_value=-1000, max_value=1000)), max_size=60))
def test_everything_is_counted_once(seconds: list[float | None]) -> None:
    """Measured, missing or backwards: nothing is lost and nothing is made up."""
    summary = summarise(seconds)
    assert summary.count + summary.missing + summary.backwards == len(seconds)
    assert summary.missing == sum(value is None for value in seconds)
    assert (summary.median_s is None) == (summary.count == 0)


def test_an_interval_lies_between_the_two_stamps_it_names() -> None:
    """Turnout is en route − dispatched; a row without one of the two is missing."""
    whole = {"dispatched_at": NOON, "en_route_at": NOON + timedelta(seconds=70)}
    half = {"dispatched_at": NOON, "en_route_at": None}
    summary = measure(BY_CODE["turnout"], [whole, half])
    assert (summary.median_s, summary.count, summary.missing) == (70.0, 1, 1)


def test_every_interval_of_the_trade_is_there() -> None:
    """The words of the domain, each with a definition that names both ends."""
    assert [interval.code for interval in INTERVALS] == [
        "answer",
        "processing",
        "turnout",
        "travel",
        "response",
        "total_response",
        "on_scene",
        "committed",
    ]
    assert all("−" in interval.definition for interval in INTERVALS)


def test_the_share_in_time_is_of_what_was_measured() -> None:
    """An incident without an arrival is neither in time nor late."""
    assert share_within([60.0, 900.0, 901.0, None], 900) == pytest.approx(2 / 3, abs=1e-4)
    assert share_within([None], 900) is None
