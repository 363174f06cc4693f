"""Two workers as processes, one killed in the middle: nobody is told twice, or not at all."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from gis_dispatch.ports import House
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.services.clocks import agree, raised
from tests.services.test_worker_rounds import ROOT, RUN
from tests.story import Story
from tests.town import People

CHAIN = [{"kind": "role", "role": "lead_operator", "after_s": s} for s in (4, 8, 12, 90)]


@contextmanager
def worker(database_url: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "GIS_DISPATCH_HOME": str(home)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(house: House, referral_id: int, levels: int) -> list[dict[str, Any]]:
    until = time.monotonic() + 120
    while len(found := raised(house, referral_id)) < levels:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found


def test_killed_in_the_middle_and_started_again(
    town: House, story: Story, clock: FakeClock, people: People, database_url: str, tmp_path: Path
) -> None:
    agree(town, CHAIN)
    clock.time = datetime.now(UTC) - timedelta(seconds=75)
    late, done = story.referral(), story.referral()
    clock.time = datetime.now(UTC)
    with worker(database_url, tmp_path / "b"):
        with worker(database_url, tmp_path / "a") as first:
            wait_until(town, late.id, 2)
            wait_until(town, done.id, 1)
            first.kill()
        clock.time = datetime.now(UTC)
        acknowledge_referral(town, people.damkar, done.id)
        told_of_done = [e for e in _told(town) if e["referral_id"] == done.id]
        with worker(database_url, tmp_path / "c"):
            found = wait_until(town, late.id, 4)
    assert [row["level"] for row in found] == [0, 1, 2, 3]
    gaps = [(b["raised_at"] - a["raised_at"]).total_seconds() for a, b in pairwise(found)]
    assert min(gaps) >= 4
    told = _told(town)
    assert [e["data"]["level"] for e in told if e["referral_id"] == late.id] == [0, 1, 2, 3]
    assert [e for e in told if e["referral_id"] == done.id] == told_of_done


def _told(house: House) -> list[dict[str, Any]]:
    kinds = {"referral.late", "referral.escalated"}
    return [event for event in events_of(house.store) if event["kind"] in kinds]
