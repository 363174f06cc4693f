"""The real web server: gunicorn with gevent workers, followed by several readers at once."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.consoles.serving import served
from tests.consoles.town import PLACE, Town

READERS = 20
STREAM = {"Accept": "text/event-stream"}


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
    def record() -> int:
        body = {"kind": "kebakaran", **PLACE, "verified": True}
        answer = client.post("/incidents", json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    with ExitStack() as stack:
        readers = []
        for _ in range(READERS):
            answer = stack.enter_context(client.stream("GET", "/events", headers=STREAM))
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
    with client.stream("GET", "/events", headers=STREAM | {"Last-Event-ID": last}) as answer:
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


def frames(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Every frame, with its data."""
    frame: dict[str, Any] = {}
    for line in lines:
        if line:
            name, _colon, value = line.partition(": ")
            frame[name] = json.loads(value) if name == "data" else value
        else:
            yield frame
            frame = {}


def test_a_move_reaches_every_reader(client: httpx.Client, town: Town) -> None:
    move = (
        "INSERT INTO unit_positions (unit_id, recorded_at, received_at, point, source)"
        " VALUES (%(unit)s, now(), now(), ST_SetSRID(ST_MakePoint(%(lon)s, 0.9), 4326), 'device')"
        " ON CONFLICT (unit_id) DO UPDATE SET point = excluded.point"
    )
    town.sql(move, unit=1, lon=108.9)
    town.sql(move, unit=2, lon=108.9)
    with ExitStack() as stack:
        readers = []
        for _ in range(4):
            answer = stack.enter_context(client.stream("GET", "/events", headers=STREAM))
            readers.append(frames(answer.iter_lines()))
        for said in readers:
            first = next(frame for frame in said if frame.get("event") == "positions")
            assert [row[0] for row in first["data"]["rows"]] == [1, 2]
        for step in range(1, 4):
            town.sql(move, unit=2, lon=108.9 + step / 100)
            for said in readers:
                moved = next(frame for frame in said if frame.get("event") == "positions")
                [row] = moved["data"]["rows"]
                assert row[:2] == [2, round(108.9 + step / 100, 6)]


def test_readers_that_never_read_keep_nobody_out(client: httpx.Client, town: Town) -> None:
    address = client.base_url
    asked = (
        f"GET /api/v1/events HTTP/1.1\r\nHost: {address.host}\r\nAccept: text/event-stream\r\n"
        f"Authorization: {client.headers['Authorization']}\r\n\r\n"
    )
    with ExitStack() as stack:
        for _ in range(150):
            dead = socket.create_connection((address.host, address.port or 80))
            stack.enter_context(dead)
            dead.sendall(asked.encode())
        answer = stack.enter_context(client.stream("GET", "/events", headers=STREAM))
        lines = answer.iter_lines()
        beat(lines)
        client.post("/calls", json={"caller_number": "0812"})
        assert next_event(lines)["data"]["kind"] == "call.received"


def test_a_server_that_goes_down_says_so(town: Town) -> None:
    bearer = {"Authorization": f"Bearer {town.token('operator')}"}
    with ExitStack() as stack, ExitStack() as serving:
        address = serving.enter_context(served(town, workers=2))
        client = stack.enter_context(httpx.Client(headers=bearer | STREAM, timeout=15))
        answer = stack.enter_context(client.stream("GET", f"{address}/api/v1/events"))
        lines = answer.iter_lines()
        beat(lines)
        serving.close()
        assert "event: bye" in list(lines)
