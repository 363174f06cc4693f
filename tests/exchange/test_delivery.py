"""A closed case reaches a real HTTP server that fails first; nothing is lost or comes twice."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from gis_dispatch.exchange.data_centre import send_case
from gis_dispatch.exchange.signatures import shared_secret, signature, signature_fits
from gis_dispatch.exchange.signed_post import NotDelivered
from gis_dispatch.ports import House
from gis_dispatch.services import deliver_case as service
from gis_dispatch.settings import Settings
from gis_dispatch.store import PostgresStore
from gis_dispatch.worker import deliveries, schema
from tests.exchange.conftest import StillClock
from tests.whose import ISSUER, ZONE

SECRET = "between us"


class Receiver(HTTPServer):
    """Answers with the statuses it was given, then 201; keeps what it was sent."""

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses = statuses
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/cases"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = cast(Receiver, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = server.statuses.pop(0) if server.statuses else 201
        server.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
        answer = json.dumps({"receipt_id": "R-1"} if status < 300 else {"detail": "not now"})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver([])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def delivery(store: PostgresStore, clock: StillClock) -> int:
    return queue(store, clock)


def queue(store: PostgresStore, clock: StillClock, sequence: int = 1) -> int:
    with store.transaction() as tx:
        if sequence == 1:
            cast(Any, tx).connection.exec_driver_sql(INCIDENT)
        document = {"case_id": f"20261123-0001.{sequence}", "api": "é", "lon": 108.98}
        return tx.deliveries.queue(1, document, clock.now()).id


INCIDENT = """
INSERT INTO incidents (id, number, kind_code, priority, description, received_at, point, method)
VALUES (1, '20261123-0001', 'kebakaran', 1, 'Ruko', '2026-11-23T09:00:00Z',
        ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin')
"""


def attempt(store: PostgresStore, delivery_id: int, clock: StillClock) -> service.Attempt:
    begun = service.begin_delivery(store, delivery_id, clock.now())
    assert begun is not None
    return begun


def stored(store: PostgresStore, delivery_id: int) -> Any:
    with store.transaction() as tx:
        return tx.deliveries.get(delivery_id)


def events(store: PostgresStore) -> list[tuple[str, Any]]:
    with store.engine.connect() as connection:
        return [
            (row.kind, row.data)
            for row in connection.exec_driver_sql("SELECT kind, data FROM events ORDER BY id")
        ]


def test_the_bytes_sent_are_the_bytes_fingerprinted(
    store: PostgresStore, delivery: int, clock: StillClock
) -> None:
    import hashlib

    body = attempt(store, delivery, clock).body
    assert hashlib.sha256(body).hexdigest() == stored(store, delivery).sha256


def test_it_fails_waits_and_arrives(
    store: PostgresStore, delivery: int, clock: StillClock, receiver: Receiver
) -> None:
    receiver.statuses = [503]
    target = deliveries.DataCentre(receiver.url, SECRET)
    real_now = deliveries._now
    deliveries._now = clock.now  # the clock of the test
    try:
        with pytest.raises(deliveries.NotYet) as failed:
            asyncio.run(deliveries.deliver(store, target, delivery))
        assert failed.value.next_at == clock.now() + timedelta(seconds=5)
        assert stored(store, delivery).last_error == "503 Service Unavailable: not now"
        assert service.due_deliveries(store, clock.now()) == []
        asyncio.run(deliveries.deliver(store, target, delivery))
        assert len(receiver.received) == 1, "tried before its time"
        clock.forward(5)
        assert service.due_deliveries(store, clock.now()) == [delivery]
        asyncio.run(deliveries.deliver(store, target, delivery))
    finally:
        deliveries._now = real_now
    done = stored(store, delivery)
    assert (done.attempts, done.last_error, done.next_attempt_at) == (2, None, None)
    assert done.delivered_at == clock.now()
    assert done.receipt == {"status": 201, "receipt_id": "R-1"}
    assert [kind for kind, _ in events(store)] == ["case.refused", "case.delivered"]
    headers, body = receiver.received[-1]
    assert headers["idempotency-key"] == "20261123-0001.1"
    assert signature_fits(SECRET, body, headers["x-signature"])
    assert receiver.received[0] == receiver.received[1]


def test_the_same_error_again_is_no_news(
    store: PostgresStore, delivery: int, clock: StillClock
) -> None:
    for error in ("down", "down", "other"):
        begun = attempt(store, delivery, clock)
        next_at = service.record_failure(
            store, begun, "u", error, "refused", clock.now(), final=False
        )
        assert next_at is not None
        clock.at = next_at
    assert [data["error"] for _, data in events(store)] == ["down", "other"]


def test_after_a_week_it_gives_up_and_says_so_until_somebody_resends(
    store: PostgresStore, delivery: int, clock: StillClock
) -> None:
    tries = 0
    next_at = clock.now()
    while next_at is not None:
        clock.at, tries = next_at, tries + 1
        begun = attempt(store, delivery, clock)
        next_at = service.record_failure(
            store, begun, "u", "down", "not_reachable", clock.now(), final=False
        )
    assert 150 < tries < 200
    assert events(store)[-1][1]["next_attempt_at"] is None
    assert service.due_deliveries(store, clock.now()) == []
    told: list[int] = []

    class Notifier:
        def case_queued(self, delivery_id: int) -> None:
            told.append(delivery_id)

    house = House(
        store, *cast(tuple[Any, Any], (None, None)), clock, cast(Any, Notifier()), (), ZONE, ISSUER
    )
    from gis_dispatch.domain.people import SYSTEM_ACTOR

    service.resend_delivery(house, SYSTEM_ACTOR, delivery)
    assert service.due_deliveries(store, clock.now()) == [delivery]
    assert told == [delivery]
    service.record_receipt(store, attempt(store, delivery, clock), "u", {}, clock.now())
    with pytest.raises(service.CaseAlreadyDelivered):
        service.resend_delivery(house, SYSTEM_ACTOR, delivery)


def test_a_refused_document_is_not_sent_again(
    store: PostgresStore, delivery: int, clock: StillClock, receiver: Receiver
) -> None:
    receiver.statuses = [422]
    target = deliveries.DataCentre(receiver.url, SECRET)
    begun_at = deliveries._now
    deliveries._now = clock.now
    try:
        asyncio.run(deliveries.deliver(store, target, delivery))
    finally:
        deliveries._now = begun_at
    assert stored(store, delivery).next_attempt_at is None
    assert stored(store, delivery).delivered_at is None


def test_a_later_document_of_a_case_waits_for_the_one_before(
    store: PostgresStore, delivery: int, clock: StillClock
) -> None:
    second = queue(store, clock, sequence=2)
    assert service.due_deliveries(store, clock.now()) == [delivery]
    assert service.begin_delivery(store, second, clock.now()) is None
    service.record_receipt(store, attempt(store, delivery, clock), "u", {}, clock.now())
    assert service.due_deliveries(store, clock.now()) == [second]


def test_nobody_there_is_a_sentence() -> None:
    with pytest.raises(NotDelivered) as refused:
        asyncio.run(send_case("http://127.0.0.1:9/", SECRET, "1", b"{}"))
    assert not refused.value.final
    assert "Not reachable" in refused.value.error


def test_pauses_grow_to_an_hour() -> None:
    assert [service.pause_after(n).total_seconds() for n in (1, 2, 3, 10, 11, 999)] == [
        5,
        10,
        20,
        2560,
        3600,
        3600,
    ]


def test_a_signature_fits_only_its_bytes_and_secret() -> None:
    given = signature(SECRET, b"{}")
    assert signature_fits(SECRET, b"{}", given)
    assert not signature_fits(SECRET, b"{ }", given)
    assert not signature_fits("other", b"{}", given)
    assert not signature_fits(SECRET, b"{}", "é")


def test_an_installation_makes_its_secret_once(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, data_centre_secret=None)
    made = shared_secret(settings)
    assert len(made) > 30
    assert shared_secret(settings) == made
    assert (tmp_path / "data_centre_secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["data_centre_secret"]
    assert shared_secret(Settings(home=tmp_path, data_centre_secret="agreed")) == "agreed"


def test_the_jobs_tables_are_made_once_and_beside_ours(database_url: str) -> None:
    import psycopg

    schema.ensure(database_url)
    schema.ensure(database_url)
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT count(*) FILTER (WHERE schemaname = 'jobs'),"
            " count(*) FILTER (WHERE schemaname = 'public') FROM pg_tables"
            " WHERE tablename LIKE 'procrastinate%'"
        ).fetchone()
    assert row is not None
    assert row[0] >= 3
    assert row[1] == 0
