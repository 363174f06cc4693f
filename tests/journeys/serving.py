"""Starts the platform for journeys the way `gis-dispatch serve` does, and knows its sign-ins."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from gis_dispatch.running import home, ports, processes
from gis_dispatch.running.progress import Progress
from gis_dispatch.running.starting import first_start
from gis_dispatch.running.supervisor import Supervisor
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.settings import Settings


@dataclass(frozen=True)
class LiveServer:
    """A running server, and everybody who may sign in."""

    settings: Settings
    database_url: str
    people: Sequence[SignIn]

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.settings.address

    def person(self, role: str, username: str | None = None) -> SignIn:
        """Somebody with this role; of several, the one with this name or else the first."""
        found = [p for p in self.people if p.role == role and username in (None, p.username)]
        if not found:
            raise LookupError(f"nobody signs in as {role} ({username or 'anybody'})")
        return found[0]


def first_started(settings: Settings, database_url: str) -> Sequence[SignIn]:
    """Facts, roads, sample city and sign-ins, as the first start makes them."""
    home.ensure(settings.home)
    return first_start(settings, database_url, Progress(sys.stdout)).sign_ins


@contextmanager
def serving(
    settings: Settings, database_url: str, people: Sequence[SignIn]
) -> Iterator[LiveServer]:
    """The web server and the worker, as long as the block runs."""
    supervisor = Supervisor(print)
    try:
        web = processes.web(settings, database_url)
        supervisor.add(web)
        if not ports.wait_for_answer(settings, web.alive):
            raise RuntimeError(f"The web server did not start:\n{web.log.read_text()[-4000:]}")
        supervisor.add(processes.worker(settings, database_url))
        yield LiveServer(settings, database_url, people)
    finally:
        supervisor.stop()
