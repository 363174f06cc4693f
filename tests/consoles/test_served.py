"""The real web server: gunicorn with gevent workers, followed by several readers at once."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from gis_dispatch.running import home
from tests.consoles.town import PLACE, Town

START_WITHIN_S = 40.0
READERS = 20


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """A server with two workers on the town's database."""
    settings = town.app.extensions["settings"]
    home.ensure(settings.home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "GIS_DISPATCH_HOME": str(settings.home),
        "GIS_DISPATCH_DATABASE_URL": town.url,
        "GIS_DISPATCH_PORT": str(port),
        "GIS_DISPATCH_WORKERS": "2",
    }
    log = settings.home / "web.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "gis_dispatch.running.web"],
            env=environment,
            stdout=written,
            stderr=written,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        assert process.wait(15) == 0, log.read_text()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Any) -> None:
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


def next_event(lines: Iterator[str]) -> dict[str, Any]:
    """The next frame that has an id."""
    frame: dict[str, Any] = {}
    for line in lines:
        if line:
            name, _colon, value = line.partition(": ")
            frame[name] = json.loads(value) if name == "data" else value
        elif "id" in frame:
            return frame
        else:
            frame = {}
    raise AssertionError("the stream ended")


def beat(lines: Iterator[str]) -> None:
    """Read on until the stream has said what there is."""
    for line in lines:
        if line == "event: beat":
            return
    raise AssertionError("the stream ended")


@pytest.fixture
def client(town: Town, address: str) -> Iterator[httpx.Client]:
    """A program with an operator's token."""
    bearer = {"Authorization": f"Bearer {town.token('operator')}"}
    with httpx.Client(base_url=f"{address}/api/v1", headers=bearer, timeout=15) as made:
        yield made


def test_many_readers_hear_at_once_and_resume_where_they_were(
    client: httpx.Client, address: str
) -> None:
    stream = {"Accept": "text/event-stream"}

    def record() -> int:
        body = {"kind": "kebakaran", **PLACE, "verified": True}
        answer = client.post("/incidents", json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    with ExitStack() as stack:
        readers = []
        for _ in range(READERS):
            answer = stack.enter_context(client.stream("GET", "/events", headers=stream))
            assert answer.status_code == 200
            readers.append(answer.iter_lines())
        for lines in readers:
            beat(lines)
        began = time.monotonic()
        incident_id = record()
        heard = [next_event(lines) for lines in readers]
        assert time.monotonic() - began < 5
        assert {frame["data"]["incident_id"] for frame in heard} == {incident_id}
        assert {frame["event"] for frame in heard} == {"incident.received"}

    # Everybody has gone away; what happens meanwhile waits in the table.
    missed = record()
    last = heard[0]["id"]
    with client.stream("GET", "/events", headers=stream | {"Last-Event-ID": last}) as answer:
        lines = answer.iter_lines()
        found = [next_event(lines) for _ in range(3)]
    assert [frame["event"] for frame in found] == [
        "incident.verified",
        "incident.received",
        "incident.verified",
    ]
    assert found[-1]["data"]["incident_id"] == missed
    assert [int(frame["id"]) for frame in found] == sorted(int(frame["id"]) for frame in found)

    parts = httpx.get(f"{address}/healthz", timeout=15).json()
    assert parts["database"]["ok"] and parts["events"]["ok"]
