"""The delivery job and its sweep: procrastinate tries, and the outbox says what is due."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from procrastinate import App

from gis_dispatch.domain.receivers import STRANGER, Receiver
from gis_dispatch.exchange.data_centre import send_case
from gis_dispatch.exchange.signed_post import NotDelivered
from gis_dispatch.ports import Store
from gis_dispatch.services import deliver_case as service
from gis_dispatch.worker.planned_jobs import NotYet, WhenPlanned, enqueue

log = logging.getLogger(__name__)

QUEUE = "deliveries"


@dataclass(frozen=True, slots=True)
class DataCentre:
    """Where cases go."""

    url: str
    secret: str
    receiver: Receiver = STRANGER


def add_task(app: App, store: Store, data_centre: DataCentre) -> None:
    """Teach the worker to deliver one case."""

    @app.task(name="deliver_case", queue=QUEUE, retry=WhenPlanned())
    async def deliver_case(delivery_id: int) -> None:
        await deliver(store, data_centre, delivery_id)


async def deliver(store: Store, data_centre: DataCentre, delivery_id: int) -> None:
    """One attempt; raises `NotYet` when another is planned."""
    attempt = await asyncio.to_thread(
        service.begin_delivery, store, delivery_id, _now(), data_centre.receiver
    )
    if attempt is None:
        return
    try:
        receipt = await send_case(
            data_centre.url, data_centre.secret, attempt.case_id, attempt.body
        )
    except NotDelivered as refused:
        log.warning("case %s not delivered: %s", attempt.case_id, refused.error)
        next_at = await asyncio.to_thread(
            service.record_failure,
            store,
            attempt,
            data_centre.url,
            refused.error,
            refused.reason,
            _now(),
            final=refused.final,
        )
        if next_at is not None:
            raise NotYet(refused.error, next_at) from refused
        return
    await asyncio.to_thread(
        service.record_receipt, store, attempt, data_centre.url, receipt, _now()
    )
    log.info("case %s delivered", attempt.case_id)


async def sweep(app: App, store: Store) -> int:
    """Make a job for every due delivery that has none waiting; how many were made."""
    made = 0
    for delivery_id in await asyncio.to_thread(service.due_deliveries, store, _now()):
        lock = f"delivery-{delivery_id}"
        made += await enqueue(app, "deliver_case", lock, delivery_id=delivery_id)
    return made


def _now() -> datetime:
    return datetime.now(UTC)
