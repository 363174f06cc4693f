"""The processes: the server that starts them all, and the worker by itself."""

import os

import click

from gis_dispatch.running import cluster
from gis_dispatch.running.migrating import migrate
from gis_dispatch.running.progress import Progress
from gis_dispatch.settings import Settings

GIVES_WAY = 10
"""Steps of niceness of the worker.

Coverage of a city takes a whole core for a second; no console is to wait for that.
"""


@click.command("serve")
def serve() -> None:
    """Run the platform until Ctrl-C: database, web server, worker and, if wanted, the simulator.

    The first start makes the database, loads the roads and makes one sign-in per role.

    \b
    Example:
      gis-dispatch serve
    """
    from gis_dispatch.running.serve import serve as serve_now

    serve_now(Settings(), Progress())


@click.command("worker")
def worker() -> None:
    """Deliver closed cases, mind closures and times of arrival; `serve` starts it by itself.

    \b
    Example:
      gis-dispatch worker
    """
    from gis_dispatch.wiring import build_house
    from gis_dispatch.worker import run

    settings = Settings()
    with cluster.running(settings) as url:
        if settings.database_url is None:
            migrate(url)
        os.nice(GIVES_WAY)
        run(settings.model_copy(update={"database_url": url}), build_house)
