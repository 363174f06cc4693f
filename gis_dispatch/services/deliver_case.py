"""Brings closed cases to the data centre: counts each attempt, keeps the receipt, tries for days.

An attempt is begun in one transaction and ended in another, so that nothing is locked while the
data centre thinks. The row says when to try next; whoever finds it due may try it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gis_dispatch.domain.deliveries import growing_pause
from gis_dispatch.domain.people import SYSTEM_ACTOR, Actor
from gis_dispatch.domain.receivers import STRANGER, Receiver, reduced
from gis_dispatch.errors import Conflict
from gis_dispatch.ports import House, Store
from gis_dispatch.services.queue_case import record_queued

FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 3600.0
GIVE_UP_AFTER = timedelta(days=7)
LONGEST_ATTEMPT = timedelta(seconds=60)
"""Longer than any attempt takes (`exchange.data_centre` ends its own long before)."""


class CaseAlreadyDelivered(Conflict):
    """This case has already been delivered to the data centre."""


class CaseWithdrawn(Conflict):
    """The closing of this case was taken back, so this document is not sent any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt that has begun."""

    delivery_id: int
    incident_id: int
    case_id: str
    body: bytes
    number: int
    give_up_at: datetime


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes that are fingerprinted, signed and sent; the same for equal documents."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def pause_after(attempt: int) -> timedelta:
    """5 s, 10 s, 20 s … until it is an hour."""
    return growing_pause(attempt, FIRST_PAUSE_S, LONGEST_PAUSE_S)


def due_deliveries(store: Store, now: datetime) -> list[int]:
    """The deliveries to try now, oldest first."""
    return [int(row["id"]) for row in store.reads.all("list_due_deliveries", now=now)]


def begin_delivery(
    store: Store, delivery_id: int, now: datetime, receiver: Receiver = STRANGER
) -> Attempt | None:
    """Count one more attempt; None when it is not due, is done, or somebody else is at it."""
    with store.transaction() as tx:
        row = tx.find("lock_due_delivery", id=delivery_id, now=now)
        if row is None:
            return None
        number = int(row["attempts"]) + 1
        # Set before sending: should we die meanwhile, the next attempt is already planned.
        tx.deliveries.update(
            delivery_id,
            attempts=number,
            last_attempt_at=now,
            # Not while this one may still be under way: two at once could come in the wrong order.
            next_attempt_at=now + max(pause_after(number), LONGEST_ATTEMPT),
        )
        return Attempt(
            delivery_id=delivery_id,
            incident_id=int(row["incident_id"]),
            case_id=str(row["document"]["case_id"]),
            body=canonical(reduced(row["document"], receiver.may_see)),
            number=number,
            give_up_at=row["queued_at"] + GIVE_UP_AFTER,
        )


def record_receipt(
    store: Store, attempt: Attempt, url: str, receipt: Mapping[str, Any], now: datetime
) -> None:
    """The data centre has it: keep its receipt and tell everybody."""
    with store.transaction() as tx:
        if tx.deliveries.get(attempt.delivery_id, lock=True).delivered_at is not None:
            return  # an earlier attempt of ours was answered after all
        tx.deliveries.update(
            attempt.delivery_id,
            url=url,
            delivered_at=now,
            next_attempt_at=None,
            receipt=dict(receipt),
            last_error=None,
            last_reason=None,
        )
        tx.events.append(
            SYSTEM_ACTOR,
            "case.delivered",
            now,
            incident_id=attempt.incident_id,
            data={"case_id": attempt.case_id, "attempts": attempt.number, "receipt": receipt},
        )


def record_failure(
    store: Store, attempt: Attempt, url: str, error: str, reason: str, now: datetime, *, final: bool
) -> datetime | None:
    """The data centre does not have it, and why; when the next attempt is, if there is one.

    The same error again is no news: an event is made for the first, for a different one, and when
    we give up.
    """
    next_at = now + pause_after(attempt.number)
    giving_up = final or next_at > attempt.give_up_at
    with store.transaction() as tx:
        before = tx.deliveries.get(attempt.delivery_id, lock=True)
        if before.delivered_at is not None:
            return None  # a later attempt came through meanwhile
        tx.deliveries.update(
            attempt.delivery_id,
            url=url,
            last_error=error,
            last_reason=reason,
            next_attempt_at=None if giving_up else next_at,
        )
        if giving_up or before.last_error != error:
            tx.events.append(
                SYSTEM_ACTOR,
                "case.refused",
                now,
                incident_id=attempt.incident_id,
                data={
                    "case_id": attempt.case_id,
                    "attempts": attempt.number,
                    "error": error,
                    "failure": reason,
                    "next_attempt_at": None if giving_up else next_at.isoformat(),
                },
            )
    return None if giving_up else next_at


def resend_delivery(house: House, actor: Actor, delivery_id: int) -> None:
    """Try again now, also after we gave up; the week begins anew."""
    now = house.clock.now()
    with house.store.transaction() as tx:
        delivery = tx.deliveries.get(delivery_id, lock=True)
        if delivery.delivered_at is not None:
            raise CaseAlreadyDelivered
        if delivery.withdrawn_at is not None:
            raise CaseWithdrawn
        tx.deliveries.update(delivery_id, queued_at=now, attempts=0, next_attempt_at=now)
        record_queued(tx, actor, delivery, now)
    house.notifier.case_queued(delivery_id)
