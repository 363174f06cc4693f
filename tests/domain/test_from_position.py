"""Which step a track shows: never from a late point or one that strays, nor too early."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.from_position import FRESH_S, Course, Proposal, Rules, Seen, propose

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PLACE = (108.987, 0.906)
HOME = (108.95, 0.90)
RULES = Rules()
M_LON = 1 / (111_320 * cos(radians(PLACE[1])))


def at(seconds: float, east_m: float = 0.0, **more: object) -> Seen:
    """A point so many metres east of the incident, that came in at once."""
    moment = NOW + timedelta(seconds=seconds)
    seen = Seen(PLACE[0] + east_m * M_LON, PLACE[1], moment, moment, 5.0, 0.0)
    return replace(seen, **more)  # type: ignore[arg-type]  # fields of Seen


def course(status: str) -> Course:
    return Course(status, NOW, PLACE, HOME)


def drive(
    begin_s: float, far_m: float, to_m: float, kph: float = 40.0, every_s: int = 5
) -> list[Seen]:
    """From far to near in a straight line."""
    step_m = kph / 3.6 * every_s * (1 if to_m > far_m else -1)
    places = [far_m + step_m * n for n in range(int(abs(to_m - far_m) / abs(step_m)) + 1)]
    return [at(begin_s + every_s * n, east_m, speed_kph=kph) for n, east_m in enumerate(places)]


def stand(begin_s: float, east_m: float, many: int, every_s: int = 5) -> list[Seen]:
    return [at(begin_s + every_s * n, east_m) for n in range(many)]


def test_who_drives_there_and_stands_has_arrived_when_it_came_to_a_stand() -> None:
    track = drive(0, 2000, 40)
    begin_s = 5 * len(track)
    track += stand(begin_s, 30, 5)
    found = propose(course("en_route"), track, RULES)
    assert found == Proposal("on_scene", track[-5].recorded_at, track[-5].lon, track[-5].lat)
    assert propose(course("en_route"), track[:-1], RULES) is None, "not long enough yet"


def test_who_drives_past_has_not_arrived() -> None:
    assert propose(course("en_route"), drive(0, 1000, -1000), RULES) is None


def test_a_stop_at_a_red_light_on_the_way_is_no_arrival() -> None:
    track = drive(0, 1000, 250) + stand(300, 250, 20)
    assert propose(course("en_route"), track, RULES) is None


def test_a_point_that_strays_does_not_break_a_stay() -> None:
    strays = [*stand(0, 95, 3), at(15, 140), *stand(20, 95, 3)]
    found = propose(course("en_route"), strays, RULES)
    assert found is not None and found.at == NOW
    leaves = [*stand(0, 95, 3), at(15, 160), *stand(20, 95, 3)]
    assert propose(course("en_route"), leaves, RULES) is None


def test_a_phone_without_speed_is_measured_by_its_way() -> None:
    moving = [replace(seen, speed_kph=None) for seen in drive(0, 90, -90, kph=15)]
    assert propose(course("en_route"), moving, RULES) is None
    standing = [replace(seen, speed_kph=None) for seen in stand(0, 20, 6)]
    assert propose(course("en_route"), standing, RULES) is not None


def test_who_moves_away_has_left_since_the_first_point_outside() -> None:
    track = [*stand(0, 0, 4), *drive(20, 60, 600)]
    found = propose(course("acknowledged"), track, RULES)
    first = next(seen for seen in track if seen.lon > PLACE[0] + RULES.away_m * M_LON)
    assert found == Proposal("en_route", first.recorded_at, first.lon, first.lat)
    one_stray = [*stand(0, 0, 4), at(20, 400), *stand(25, 0, 3)]
    assert propose(course("acknowledged"), one_stray, RULES) is None


def test_who_is_back_at_the_station_is_free() -> None:
    back = [replace(seen, lon=HOME[0], lat=HOME[1]) for seen in stand(600, 0, 6)]
    for status in ("on_scene", "at_hospital"):
        found = propose(course(status), back, RULES)
        assert found is not None and (found.step, found.at) == ("cleared", back[0].recorded_at)
    beside = replace(course("on_scene"), home=(PLACE[0] + 100 * M_LON, PLACE[1]))
    assert propose(beside, stand(0, 0, 9), RULES) is None, "the fire is next to the station"
    assert propose(replace(course("on_scene"), home=None), back, RULES) is None


@pytest.mark.parametrize("status", ["dispatched", "transporting", "cleared", "cancelled"])
def test_of_other_states_a_position_says_nothing(status: str) -> None:
    assert propose(course(status), [*drive(0, 900, 0), *stand(900, 0, 9)], RULES) is None


def test_what_was_before_the_last_stamp_says_nothing_of_the_next_step() -> None:
    track = stand(-100, 10, 20)
    assert propose(course("en_route"), track, RULES) is None
    assert propose(course("en_route"), [*track, *stand(0, 10, 6)], RULES) is not None


UNTRUSTED = [
    {"flags": frozenset({"late"})},
    {"flags": frozenset({"jump"})},
    {"flags": frozenset({"stopped", "future_clock"})},
    {"accuracy_m": 500.0},
]


@pytest.mark.parametrize("wrong", UNTRUSTED, ids=["late", "jump", "clock", "blurred"])
def test_a_point_that_is_not_trusted_raises_nothing(wrong: dict[str, object]) -> None:
    track = [replace(seen, **wrong) for seen in stand(0, 10, 40)]  # type: ignore[arg-type]
    assert propose(course("en_route"), track, RULES) is None


tracks = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.integers(-400, 400),
        st.sampled_from([None, 0.0, 4.0, 40.0]),
        st.floats(0, 300),
        st.sampled_from([frozenset(), frozenset({"late"}), frozenset({"jump"})]),
    ),
    max_size=40,
).map(
    lambda rows: sorted(
        (
            at(
                seconds,
                east_m,
                speed_kph=kph,
                received_at=NOW + timedelta(seconds=seconds + delay_s),
                flags=flags,
            )
            for seconds, east_m, kph, delay_s, flags in rows
        ),
        key=lambda seen: seen.recorded_at,
    )
)
statuses = st.sampled_from(["acknowledged", "en_route", "on_scene", "at_hospital"])


@given(tracks, statuses)
def test_what_is_proposed_was_a_fresh_point_of_this_step_and_is_dated_by_it(
    track: list[Seen], status: str
) -> None:
    found = propose(course(status), track, RULES)
    if found is None:
        return
    [by] = [s for s in track if s.trusted and (s.recorded_at, s.lon) == (found.at, found.lon)][:1]
    assert (by.received_at - by.recorded_at).total_seconds() <= FRESH_S
    assert found.at >= NOW


@given(tracks, statuses, tracks)
def test_late_points_change_nothing(track: list[Seen], status: str, late: list[Seen]) -> None:
    """However many come in later, and wherever they say the unit was."""
    buffered = [
        replace(seen, received_at=seen.recorded_at + timedelta(seconds=FRESH_S + 1))
        for seen in late
    ]
    together = sorted([*track, *buffered], key=lambda seen: seen.recorded_at)
    assert propose(course(status), together, RULES) == propose(course(status), track, RULES)
