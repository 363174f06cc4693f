"""People are told outside the screens: by a push service that can decrypt, and by a gateway."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from py_vapid import Vapid02

from gis_dispatch.domain.notices import TOPICS, Audience, worded
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.exchange.gateway import NOT_SET
from gis_dispatch.exchange.signatures import signature_fits
from gis_dispatch.exchange.vapid import public_key, vapid_key
from gis_dispatch.services.deliver_notice import SENT_TOO_LATE, due_notices
from gis_dispatch.services.notify import notify_new
from gis_dispatch.store import PostgresStore
from gis_dispatch.worker import notices
from gis_dispatch.worker.planned_jobs import NotYet
from tests.exchange.conftest import StillClock
from tests.exchange.push_service import PushService, encoded, push_service
from tests.exchange.test_delivery import INCIDENT, Receiver, events, receiver

__all__ = ["push_service", "receiver"]

SECRET = "between us and the gateway"
MOST_ATTEMPTS = 100


@pytest.fixture
def ways(tmp_path: Path, receiver: Receiver) -> notices.Ways:
    return notices.Ways(receiver.url, SECRET, vapid_key(tmp_path), "mailto:desk@kota.example")


@pytest.fixture
def city(store: PostgresStore, push_service: PushService) -> PostgresStore:
    """Two crews and a dispatcher with devices, a contact of the agency, and an incident."""
    with store.engine.begin() as connection:
        run = connection.exec_driver_sql
        run(
            "INSERT INTO users (id, username, display_name, password_hash, role, agency_code,"
            " unit_id, locale) VALUES"
            " (1, 'crew1', 'Joko', '-', 'crew', 'damkar', 1, 'en'),"
            " (2, 'crew2', 'Tono', '-', 'crew', 'damkar', 2, 'id'),"
            " (3, 'damkar', 'Agus', '-', 'dispatcher', 'damkar', NULL, 'id')"
        )
        for user_id in (1, 2, 3):
            run(
                "INSERT INTO push_subscriptions (id, user_id, session_version, device, endpoint,"
                " p256dh, auth, created_at) VALUES (%s, %s, 1, 'HP', %s, %s, %s, '2026-11-23')",
                (user_id, user_id, f"{push_service.url}{user_id}", push_service.p256dh,
                 encoded(push_service.auth)),
            )  # fmt: skip
        run(
            "INSERT INTO contacts (id, agency_code, name, way, address, locale, topics) VALUES"
            " (1, 'damkar', 'Kepala', 'sms', '+62811', 'id', '{referral.sent}'),"
            " (2, 'damkar', 'Kantor', 'email', 'a@b.id', 'en', '{assignment.backup}')"
        )
        run(INCIDENT)
        run("UPDATE incidents SET address = 'Jl. Diponegoro 1', caller_number = '0812000111'")
    return store


def happened(store: PostgresStore, clock: StillClock, kind: str, **about: Any) -> None:
    with store.transaction() as tx:
        tx.events.append(
            SYSTEM_ACTOR, kind, clock.now(), incident_id=1, agency_code="damkar", **about
        )


def told(store: PostgresStore) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT * FROM notifications ORDER BY id"))


@pytest.fixture
def work(
    city: PostgresStore, clock: StillClock, ways: notices.Ways, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Everything that is due now, once; the errors of those that will be tried again."""
    monkeypatch.setattr(notices, "_now", clock.now)

    def _work() -> list[str]:
        notify_new(city, clock.now())
        errors = []
        for notice_id in due_notices(city, clock.now()):
            try:
                asyncio.run(notices.deliver(city, ways, notice_id))
            except NotYet as again:
                errors.append(str(again))
        return errors

    return _work


def test_the_crew_of_the_unit_and_nobody_else_is_told_without_personal_data(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService
) -> None:
    happened(city, clock, "assignment.dispatched", unit_id=1)
    assert work() == []
    assert [row.recipient for row in told(city)] == ["Joko · HP"]
    (said,) = push_service.told
    assert said["title"] == "New assignment for Damkar 01"
    assert said["body"] == "Incident 20261123-0001: Fire, priority 1."
    assert (said["page"], said["language"]) == ("/field", "en")
    assert "Diponegoro" not in json.dumps(said)
    assert "0812" not in json.dumps(said)
    headers = push_service.headers[0]
    assert headers["authorization"].startswith("vapid t=")
    assert 0 < int(headers["ttl"]) <= 900
    assert told(city)[0].delivered_at == clock.now()
    assert [kind for kind, _ in events(city)] == ["assignment.dispatched"], "success is no news"


def test_an_event_is_told_once_whatever_happens(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService
) -> None:
    happened(city, clock, "assignment.dispatched", unit_id=1)
    work()
    with city.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE notification_progress SET event_id = 0")
    clock.forward(5)
    work()
    assert len(told(city)) == len(push_service.told) == 1


def test_the_gateway_is_sent_a_signed_message_and_tried_again(
    city: PostgresStore, clock: StillClock, work: Any, receiver: Receiver, push_service: PushService
) -> None:
    receiver.statuses = [503]
    happened(city, clock, "referral.sent")
    assert work() == ["503 Service Unavailable: not now"]
    failed = [data for kind, data in events(city) if kind == "notification.failed"]
    assert [(one["way"], one["error"]) for one in failed] == [
        ("sms", "503 Service Unavailable: not now")
    ]
    assert "+62811" not in json.dumps(failed)
    assert [said["title"] for said in push_service.told] == ["Disposisi baru untuk Damkar"]
    clock.forward(2)
    assert work() == []
    headers, body = receiver.received[-1]
    assert receiver.received[0][1] == body
    assert signature_fits(SECRET, body, headers["x-signature"])
    message = json.loads(body)
    assert headers["idempotency-key"] == message["id"]
    assert (message["way"], message["to"], message["language"]) == ("sms", "+62811", "id")
    assert message["text"] == (
        "Disposisi baru untuk Damkar. Kejadian 20261123-0001: Kebakaran, prioritas 1."
        " Jl. Diponegoro 1."
    )
    assert "0812" not in body.decode()
    assert events(city)[-1][0] == "notification.delivered"


def test_without_a_gateway_it_says_so_at_once(
    city: PostgresStore, clock: StillClock, work: Any, ways: notices.Ways
) -> None:
    happened(city, clock, "assignment.backup", unit_id=1)
    notify_new(city, clock.now())
    nowhere = notices.Ways(None, SECRET, ways.push_key, ways.push_contact)
    for notice_id in due_notices(city, clock.now()):
        asyncio.run(notices.deliver(city, nowhere, notice_id))
    mail = next(row for row in told(city) if row.way == "email")
    assert (mail.last_error, mail.failed_at) == (NOT_SET, clock.now())
    shown = city.reads.all("list_notifications", state="undelivered", agency="damkar")
    assert [row["recipient"] for row in shown] == ["Kantor"]
    assert city.reads.all("list_notifications", state="undelivered", agency="pln") == []


def test_a_device_that_is_gone_is_signed_off_and_not_asked_again(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService
) -> None:
    push_service.statuses = [410]
    happened(city, clock, "assignment.dispatched", unit_id=1)
    assert work() == []
    assert events(city)[-1] == (
        "notification.failed",
        {
            "notification_id": told(city)[0].id, "topic": "assignment.dispatched", "way": "push",
            "error": "410: the device is no longer signed up.", "next_attempt_at": None,
            "failure": "not_signed_up",
        },
    )  # fmt: skip
    happened(city, clock, "assignment.dispatched", unit_id=1)
    work()
    assert len(told(city)) == 1


def test_it_gives_up_when_it_is_of_no_use_any_more(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService
) -> None:
    push_service.statuses = [500] * MOST_ATTEMPTS
    happened(city, clock, "assignment.dispatched", unit_id=1)
    began, tries = clock.now(), 0
    while told(city) == [] or told(city)[0].next_attempt_at is not None:
        work()
        tries += 1
        assert tries < MOST_ATTEMPTS
        clock.at = told(city)[0].next_attempt_at or clock.at
    assert clock.now() - began <= TOPICS["assignment.dispatched"].keep_for
    assert told(city)[0].failed_at is not None
    kinds = [kind for kind, _ in events(city)]
    assert kinds.count("notification.failed") == 2, "the first failure, and the end"


def test_a_worker_that_was_away_tells_nobody_old_news(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService
) -> None:
    happened(city, clock, "assignment.dispatched", unit_id=1)
    clock.at += timedelta(hours=2)
    work()
    assert push_service.told == []
    assert told(city)[0].last_error == SENT_TOO_LATE


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users SET session_version = 2 WHERE id = 1",
        "UPDATE users SET active = false WHERE id = 1",
        "UPDATE push_subscriptions SET revoked_at = now() WHERE user_id = 1",
    ],
)
def test_a_session_that_ended_is_told_nothing(
    city: PostgresStore, clock: StillClock, work: Any, push_service: PushService, change: str
) -> None:
    with city.engine.begin() as connection:
        connection.exec_driver_sql(change)
    happened(city, clock, "assignment.dispatched", unit_id=1)
    work()
    assert push_service.told == []


def test_people_whom_an_event_names_are_told(
    city: PostgresStore, clock: StillClock, work: Any, receiver: Receiver, push_service: PushService
) -> None:
    happened(city, clock, "referral.escalated", data={"tell_users": [2], "tell_contacts": [2]})
    work()
    assert [row.recipient for row in told(city)] == ["Kantor", "Tono · HP"]


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = public_key(tmp_path)
    assert public_key(tmp_path) == first
    assert isinstance(vapid_key(tmp_path), Vapid02)
    assert (tmp_path / "vapid_key.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["vapid_key.pem"]


def test_every_topic_can_be_said_in_both_languages() -> None:
    event = {
        "number": "1", "kind_id": "Kebakaran", "kind_en": "Fire", "priority": 1, "place": "X",
        "unit": "U", "agency": "A", "station": "S", "level": 2,
    }  # fmt: skip
    for topic in TOPICS.values():
        for locale in ("id", "en"):
            said = worded(topic, event, locale, placed=True)
            assert "{" not in said.title + said.text
            assert "X" not in said.title
        assert topic.audience
        assert set(topic.audience) <= set(Audience)
