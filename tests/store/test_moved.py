"""Units that moved are found by the look that can first see them, in whatever order they commit."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event

import pytest

from gis_dispatch.store import PostgresStore

UNITS, WRITERS, EACH = range(1001, 1041), 4, 40
FURNISH = """
INSERT INTO agencies (code, name, short_name) VALUES ('damkar', 'Damkar', 'Damkar')
ON CONFLICT DO NOTHING;
INSERT INTO unit_types (code, name_id, name_en, profile, icon, turnout_s)
VALUES ('pemadam', 'Pemadam', 'Engine', 'engine', 'engine', 60) ON CONFLICT DO NOTHING;
INSERT INTO units (id, call_sign, agency_code, type_code) OVERRIDING SYSTEM VALUE
SELECT n, 'M' || n, 'damkar', 'pemadam' FROM generate_series(1001, 1040) AS n;
"""
SHOW = """
INSERT INTO unit_positions (unit_id, recorded_at, received_at, point, speed_kph, source)
VALUES (%(unit)s, now(), now(), ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), %(mark)s, 'device')
ON CONFLICT (unit_id) DO UPDATE SET speed_kph = excluded.speed_kph
"""


@pytest.fixture
def furnished_store(store: PostgresStore) -> Iterator[PostgresStore]:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(FURNISH)
    yield store


def write(store: PostgresStore, writer: int) -> None:
    """Some units at a time, some of it undone, some inside savepoints, of different length."""
    random = Random(writer)
    own = [unit for unit in UNITS if unit % WRITERS == writer]
    for mark in range(1, EACH + 1):
        with store.engine.connect() as connection, connection.begin() as transaction:
            for unit in random.sample(own, 2):
                with connection.begin_nested():
                    connection.exec_driver_sql(SHOW, {"unit": unit, "mark": mark})
            time.sleep(random.choice([0, 0, 0.002, 0.02]))
            if random.random() < 0.1:
                transaction.rollback()


def test_no_look_skips_a_unit_under_concurrent_writers(furnished_store: PostgresStore) -> None:
    store, done = furnished_store, Event()
    speeds = "SELECT unit_id, speed_kph FROM unit_positions"

    def follow() -> dict[int, float]:
        seen: dict[int, float] = {}
        snapshot = store.reads.value("snapshot_now")
        while True:
            finished = done.is_set()
            moved = store.reads.all("units_that_moved", since=snapshot)
            if moved:
                snapshot = moved[0]["snapshot"]
                # Read by the same look, or later: what is newer is found again by the next look.
                ids = [row["unit_id"] for row in moved]
                for row in store.reads.all("positions_of_units", unit_ids=ids):
                    seen[row["unit_id"]] = row["speed_kph"]
            elif finished:
                return seen
            time.sleep(0.003)

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow)
        for writer in [pool.submit(write, store, number) for number in range(WRITERS)]:
            writer.result(timeout=60)
        done.set()
        seen = reader.result(timeout=60)
    with store.engine.connect() as connection:
        assert seen == {row[0]: row[1] for row in connection.exec_driver_sql(speeds)}
    assert len(seen) > len(UNITS) / 2


def test_what_stays_as_it_is_is_not_found_again(furnished_store: PostgresStore) -> None:
    store = furnished_store
    with store.engine.begin() as connection:
        connection.exec_driver_sql(SHOW, {"unit": 1001, "mark": 1})
    snapshot = store.reads.value("snapshot_now")
    assert store.reads.all("units_that_moved", since=snapshot) == []
    with store.engine.connect() as late, late.begin():
        late.exec_driver_sql(SHOW, {"unit": 1002, "mark": 1})
        with store.engine.begin() as early:
            early.exec_driver_sql(SHOW, {"unit": 1003, "mark": 1})
        [first] = store.reads.all("units_that_moved", since=snapshot)
        assert first["unit_id"] == 1003
    # The one that began first and committed last.
    [second] = store.reads.all("units_that_moved", since=first["snapshot"])
    assert second["unit_id"] == 1002
