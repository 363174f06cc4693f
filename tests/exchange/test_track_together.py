"""Written together is written one by one: same rows, same answers, whoever else is in the group."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import DatabaseUnavailable
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services import track_together
from gis_dispatch.services.track_position import (
    DeviceUnknown,
    Received,
    track_device,
    track_devices,
)
from gis_dispatch.services.track_together import Together, TooManyWaiting
from gis_dispatch.store import PostgresStore
from tests.exchange.conftest import StillClock
from tests.whose import ISSUER, ZONE

SECOND_UNIT = """
INSERT INTO devices (label, unit_id, token_hash)
VALUES ('HP Damkar 02', 2, encode(sha256('tok-2'), 'hex'))
"""
ROWS = """
SELECT unit_id, device_id, recorded_at, received_at, ST_X(point), ST_Y(point), accuracy_m,
    speed_kph, heading_deg, battery_percent, source, judgement
FROM {table} ORDER BY unit_id, recorded_at
"""
near = st.floats(min_value=-0.02, max_value=0.02, allow_subnormal=False)
sendings = st.lists(
    st.tuples(
        st.sampled_from(["tok-1", "tok-2", "tok-sim", "tok-old", "nobody"]),
        st.builds(
            Report,
            lon=near.map(lambda off: 108.98 + off) | st.just(0.0),
            lat=near.map(lambda off: 0.9 + off) | st.just(0.0),
            recorded_at=st.none()
            | st.sampled_from([-3_000_000, -3600, -30, -20, -10, -9, -1, 0, 50, 900]),
            accuracy_m=st.none() | st.floats(min_value=0, max_value=500),
            speed_kph=st.none() | st.floats(min_value=0, max_value=120),
            heading_deg=st.none() | st.floats(min_value=0, max_value=359),
            battery_percent=st.none() | st.integers(min_value=0, max_value=100),
        ),
    ),
    max_size=12,
)


@pytest.fixture
def house(store: PostgresStore, clock: StillClock) -> House:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(SECOND_UNIT)
    return House(
        store, *cast(tuple[Any, Any], (None, None)), clock, cast(Any, None), (), ZONE, ISSUER
    )


def written(house: House) -> list[list[tuple[Any, ...]]]:
    """The track and the places shown; both are empty afterwards."""
    with cast(PostgresStore, house.store).engine.begin() as connection:
        found = [
            [tuple(row) for row in connection.exec_driver_sql(ROWS.format(table=table))]
            for table in ("positions", "unit_positions")
        ]
        connection.exec_driver_sql("DELETE FROM positions")
        connection.exec_driver_sql("DELETE FROM unit_positions")
    return found


def one_by_one(house: House, received: Sequence[Received]) -> list[Any]:
    outcomes: list[Any] = []
    for one in received:
        try:
            outcomes.append(track_device(house, one.token, one.report))
        except DeviceUnknown as unknown:
            outcomes.append(unknown)
    return outcomes


def comparable(outcomes: Sequence[Any]) -> list[Any]:
    return [type(one) if isinstance(one, Exception) else one for one in outcomes]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=sendings)
def test_together_is_one_by_one(house: House, clock: StillClock, sent: Any) -> None:
    received = []
    for token, report in sent:
        seconds = report.recorded_at
        moment = None if seconds is None else clock.now() + timedelta(seconds=seconds)
        values = {name: getattr(report, name) for name in Report.__slots__}
        received.append(Received(token, Report(**{**values, "recorded_at": moment}), clock.now()))
    apart = comparable(one_by_one(house, received)), written(house)
    together = comparable(track_devices(house, received)), written(house)
    assert together == apart


def points(clock: StillClock, count: int) -> list[Report]:
    return [
        Report(lon=108.98, lat=0.9, recorded_at=clock.now() - timedelta(seconds=second))
        for second in range(count)
    ]


def test_many_at_once_are_all_answered_and_all_written(house: House, clock: StillClock) -> None:
    together = Together(house, 500)
    reports = points(clock, 120)
    with ThreadPoolExecutor(24) as threads:
        answers = list(threads.map(lambda one: together.track("tok-1", one), reports))
    assert all(answer.kept for answer in answers)
    assert len(written(house)[0]) == 120
    assert (together.waiting, together.written, together.refused) == (0, 120, 0)


class Held:
    """A store whose transactions wait until they are let go; some then fail."""

    def __init__(self, store: Any, fails: Any = None) -> None:
        self.store, self.fails = store, fails
        self.go = threading.Event()
        self.began = threading.Semaphore(0)
        self.groups: list[int] = []

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self.began.release()
        assert self.go.wait(10)
        with self.store.transaction() as tx:
            yield _Failing(tx, self) if self.fails else tx


class _Failing:
    def __init__(self, tx: Transaction, held: Held) -> None:
        self._tx, self._held = tx, held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def run(self, query: str, /, **columns: Any) -> int:
        if query == "keep_positions":
            self._held.groups.append(len(columns["unit_ids"]))
            self._held.fails(columns)
        return self._tx.run(query, **columns)


def held(house: House, fails: Any = None) -> tuple[House, Held]:
    store = Held(house.store, fails)
    return House(**{**vars(house), "store": store}), store


def test_who_comes_while_a_group_is_written_is_written_with_the_next(
    house: House, clock: StillClock
) -> None:
    sizes = []
    slow, store = held(house, lambda columns: sizes.append(len(columns["unit_ids"])))
    together = Together(slow, 500)
    with ThreadPoolExecutor(10) as threads:
        first, *others = points(clock, 10)
        answers = [threads.submit(together.track, "tok-1", first)]
        assert store.began.acquire(timeout=10)
        answers += [threads.submit(together.track, "tok-1", one) for one in others]
        while together.waiting < 9:
            pass
        assert together.oldest_at() == clock.now()
        store.go.set()
        assert all(answer.result().kept for answer in answers)
    assert sizes == [1, 9]


def test_a_full_queue_says_so_and_when_to_come_again(house: House, clock: StillClock) -> None:
    slow, store = held(house)
    together = Together(slow, 2)
    with ThreadPoolExecutor(4) as threads:
        reports = points(clock, 4)
        answers = [threads.submit(together.track, "tok-1", reports[0])]
        assert store.began.acquire(timeout=10)
        answers += [threads.submit(together.track, "tok-1", one) for one in reports[1:3]]
        while together.waiting < 2:
            pass
        with pytest.raises(TooManyWaiting) as refused:
            together.track("tok-1", reports[3])
        assert refused.value.fields["retry_after_s"] == track_together.RETRY_AFTER_S
        store.go.set()
        assert all(answer.result().kept for answer in answers)
    assert (together.refused, len(written(house)[0])) == (1, 3)


def test_one_that_cannot_be_written_spoils_nothing_for_the_others(
    house: House, clock: StillClock
) -> None:
    def fails(columns: Any) -> None:
        if 2 in columns["unit_ids"]:
            raise ArithmeticError("a defect")

    slow, store = held(house, fails)
    together = Together(slow, 500)
    with ThreadPoolExecutor(6) as threads:
        first, second, *others = points(clock, 6)
        answers = [threads.submit(together.track, "tok-1", first)]
        assert store.began.acquire(timeout=10)
        bad = threads.submit(together.track, "tok-2", second)
        answers += [threads.submit(together.track, "tok-1", one) for one in others]
        while together.waiting < 5:
            pass
        store.go.set()
        assert all(answer.result().kept for answer in answers)
        with pytest.raises(ArithmeticError):
            bad.result()
    assert len(written(house)[0]) == 5


def test_a_database_that_is_away_is_said_to_everybody(house: House, clock: StillClock) -> None:
    def away(_columns: Any) -> None:
        raise DatabaseUnavailable

    slow, store = held(house, away)
    store.go.set()
    together = Together(slow, 500)
    with pytest.raises(DatabaseUnavailable):
        together.track("tok-1", points(clock, 1)[0])
    store.fails = None
    assert together.track("tok-1", points(clock, 1)[0]).kept
