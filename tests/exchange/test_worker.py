"""The worker as a process: finds what is due by itself, delivers it, stops quickly when told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest

from gis_dispatch.store import PostgresStore
from gis_dispatch.worker.closures import announce_closures
from tests.exchange.conftest import StillClock
from tests.exchange.test_delivery import Receiver, events, queue, receiver, stored

__all__ = ["receiver"]

RUN = """
from gis_dispatch.settings import Settings
from gis_dispatch.wiring import build_house
from gis_dispatch.worker import run
run(Settings(), build_house)
"""


@pytest.fixture
def worker(
    database_url: str, receiver: Receiver, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "GIS_DISPATCH_HOME": str(tmp_path),
            "GIS_DISPATCH_DATA_CENTRE_URL": receiver.url,
        },
    )
    yield process
    process.kill()
    process.wait()


def wait_for(what: str, seconds: float, ready: object) -> None:
    until = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < until, f"{what}: not within {seconds} s"
        time.sleep(0.1)


def test_it_delivers_after_a_failure_and_stops_within_three_seconds(
    worker: subprocess.Popen[bytes], receiver: Receiver, store: PostgresStore
) -> None:
    receiver.statuses = [503]
    clock = StillClock(datetime.now(UTC))
    delivery = queue(store, clock)
    wait_for("delivered", 45, lambda: stored(store, delivery).delivered_at is not None)
    assert stored(store, delivery).attempts == 2
    assert [kind for kind, _ in events(store)] == ["case.refused", "case.delivered"]
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - began < 3


def test_closures_that_begin_and_end_by_themselves_are_announced_once(
    store: PostgresStore, clock: StillClock, database_url: str
) -> None:
    now = clock.at = datetime.now(UTC)
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        for starts, ends in ((-60, None), (-7200, -30), (3600, None), (-7200, 3600)):
            cursor.execute(
                "INSERT INTO closures"
                " (geom, effect, reason, source, starts_at, ends_at, created_at)"
                " VALUES (ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'closed', 'banjir',"
                " 'operator', %s, %s, %s)",
                (
                    now + timedelta(seconds=starts),
                    None if ends is None else now + timedelta(seconds=ends),
                    now - timedelta(seconds=7200),
                ),
            )
    connection.close()
    assert announce_closures(store) == 2
    assert [kind for kind, _ in events(store)] == ["closure.made", "closure.lifted"]
    assert announce_closures(store) == 0


def test_without_a_database_it_waits_and_still_stops_at_once(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": "postgresql://127.0.0.1:9/none",
        "GIS_DISPATCH_HOME": str(tmp_path),
    }
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-c", RUN], env=env, stderr=file)
    try:
        wait_for("it says so", 15, lambda: b"trying again" in log.read_bytes())
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - began < 3
    finally:
        process.kill()
        process.wait()
