"""A data centre that loses answers, fails, stalls and answers twice: each case once, in order."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_dispatch.exchange import data_centre
from gis_dispatch.exchange.data_centre import send_case
from gis_dispatch.exchange.signatures import signature_fits
from gis_dispatch.exchange.signed_post import NotDelivered
from gis_dispatch.services import deliver_case as service
from gis_dispatch.store import PostgresStore
from gis_dispatch.worker import deliveries
from tests.exchange.conftest import StillClock

SECRET = "between us"
MOODS = ("take", "lose the answer", "fail", "cut", "answer twice", "stall", "nonsense", "away")


class Hostile(ThreadingHTTPServer):
    """Takes cases by their key as it should, but does with its answers what it likes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.moods: list[str] = []
        self.sent: dict[str, set[bytes]] = {}
        self.accepted: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/cases"

    def take(self, key: str, body: bytes) -> None:
        self.sent.setdefault(key, set()).add(body)
        if key not in self.accepted:
            self.accepted.append(key)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = cast(Hostile, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers["Idempotency-Key"]
        assert signature_fits(SECRET, body, self.headers["X-Signature"])
        mood = server.moods.pop(0) if server.moods else "take"
        if mood in {"take", "lose the answer", "answer twice", "stall", "nonsense"}:
            server.take(key, body)
        if mood == "stall":
            time.sleep(0.5)
        if mood in {"lose the answer", "cut", "stall"}:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status = {"fail": 500, "away": 503}.get(mood, 201)
        answer = b"<html>?" if mood == "nonsense" else json.dumps({"receipt_id": key}).encode()
        for _ in range(2 if mood == "answer twice" else 1):
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


INCIDENT = """
INSERT INTO incidents (number, kind_code, priority, description, received_at, point, method)
VALUES ('20261123-' || to_char({n}, 'FM0000'), 'kebakaran', 1, 'Ruko', '2026-11-23T09:00:00Z',
        ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin') RETURNING id
"""


def queue(store: PostgresStore, clock: StillClock, n: int, documents: int) -> list[str]:
    """An incident that was closed so many times; the keys of its documents in their order."""
    with store.transaction() as tx:
        id = cast(Any, tx).connection.exec_driver_sql(INCIDENT.format(n=n)).scalar()
        keys = [f"20261123-{n:04}.{sequence}" for sequence in range(1, documents + 1)]
        for key in keys:
            tx.deliveries.queue(id, {"case_id": key, "calls": []}, clock.now())
    return keys


NUMBERS = iter(range(1, 10_000))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moods=st.lists(st.sampled_from(MOODS), max_size=12), restarts=st.sets(st.integers(0, 12)))
def test_each_case_is_taken_once_and_in_order_whatever_it_does(
    store: PostgresStore,
    clock: StillClock,
    hostile: Hostile,
    monkeypatch: pytest.MonkeyPatch,
    moods: list[str],
    restarts: set[int],
) -> None:
    monkeypatch.setattr(deliveries, "_now", clock.now)
    monkeypatch.setattr(data_centre, "TIMEOUT_S", 0.3)
    hostile.moods, hostile.accepted = list(moods), []
    cases = [queue(store, clock, next(NUMBERS), documents) for documents in (2, 1, 3)]
    target = deliveries.DataCentre(hostile.url, SECRET)
    attempts = 0
    for _ in range(200):
        due = service.due_deliveries(store, clock.now())
        for id in due:
            attempts += 1
            if attempts in restarts:
                # The worker dies with the attempt begun and nothing sent or nothing heard.
                service.begin_delivery(store, id, clock.now())
                continue
            try:
                asyncio.run(deliveries.deliver(store, target, id))
            except deliveries.NotYet as later:
                assert later.next_at > clock.now()
        if not due:
            left = store.reads.all("api_deliveries", state="waiting", most=100)
            if not left:
                break
        clock.forward(30)
    assert store.reads.all("api_deliveries", state="waiting", most=100) == []
    for keys in cases:
        assert [key for key in hostile.accepted if key in keys] == keys, "in their order"
    assert all(len(bodies) == 1 for bodies in hostile.sent.values()), "the same bytes each time"


def test_a_case_that_is_refused_for_good_holds_up_no_other(
    store: PostgresStore, clock: StillClock
) -> None:
    queue(store, clock, 9001, 2)
    queue(store, clock, 9002, 1)
    first, other = service.due_deliveries(store, clock.now())
    begun = service.begin_delivery(store, first, clock.now())
    assert begun is not None
    service.record_failure(store, begun, "u", "422 wrong", "refused", clock.now(), final=True)
    # The next document of the same case holds everything the refused one did.
    due = service.due_deliveries(store, clock.now())
    assert other in due and len(due) == 2


def test_a_slow_attempt_is_not_doubled_and_its_late_end_changes_nothing(
    store: PostgresStore, clock: StillClock
) -> None:
    queue(store, clock, 9101, 1)
    [id] = service.due_deliveries(store, clock.now())
    slow = service.begin_delivery(store, id, clock.now())
    clock.forward(45)
    assert service.due_deliveries(store, clock.now()) == [], "it may still be under way"
    clock.forward(20)
    second = service.begin_delivery(store, id, clock.now())
    assert slow is not None and second is not None and slow.body == second.body
    service.record_receipt(store, second, "u", {"receipt_id": "1"}, clock.now())
    assert (
        service.record_failure(store, slow, "u", "late", "no_answer", clock.now(), final=False)
        is None
    )
    service.record_receipt(store, slow, "u", {"receipt_id": "2"}, clock.now())
    with store.transaction() as tx:
        kept = tx.deliveries.get(id)
    assert (kept.receipt, kept.last_error) == ({"receipt_id": "1"}, None)


def test_pauses_grow_for_days() -> None:
    whole = sum((service.pause_after(n) for n in range(1, 170)), timedelta())
    assert whole > timedelta(days=6)


class _Dripping(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(201)
        self.end_headers()
        with_end = time.monotonic() + 20
        while time.monotonic() < with_end:
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def test_an_answer_that_comes_drop_by_drop_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_centre, "TIMEOUT_S", 0.3)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Dripping)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(NotDelivered, match="No answer") as refused:
            asyncio.run(send_case(f"http://127.0.0.1:{server.server_port}/", SECRET, "1", b"{}"))
        assert not refused.value.final
    finally:
        server.shutdown()
        server.server_close()
