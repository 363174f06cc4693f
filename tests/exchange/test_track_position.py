"""Positions reach the track and the map through one transaction each, judged in turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import OnlySample
from gis_dispatch.ports import House
from gis_dispatch.services.track_position import (
    DeviceUnknown,
    PositionOfOtherUnit,
    track_device,
    track_positions,
)
from gis_dispatch.store import PostgresStore
from tests.exchange.conftest import StillClock
from tests.whose import ISSUER, ZONE

CREW = Actor(user_id=None, name="Regu 1", role="crew", agency_code="damkar", unit_id=1)
SIMULATOR = Actor(user_id=None, name="Simulator", role="simulator", source="simulator")


@pytest.fixture
def house(store: PostgresStore, clock: StillClock) -> House:
    # Tracking uses the store and the clock; the rest of the house is not needed.
    return House(
        store, *cast(tuple[Any, Any], (None, None)), clock, cast(Any, None), (), ZONE, ISSUER
    )


def report(clock: StillClock, seconds: float, lon: float = 108.98, lat: float = 0.9) -> Report:
    return Report(lon=lon, lat=lat, recorded_at=clock.now() + timedelta(seconds=seconds))


def rows(house: House, sql: str) -> list[tuple[Any, ...]]:
    with cast(PostgresStore, house.store).engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_a_phone_moves_its_unit(house: House, clock: StillClock) -> None:
    assert track_device(house, "tok-1", report(clock, -2)).shown
    assert rows(house, "SELECT unit_id, source, ST_X(point) FROM unit_positions") == [
        (1, "device", 108.98)
    ]
    assert rows(house, "SELECT last_seen_at FROM devices WHERE id = 1") == [(clock.now(),)]


def test_the_same_point_twice_is_kept_once(house: House, clock: StillClock) -> None:
    for _ in range(3):
        track_device(house, "tok-1", report(clock, -2))
    assert rows(house, "SELECT count(*) FROM positions") == [(1,)]


def test_a_buffered_point_is_kept_once_and_moves_nothing(house: House, clock: StillClock) -> None:
    track_device(house, "tok-1", report(clock, -2))
    for _ in range(2):
        assert not track_device(house, "tok-1", report(clock, -60, lon=108.97)).shown
    assert rows(house, "SELECT ST_X(point) FROM unit_positions") == [(108.98,)]
    assert rows(house, "SELECT judgement FROM positions ORDER BY recorded_at") == [
        ("late",),
        (None,),
    ]


def test_points_arriving_together_leave_the_newest_shown(house: House, clock: StillClock) -> None:
    reports = [report(clock, -second, lon=108.98 + second * 1e-5) for second in range(20)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda one: track_device(house, "tok-1", one), reports))
    assert rows(house, "SELECT count(*) FROM positions") == [(20,)]
    assert rows(house, "SELECT recorded_at FROM unit_positions") == [(clock.now(),)]


@pytest.mark.parametrize("token", ["tok-old", "nobody", ""])
def test_an_unknown_or_revoked_device_is_refused(
    house: House, clock: StillClock, token: str
) -> None:
    with pytest.raises(DeviceUnknown):
        track_device(house, token, report(clock, 0))
    assert rows(house, "SELECT count(*) FROM positions") == [(0,)]


def test_the_simulators_phone_says_that_it_is_one(house: House, clock: StillClock) -> None:
    track_device(house, "tok-sim", report(clock, 0))
    assert rows(house, "SELECT source FROM unit_positions") == [("simulator",)]


def test_the_field_page_reports_for_its_own_unit_only(house: House, clock: StillClock) -> None:
    judgements = track_positions(house, CREW, 1, [report(clock, -5), report(clock, -1)])
    assert [judgement.shown for judgement in judgements] == [True, True]
    assert rows(house, "SELECT DISTINCT source FROM positions") == [("field",)]
    with pytest.raises(PositionOfOtherUnit):
        track_positions(house, CREW, 2, [report(clock, 0)])


def test_the_simulator_never_moves_a_real_unit(house: House, clock: StillClock) -> None:
    assert track_positions(house, SIMULATOR, 1, [report(clock, 0)])[0].shown
    with pytest.raises(OnlySample):
        track_positions(house, SIMULATOR, 2, [report(clock, 0)])
