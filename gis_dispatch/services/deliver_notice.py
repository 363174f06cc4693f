"""Brings a notice to its device or contact: counts each attempt, tries again, says what failed.

An attempt is begun in one transaction and ended in another, so that nothing is locked while a push
service or the gateway thinks. What does not arrive is an event at once, not after the last try.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gis_dispatch.domain.deliveries import growing_pause
from gis_dispatch.domain.failures import NOT_SIGNED_UP, TOO_LATE
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.ports import Store, Transaction

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0
SENT_TOO_LATE = "It was too late to be of use when it could be sent."


@dataclass(frozen=True, slots=True)
class Notice:
    """One attempt that has begun."""

    id: int
    way: str
    event_id: int
    topic: str
    locale: str
    title: str
    text: str
    page: str
    number: str | None
    """Of the incident."""
    address: str | None
    subscription: Mapping[str, str] | None
    """Of a push: the end point and its two keys."""
    subscription_id: int | None
    created_at: datetime
    give_up_at: datetime
    attempt: int
    about: Mapping[str, Any]
    """What the event of a failure belongs to."""


def pause_after(attempt: int) -> timedelta:
    """2 s, 4 s, 8 s … until it is a minute."""
    return growing_pause(attempt, FIRST_PAUSE_S, LONGEST_PAUSE_S)


def due_notices(store: Store, now: datetime) -> list[int]:
    """The notices to try now, oldest first."""
    return [int(row["id"]) for row in store.reads.all("list_due_notifications", now=now)]


def begin_notice(store: Store, notice_id: int, now: datetime) -> Notice | None:
    """Count one more attempt; None when it is not due, is done, too late, or somebody is at it."""
    with store.transaction() as tx:
        row = tx.find("lock_due_notification", id=notice_id, now=now)
        if row is None:
            return None
        notice = _notice(row)
        if row["revoked"] or now > notice.give_up_at:
            off = bool(row["revoked"])
            error = "The device was signed off." if off else SENT_TOO_LATE
            reason = NOT_SIGNED_UP if off else TOO_LATE
            _failed(tx, notice, row["last_error"], error, reason, now, None)
            return None
        tx.run(
            "begin_notification",
            id=notice_id,
            attempts=notice.attempt,
            at=now,
            next_attempt_at=now + pause_after(notice.attempt),
        )
    return notice


def record_taken(store: Store, notice: Notice, now: datetime) -> None:
    """It arrived; an event only where a failure was told before."""
    with store.transaction() as tx:
        before = tx.one("find_notification", id=notice.id)
        if before["delivered_at"] is not None:
            return
        tx.run("notification_delivered", id=notice.id, at=now)
        if notice.attempt > 1:
            _record(tx, notice, "notification.delivered", now, {"attempts": notice.attempt})


def record_not_taken(
    store: Store, notice: Notice, error: str, reason: str, now: datetime, *,
    final: bool, gone: bool = False,
) -> datetime | None:  # fmt: skip
    """It did not arrive, and why; when the next attempt is. A device that is gone is signed off."""
    next_at = now + pause_after(notice.attempt)
    giving_up = final or gone or next_at > notice.give_up_at
    with store.transaction() as tx:
        if gone:
            tx.run("revoke_subscription", id=notice.subscription_id, at=now)
        before = tx.value("error_of_notification", id=notice.id)
        _failed(tx, notice, before, error, reason, now, None if giving_up else next_at)
    return None if giving_up else next_at


def _failed(
    tx: Transaction, notice: Notice, before: str | None, error: str, reason: str, now: datetime,
    next_at: datetime | None,
) -> None:  # fmt: skip
    """The same error again is no news; that nobody tries any more is."""
    tx.run(
        "notification_not_delivered",
        id=notice.id,
        error=error,
        reason=reason,
        next_attempt_at=next_at,
        failed_at=None if next_at else now,
    )
    if next_at is None or before != error:
        _record(
            tx, notice, "notification.failed", now,
            {
                "error": error, "failure": reason,
                "next_attempt_at": next_at.isoformat() if next_at else None,
            },
        )  # fmt: skip


def _record(
    tx: Transaction, notice: Notice, kind: str, at: datetime, data: Mapping[str, Any]
) -> None:
    """Whom it was for stays in the outbox: the event goes to every desk."""
    told = {"notification_id": notice.id, "topic": notice.topic, "way": notice.way}
    tx.events.append(SYSTEM_ACTOR, kind, at, **notice.about, data={**told, **data})


def _notice(row: Mapping[str, Any]) -> Notice:
    keys = ("endpoint", "p256dh", "auth")
    return Notice(
        **{
            name: row[name]
            for name in (
                "id", "way", "event_id", "topic", "locale", "title", "text", "page", "number",
                "address", "subscription_id", "created_at", "give_up_at",
            )
        },
        subscription={key: row[key] for key in keys} if row["endpoint"] else None,
        attempt=int(row["attempts"]) + 1,
        about={
            name: row[name]
            for name in ("incident_id", "referral_id", "assignment_id", "unit_id", "agency_code")
        },
    )  # fmt: skip
