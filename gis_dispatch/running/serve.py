"""`gis-dispatch serve`: database, first start, web server, worker and simulator, until stopped."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from gis_dispatch.running import cluster, home, interrupts, ports, processes, welcome
from gis_dispatch.running.keeping import KeptDatabase
from gis_dispatch.running.locks import FileLock
from gis_dispatch.running.migrating import migrate
from gis_dispatch.running.progress import Progress
from gis_dispatch.running.refusals import AlreadyServing, ChildDidNotStart, ChildEnded
from gis_dispatch.running.starting import Started, first_start
from gis_dispatch.running.supervisor import Supervisor
from gis_dispatch.settings import Settings


def serve(settings: Settings, progress: Progress) -> None:
    """Everything, from an empty folder to a running platform; returns when it was stopped."""
    interrupts.listen()
    try:
        with _alone(settings):
            ports.require_free(settings)
            with _database(settings, progress) as database_url:
                _run(settings, database_url, progress)
    except KeyboardInterrupt:
        progress.say("Stopped.")


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    folder = home.ensure(settings.home)
    with FileLock(home.server_lock(folder)) as lock:
        if not lock.take(wait=False):
            raise AlreadyServing(home=folder, pid=lock.noted() or "?")
        lock.note(str(os.getpid()))
        yield


@contextmanager
def _database(settings: Settings, progress: Progress) -> Iterator[str]:
    what = "Connecting to the database" if settings.database_url else "Starting the database"
    with ExitStack() as stack:
        with progress.step(what):
            url = stack.enter_context(cluster.running(settings))
        if not settings.database_url:
            stack.callback(progress.say, "· Stopping the database …")
        yield url


def _run(settings: Settings, database_url: str, progress: Progress) -> None:
    with progress.step("Bringing the database up to date"):
        migrate(database_url)
    started = first_start(settings, database_url, progress)
    supervisor = Supervisor(progress.say)
    if not settings.database_url:
        supervisor.also.append(KeptDatabase(settings, progress.say).look)
    try:
        _start(supervisor, settings, database_url, started, progress)
        welcome.show(settings, started, progress)
        supervisor.watch()
    finally:
        progress.say("")
        progress.say("· Stopping the server …")
        supervisor.stop()


def _start(
    supervisor: Supervisor,
    settings: Settings,
    database_url: str,
    started: Started,
    progress: Progress,
) -> None:
    with progress.step(f"Starting the web server ({settings.workers} workers)"):
        web = processes.web(settings, database_url)
        supervisor.add(web)
        if not ports.wait_for_answer(settings, web.alive):
            if not web.alive():
                raise ChildEnded(child=web.name, log=web.log, tail=home.tail(web.log))
            raise ChildDidNotStart(child=web.name, seconds=ports.ANSWER_WITHIN_S, log=web.log)
    supervisor.add(processes.worker(settings, database_url))
    if started.simulate:
        supervisor.add(processes.simulator(settings, database_url))
