"""Transactions: all or nothing, rows held, a pool that waits, a database that is away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import text

from gis_dispatch.errors import DatabaseUnavailable
from gis_dispatch.store import PostgresStore, open_store

NOW = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def test_a_failure_undoes_everything(store: PostgresStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.calls.add(channel="phone", received_at=NOW)
        raise ZeroDivisionError
    assert store.reads.all("list_calls", state="all") == []


def test_a_locked_row_is_waited_for(store: PostgresStore) -> None:
    held, go_on = Event(), Event()

    def slow() -> None:
        with store.transaction() as tx:
            tx.units.get(1, lock=True)
            held.set()
            assert go_on.wait(10)
            tx.units.update(1, duty="off_duty")

    def quick() -> str:
        with store.transaction() as tx:
            return tx.units.get(1, lock=True).duty

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow)
        assert held.wait(10)
        second = pool.submit(quick)
        go_on.set()
        first.result(10)
        assert second.result(10) == "off_duty"


def test_a_small_pool_waits_instead_of_failing(database_url: str) -> None:
    store = open_store(database_url, pool_size=1)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: store.reads.value("newest_event_id"), range(64)))
    store.close()
    assert found == [0] * 64


def test_incident_numbers_count_the_local_day(store: PostgresStore) -> None:
    with store.transaction() as tx:
        # 17:30 UTC is half past midnight in Pontianak.
        numbers = [tx.incidents.next_number(NOW) for _ in range(2)]
    assert numbers == ["20260303-0001", "20260303-0002"]


def test_a_place_goes_in_and_comes_out_as_lon_lat(store: PostgresStore) -> None:
    with store.transaction() as tx:
        call = tx.calls.add(channel="phone", received_at=NOW, lon=108.98, lat=0.9)
        assert (call.lon, call.lat) == (108.98, 0.9)
        assert tx.calls.find(call.id) == call
        assert tx.calls.add(channel="phone", received_at=NOW).lon is None
    with store.engine.connect() as connection:
        found = connection.execute(text("SELECT ST_X(point), ST_SRID(point) FROM calls")).first()
    assert tuple(found or ()) == (108.98, 4326)


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    store = open_store("postgresql://nobody@/nowhere?host=/nonexistent")
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        store.reads.value("newest_event_id")
    with pytest.raises(DatabaseUnavailable), store.transaction():
        pass
