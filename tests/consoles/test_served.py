"""The real web server: gunicorn with gevent workers, followed by several readers at once."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.consoles.serving import served
from tests.consoles.town import PLACE, Town

READERS = 20


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """A server with two workers on the town's database."""
    with served(town, workers=2) as made:
        yield made


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
        assert {frame["data"]["kind"] for frame in heard} == {"incident.received"}

    # Everybody has gone away; what happens meanwhile waits in the table.
    missed = record()
    last = heard[0]["id"]
    with client.stream("GET", "/events", headers=stream | {"Last-Event-ID": last}) as answer:
        lines = answer.iter_lines()
        found = [next_event(lines) for _ in range(3)]
    assert [frame["data"]["kind"] for frame in found] == [
        "incident.verified",
        "incident.received",
        "incident.verified",
    ]
    assert found[-1]["data"]["incident_id"] == missed
    assert [int(frame["id"]) for frame in found] == sorted(int(frame["id"]) for frame in found)

    parts = httpx.get(f"{address}/healthz", timeout=15).json()
    assert parts["database"]["ok"] and parts["events"]["ok"]
