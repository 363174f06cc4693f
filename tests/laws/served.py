"""The platform as `gis-dispatch serve` starts it, on a durable database: anything may be killed.

A supervisor watches over the web server with its workers, over the worker and over the private
database, as in production, and brings back what was killed.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy.exc import OperationalError

from gis_dispatch.running import cluster, ports, processes
from gis_dispatch.running.keeping import KeptDatabase
from gis_dispatch.running.migrating import migrate
from gis_dispatch.running.supervisor import Child, Supervisor
from gis_dispatch.settings import Settings
from tests.consoles.town import Town, furnish
from tests.towns import opened

BACK_WITHIN_S = 90
UNFINISHED = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND xact_start < clock_timestamp() - interval '50 milliseconds'
"""
"""What a killed process had asked for is done or undone when its own session has noticed."""


@dataclass
class Served:
    """The running platform, and its ends."""

    settings: Settings
    town: Town
    supervisor: Supervisor
    web: Child
    worker: Child
    said: list[str]
    killed: list[str] = field(default_factory=list)

    @property
    def kills(self) -> Mapping[str, Callable[[], None]]:
        """Everything that may be killed."""
        return {
            "a web worker": self._a_web_worker,
            "a session of the database": self._a_session,
            "the web server": lambda: _kill(self._pid(self.web)),
            "the worker": lambda: _kill(self._pid(self.worker)),
            "the database at once": lambda: _kill(self._postmaster(), signal.SIGQUIT),
            "every web worker": self._every_web_worker,
            "the database outright": lambda: _kill(self._postmaster()),
        }

    def kill(self, what: str, after_s: float) -> Callable[[], None]:
        """Do it, a moment after everybody has begun."""

        def pull() -> None:
            time.sleep(after_s)
            self.killed.append(what)
            self.kills[what]()

        return pull

    def recover(self) -> None:
        """Wait until everything is there again, and what was cut off in the middle has ended."""
        give_up = time.monotonic() + BACK_WITHIN_S
        steady = 0
        # More than one answer: there are several web workers, and one may be on its way out.
        while steady < 4 * self.settings.workers:
            assert time.monotonic() < give_up, self.said
            steady = steady + 1 if self._whole() else 0
            time.sleep(0.02)

    def _whole(self) -> bool:
        try:
            # It says 503 all the while, as the town has no roads.
            health = httpx.get(f"{self.settings.address}/healthz", timeout=5).json()
            [(unfinished,)] = self.town.sql(UNFINISHED)
        except (httpx.TransportError, ValueError, OperationalError):
            return False
        alive = self.web.alive() and self.worker.alive()
        return alive and not unfinished and health["database"]["ok"] and health["events"]["ok"]

    def _a_web_worker(self) -> None:
        _kill(self._web_workers()[0])

    def _every_web_worker(self) -> None:
        for pid in self._web_workers():
            _kill(pid)

    def _a_session(self) -> None:
        """PostgreSQL does not trust its memory after that, and ends all others."""
        try:
            [(pid,)] = self.town.sql(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() ORDER BY xact_start NULLS LAST LIMIT 1"
            )
        except OperationalError:
            return
        _kill(pid)

    def _web_workers(self) -> list[int]:
        pid = self._pid(self.web)
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _postmaster(self) -> int:
        place = cluster.postmaster_of(self.settings).place
        return int((place.data / "postmaster.pid").read_text().splitlines()[0])

    @staticmethod
    def _pid(child: Child) -> int:
        assert child.process is not None
        return child.process.pid


@contextmanager
def serving(home: Path, port: int) -> Iterator[Served]:
    """A small town, served, until the block ends."""
    settings = Settings(home=home, port=port, workers=2, locale="en")
    said: list[str] = []
    with cluster.running(settings) as url:
        migrate(url)
        with opened(url, home) as town:
            furnish(town)
            supervisor = Supervisor(said.append)
            supervisor.also.append(KeptDatabase(settings, said.append).look)
            web = processes.web(settings, url)
            supervisor.add(web)
            if not ports.wait_for_answer(settings, web.alive):
                raise RuntimeError(web.log.read_text()[-4000:])
            worker = processes.worker(settings, url)
            supervisor.add(worker)
            done = threading.Event()

            def watch() -> None:
                while not done.wait(0.1):
                    supervisor.look()

            watching = threading.Thread(target=watch)
            watching.start()
            try:
                yield Served(settings, town, supervisor, web, worker, said)
            finally:
                done.set()
                watching.join()
                supervisor.stop()


def _kill(pid: int, how: signal.Signals = signal.SIGKILL) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, how)
