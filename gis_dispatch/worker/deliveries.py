"""The delivery job and its sweep: procrastinate tries, and the outbox says what is due."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from gis_dispatch.domain.receivers import STRANGER, Receiver
from gis_dispatch.exchange.data_centre import NotDelivered, send_case
from gis_dispatch.ports import Store
from gis_dispatch.services import deliver_case as service

log = logging.getLogger(__name__)

QUEUE = "deliveries"


@dataclass(frozen=True, slots=True)
class DataCentre:
    """Where cases go."""

    url: str
    secret: str
    receiver: Receiver = STRANGER


class NotYet(Exception):
    """This attempt failed; the next one is planned."""

    def __init__(self, error: str, next_at: datetime) -> None:
        super().__init__(error)
        self.next_at = next_at


class WhenPlanned(BaseRetryStrategy):
    """Try again when the outbox says."""

    def get_retry_decision(
        self,
        *,
        exception: BaseException,
        job: Job,  # noqa: ARG002 - procrastinate asks with it
    ) -> RetryDecision | None:
        """When to try again; any other error is a defect, which the sweep outlives."""
        return RetryDecision(retry_at=exception.next_at) if isinstance(exception, NotYet) else None


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
        job = app.configure_task("deliver_case", queueing_lock=f"delivery-{delivery_id}")
        try:
            await job.defer_async(delivery_id=delivery_id)
        except AlreadyEnqueued:
            continue
        made += 1
    return made


def _now() -> datetime:
    return datetime.now(UTC)
