"""The real web server on a town's database: gunicorn with gevent workers, as in production."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from gis_dispatch.running import home
from tests.consoles.town import Town

START_WITHIN_S = 120.0


@contextmanager
def served(town: Town, workers: int) -> Iterator[str]:
    """Its address, for as long as it runs."""
    settings = town.app.extensions["settings"]
    home.ensure(settings.home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "GIS_DISPATCH_HOME": str(settings.home),
        "GIS_DISPATCH_DATABASE_URL": town.url,
        "GIS_DISPATCH_PORT": str(port),
        "GIS_DISPATCH_WORKERS": str(workers),
    }
    log = settings.home / f"web-{port}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "gis_dispatch.running.web"],
            env=environment,
            stdout=written,
            stderr=written,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        assert process.wait(15) == 0, log.read_text()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"{address}/sign-in", timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text())
