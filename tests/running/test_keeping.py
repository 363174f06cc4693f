"""A private database that ends under a running server comes back, and people are told."""

import os
import signal
import time
from pathlib import Path

import psycopg2
import pytest

from gis_dispatch.running import cluster, keeping
from gis_dispatch.running.keeping import KeptDatabase
from gis_dispatch.running.refusals import ClusterDidNotStart
from gis_dispatch.settings import Settings


def pid_of(settings: Settings) -> int:
    data = cluster.postmaster_of(settings).place.data
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def look_until(kept: KeptDatabase, said: list[str], words: str) -> None:
    give_up = time.monotonic() + 60
    while words not in "\n".join(said):
        assert time.monotonic() < give_up, said
        kept.look()
        time.sleep(0.05)


def test_a_database_that_was_killed_is_started_again(open_folder: Path) -> None:
    settings, said = Settings(home=open_folder / "home"), list[str]()
    with cluster.running(settings) as url:
        kept = KeptDatabase(settings, said.append)
        kept.look()
        assert said == []
        killed = pid_of(settings)
        os.kill(killed, signal.SIGKILL)
        look_until(kept, said, "The database was started again.")
        assert "The database ended unexpectedly" in said[0]
        assert pid_of(settings) != killed
        connection = psycopg2.connect(url)
        connection.close()
        told = len(said)
        kept.look()
        assert len(said) == told


def test_a_database_that_somebody_restarts_is_left_to_them(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, said = Settings(home=open_folder / "home"), list[str]()
    with cluster.running(settings):
        kept = KeptDatabase(settings, said.append)
        cluster.postmaster_of(settings).stop()
        kept.look()
        cluster.postmaster_of(settings).start()  # within the pause
        kept.look()
        monkeypatch.setattr(cluster, "start_again", lambda _settings: pytest.fail("not needed"))
        kept.look()
        assert len(said) == 1


def test_one_that_does_not_start_is_tried_again_after_growing_pauses(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, said = Settings(home=open_folder / "home"), list[str]()

    def refuse(_settings: Settings) -> None:
        raise ClusterDidNotStart(log="the log", tail="the last words")

    monkeypatch.setattr(cluster, "start_again", refuse)
    monkeypatch.setattr(keeping, "FIRST_PAUSE_S", 0.1)
    kept = KeptDatabase(settings, said.append)  # nothing runs there
    look_until(kept, said, "0 s. Its log")
    look_until(kept, said, "tried again in 0 s")
    first = len(said)
    look_until(kept, said, "tried again in 1 s")
    assert len(said) > first
    assert "the last words" in said[-1]
