"""The laws of tracking: late points never move a unit, repeats change nothing, clocks are ours."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.tracking import (
    JUMP_DOUBT_S,
    STEPS,
    Judgement,
    LastKnown,
    Report,
    judge,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HERE = LastKnown(lon=108.98, lat=0.9, recorded_at=NOW - timedelta(seconds=10), accuracy_m=5)

lons = st.floats(min_value=-180, max_value=180)
lats = st.floats(min_value=-90, max_value=90)
moments = st.integers(min_value=-100_000, max_value=100_000).map(
    lambda seconds: NOW + timedelta(seconds=seconds)
)
reports = st.builds(
    Report,
    lon=lons,
    lat=lats,
    recorded_at=st.none() | moments,
    accuracy_m=st.none() | st.floats(min_value=0, max_value=5000),
    speed_kph=st.none() | st.floats(min_value=0, max_value=300),
)


def after(seconds: float, lon: float = 108.98, lat: float = 0.9, **more: float) -> Report:
    return Report(lon=lon, lat=lat, recorded_at=NOW + timedelta(seconds=seconds), **more)  # type: ignore[arg-type]  # only floats are passed on


def shown(last: LastKnown | None, report: Report, judgement: Judgement) -> LastKnown | None:
    if not judgement.shown:
        return last
    return LastKnown(report.lon, report.lat, judgement.recorded_at, report.accuracy_m)


@given(reports)
def test_a_point_that_is_not_newer_never_moves_the_unit(report: Report) -> None:
    judgement = judge(report, HERE, NOW)
    if judgement.recorded_at <= HERE.recorded_at:
        assert not judgement.shown


@given(st.lists(reports, max_size=12))
def test_the_place_shown_only_ever_gets_newer_and_is_never_in_the_future(
    sent: list[Report],
) -> None:
    last: LastKnown | None = None
    for report in sent:
        before = last
        last = shown(last, report, judge(report, last, NOW))
        if before and last:
            assert last.recorded_at >= before.recorded_at
        if last:
            assert last.recorded_at <= NOW + timedelta(seconds=60)


@given(st.lists(reports, max_size=8))
def test_sending_the_newest_point_again_changes_nothing(sent: list[Report]) -> None:
    last: LastKnown | None = None
    for report in sent:
        last = shown(last, report, judge(report, last, NOW))
        if last is not None and report.recorded_at == last.recorded_at:
            again = judge(report, last, NOW)
            assert not again.kept
            assert shown(last, report, again) == last


@given(reports)
def test_what_is_shown_is_kept(report: Report) -> None:
    judgement = judge(report, HERE, NOW)
    assert judgement.kept or not judgement.shown


def test_a_buffered_point_completes_the_track() -> None:
    judgement = judge(after(-600), HERE, NOW)
    assert (judgement.flags, judgement.kept, judgement.shown) == (("late",), True, False)


def test_a_clock_ahead_of_ours_is_set_right_and_said() -> None:
    judgement = judge(after(61), HERE, NOW)
    assert judgement.recorded_at == NOW
    assert judgement.text == "future_clock"
    assert judgement.shown


def test_a_minute_ahead_is_forgiven() -> None:
    judgement = judge(after(60), HERE, NOW)
    assert judgement.recorded_at == NOW + timedelta(seconds=60)
    assert judgement.text is None


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 0.0), (float("nan"), 1.0), (181.0, 1.0)])
def test_a_phone_without_a_fix_is_not_off_the_coast_of_africa(lon: float, lat: float) -> None:
    judgement = judge(after(0, lon, lat), HERE, NOW)
    assert (judgement.kept, judgement.shown, judgement.text) == (False, False, "invalid")


def test_a_jump_is_kept_but_not_shown() -> None:
    judgement = judge(after(0, lon=109.08), HERE, NOW)
    assert (judgement.flags, judgement.kept, judgement.shown) == (("jump",), True, False)


def test_a_jump_is_believed_once_the_last_place_is_old() -> None:
    assert judge(after(JUMP_DOUBT_S, lon=109.08), HERE, NOW + timedelta(seconds=120)).shown


def test_poor_accuracy_is_no_jump() -> None:
    assert judge(after(0, lon=109.08, accuracy_m=12_000), HERE, NOW).shown


def test_a_simulator_may_run_faster_than_time() -> None:
    assert judge(after(0, lon=109.08), HERE, NOW, fast_forward=True).shown
    assert not judge(after(-600), HERE, NOW, fast_forward=True).shown


def test_standing_still_is_noted() -> None:
    assert judge(after(0, speed_kph=0.4), HERE, NOW).text == "stopped"
    assert judge(after(0, speed_kph=40), HERE, NOW).text is None


def test_the_first_point_of_a_unit_is_shown() -> None:
    assert judge(Report(lon=108.98, lat=0.9), None, NOW) == Judgement(recorded_at=NOW)


def test_steps_are_few_and_in_order() -> None:
    assert [step.__name__ for step in STEPS] == [
        "refuse_impossible",
        "correct_future_clock",
        "drop_duplicate",
        "keep_late_in_track",
        "doubt_jump",
        "note_stop",
    ]
