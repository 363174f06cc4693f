"""The worker as a process: refreshes times of arrival and forgets old rankings by itself."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gis_dispatch.domain.tracking import Report
from gis_dispatch.ports import House
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.track_position import track_positions
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import CENTRE, People

ROOT = Path(__file__).resolve().parents[2]
RUN = """
from dataclasses import replace
from gis_dispatch.settings import Settings
from gis_dispatch.wiring import build_house
from gis_dispatch.worker import run
from tests.straight_roads import StraightRoads
run(Settings(), lambda *given: replace(build_house(*given), roads=StraightRoads()))
"""


def answer(store: PostgresStore, question: str) -> int:
    with store.engine.connect() as connection:
        return int(connection.exec_driver_sql(question).scalar_one())


def wait_for(store: PostgresStore, question: str, expected: int) -> None:
    until = time.monotonic() + 45
    while answer(store, question) != expected:
        assert time.monotonic() < until, question
        time.sleep(0.1)


def test_what_it_does_by_itself(
    town: House, store: PostgresStore, clock: FakeClock, story: Story, people: People,
    database_url: str, tmp_path: Path,
) -> None:  # fmt: skip
    clock.time = datetime.now(UTC) - timedelta(days=60)
    old = story.incident()
    rank_units(town, people.damkar, story.referral(old).incident_id)
    assert answer(store, "SELECT count(*) FROM recommendations") == 1
    clock.time = datetime.now(UTC)
    story.steps(story.sent(1), "acknowledged", "en_route")
    clock.time = datetime.now(UTC)
    track_positions(town, people.crew, 1, [Report(CENTRE[0] - 0.01, CENTRE[1], clock.time)])
    worker = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "GIS_DISPATCH_HOME": str(tmp_path),
            "GIS_DISPATCH_RECOMMENDATION_DAYS": "30",
        },
    )
    try:
        wait_for(store, "SELECT count(*) FROM assignment_etas", 1)
        wait_for(store, "SELECT count(*) FROM recommendations", 0)
    finally:
        worker.kill()
        worker.wait()
