"""The server's processes: what each is called, how it is started, where it writes."""

import os
import sys
from collections.abc import Mapping

from gis_dispatch.running import home
from gis_dispatch.running.supervisor import Child
from gis_dispatch.settings import Settings


def environment(settings: Settings, database_url: str) -> Mapping[str, str]:
    """What the children are told: where the database is, so that none starts another cluster."""
    return os.environ | {
        "GIS_DISPATCH_HOME": str(settings.home),
        "GIS_DISPATCH_DATABASE_URL": database_url,
        "GIS_DISPATCH_HOST": settings.host,
        "GIS_DISPATCH_PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }


def web(settings: Settings, database_url: str) -> Child:
    """The web server."""
    return _child("web server", "web", ["gis_dispatch.running.web"], settings, database_url)


def worker(settings: Settings, database_url: str) -> Child:
    """Delivers closed cases and minds closures that begin or end by themselves."""
    arguments = ["gis_dispatch.cli", "worker"]
    return _child("worker", "worker", arguments, settings, database_url)


def simulator(settings: Settings, database_url: str) -> Child:
    """Drives the sample city's units."""
    arguments = ["gis_dispatch.cli", "simulate"]
    return _child("simulator", "simulator", arguments, settings, database_url)


def _child(
    name: str, log: str, arguments: list[str], settings: Settings, database_url: str
) -> Child:
    command = [sys.executable, "-P", "-m", *arguments]
    log_file = home.logs(settings.home) / f"{log}.log"
    return Child(name, command, environment(settings, database_url), log_file)
