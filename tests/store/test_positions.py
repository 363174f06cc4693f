"""The track by day: moved, made, forgotten but for assignments."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from alembic import command

from gis_dispatch.errors import RuleBroken
from gis_dispatch.services.forget_positions import (
    AHEAD,
    forget_positions,
    make_position_days,
)
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.migrating import alembic_config, migrate
from tests.databases import Databases

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAYS = """
SELECT right(child.relname, 8) FROM pg_inherits AS part
JOIN pg_class AS child ON child.oid = part.inhrelid
WHERE part.inhparent = 'positions'::regclass ORDER BY 1
"""
NEW = """
INSERT INTO unit_positions (unit_id, recorded_at, received_at, point, source)
VALUES (%s, now(), now(), ST_SetSRID(ST_MakePoint(%s, 0.9), 4326), 'device')
ON CONFLICT (unit_id) DO UPDATE SET point = excluded.point
"""
HOLD = "SELECT FROM hold_last_positions(ARRAY[1, 2, 3])"


def sql(store: PostgresStore, text: str) -> list[tuple[Any, ...]]:
    with store.engine.begin() as connection:
        rows = connection.exec_driver_sql(text)
        return [tuple(row) for row in rows] if rows.returns_rows else []


def keep(store: PostgresStore, *points: tuple[int, datetime]) -> None:
    units, moments = zip(*points, strict=True)
    nothing: tuple[None, ...] = (None,) * len(points)
    with store.transaction() as tx:
        tx.all("make_position_days", days=tuple({moment.date() for moment in moments}))
        tx.run(
            "keep_positions", unit_ids=units, recorded_ats=moments, received_ats=moments,
            lons=(108.98,) * len(points), lats=(0.9,) * len(points), device_ids=nothing,
            accuracies_m=nothing, speeds_kph=nothing, headings_deg=nothing,
            batteries_percent=nothing, sources=("device",) * len(points), judgements=nothing,
        )  # fmt: skip


def test_positions_of_before_move_to_their_days(all_databases: Databases) -> None:
    with all_databases.empty() as url:
        command.upgrade(alembic_config(url), "0007")
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO agencies (code, name, short_name) VALUES ('a', 'A', 'A');"
                "INSERT INTO unit_types (code, name_id, name_en, profile, icon, turnout_s)"
                " VALUES ('t', 'T', 'T', 'car', 'car', 0);"
                "INSERT INTO units (id, call_sign, agency_code, type_code)"
                " VALUES (1, 'U', 'a', 't');"
                "INSERT INTO positions"
                " (unit_id, recorded_at, received_at, point, source, judgement, battery_percent)"
                " SELECT 1, at, at + interval '1 s', ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326),"
                " 'field', 'stopped', 80 FROM generate_series('2026-11-20 23:00+00'::timestamptz,"
                " '2026-11-22 01:00+00', '1 hour') AS at"
            )
        connection.close()
        migrate(url)
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(DAYS)
            assert [day for (day,) in cursor.fetchall()] == ["20261120", "20261121", "20261122"]
            cursor.execute(
                "SELECT count(*), min(received_at - recorded_at), min(battery_percent),"
                " min(source || judgement) FROM positions"
            )
            assert cursor.fetchone() == (27, timedelta(seconds=1), 80, "fieldstopped")
        connection.close()


def test_days_are_made_ahead_and_once(store: PostgresStore) -> None:
    for _ in range(2):
        make_position_days(store, NOW)
    assert [day for (day,) in sql(store, DAYS)] == [
        f"{NOW + timedelta(days=ahead):%Y%m%d}" for ahead in range(AHEAD + 1)
    ]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: make_position_days(store, NOW + timedelta(days=9)), range(8)))
    assert len(sql(store, DAYS)) == 2 * (AHEAD + 1)


def test_a_position_without_its_day_is_refused_and_never_put_elsewhere(
    store: PostgresStore,
) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation, match="no partition"):  # noqa: SIM117
        with store.engine.raw_connection().cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(
                "INSERT INTO positions (unit_id, recorded_at, received_at, point, source)"
                " VALUES (1, '2020-01-01', now(), ST_SetSRID(ST_MakePoint(1, 1), 4326), 'device')"
            )


def test_the_database_refuses_a_position_of_no_unit(store: PostgresStore) -> None:
    with pytest.raises(RuleBroken, match="position_unit_exists"):
        keep(store, (1, NOW), (404, NOW))
    assert sql(store, "SELECT count(*) FROM positions") == [(0,)]


def test_old_days_are_forgotten_but_for_what_a_unit_did_on_an_assignment(
    store: PostgresStore,
) -> None:
    on_duty = NOW - timedelta(days=40)
    sql(
        store,
        "INSERT INTO incidents (id, number, kind_code, priority, received_at, point, method)"
        " VALUES (1, '20261014-0001', 'kebakaran', 1, '2026-10-14 00:00+00',"
        " ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin')",
    )
    sql(store, "ALTER TABLE assignments DISABLE TRIGGER USER")
    sql(
        store,
        "INSERT INTO referrals (id, incident_id, agency_code, sent_at)"
        " VALUES (1, 1, 'damkar', '2026-10-14 00:00+00')",
    )
    sql(
        store,
        "INSERT INTO assignments"
        " (incident_id, referral_id, unit_id, status, dispatched_at, cancelled_at, cancel_reason)"
        f" VALUES (1, 1, 1, 'cancelled', '{on_duty}', '{on_duty + timedelta(hours=1)}', 'x')",
    )
    minutes = [-1, 0, 30, 60, 61]
    points = [(1, on_duty + timedelta(minutes=minute)) for minute in minutes]
    keep(store, *points, (2, on_duty), (1, NOW))
    before = store.reads.all("api_track", incident_id=1)
    assert [len(track["times"]) for track in before] == [3]

    assert forget_positions(store, NOW, 30) == [on_duty.date()]
    assert forget_positions(store, NOW, 30) == []
    assert sql(store, "SELECT unit_id, recorded_at FROM positions") == [(1, NOW)]
    kept = sql(store, "SELECT unit_id, recorded_at FROM kept_positions ORDER BY recorded_at")
    assert kept == points[1:4]
    assert store.reads.all("api_track", incident_id=1) == before


def test_a_day_that_has_not_ended_so_long_ago_stays(store: PostgresStore) -> None:
    keep(store, (1, NOW - timedelta(days=31)), (1, NOW - timedelta(days=30)))
    assert forget_positions(store, NOW, 30) == [(NOW - timedelta(days=31)).date()]
    assert forget_positions(store, NOW + timedelta(hours=14), 30) == []
    assert len(forget_positions(store, NOW + timedelta(hours=15), 30)) == 1


def test_writers_who_hold_the_places_first_never_block_each_other(store: PostgresStore) -> None:
    def write(writer: int) -> None:
        for number in range(40):
            with store.engine.begin() as connection:
                connection.exec_driver_sql(HOLD)
                for unit in ((1, 2), (2, 3), (1, 3))[writer % 3]:
                    connection.exec_driver_sql(NEW, (unit, number + writer / 10))

    with ThreadPoolExecutor(6) as pool:
        for writer in [pool.submit(write, writer) for writer in range(6)]:
            writer.result()  # a deadlock would be an error
    assert sql(store, "SELECT unit_id FROM unit_positions ORDER BY 1") == [(1,), (2,), (3,)]
