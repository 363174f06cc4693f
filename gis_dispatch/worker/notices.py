"""Notices: makes them out of new events, and brings each to its device or to the gateway."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from procrastinate import App
from py_vapid import Vapid02

from gis_dispatch.exchange.gateway import hand_over
from gis_dispatch.exchange.signed_post import NotDelivered
from gis_dispatch.exchange.web_push import DeviceGone, push
from gis_dispatch.ports import Store
from gis_dispatch.services import deliver_notice as service
from gis_dispatch.services.notify import notify_new
from gis_dispatch.worker.planned_jobs import NotYet, WhenPlanned, enqueue

log = logging.getLogger(__name__)

QUEUE = "notices"


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways notices leave the house."""

    gateway_url: str | None
    gateway_secret: str
    push_key: Vapid02
    push_contact: str


def add_task(app: App, store: Store, ways: Ways) -> None:
    """Teach the worker to deliver one notice."""

    @app.task(name="deliver_notice", queue=QUEUE, retry=WhenPlanned())
    async def deliver_notice(notice_id: int) -> None:
        await deliver(store, ways, notice_id)


async def deliver(store: Store, ways: Ways, notice_id: int) -> None:
    """One attempt; raises `NotYet` when another is planned."""
    notice = await asyncio.to_thread(service.begin_notice, store, notice_id, _now())
    if notice is None:
        return
    try:
        if notice.way == "push":
            await asyncio.to_thread(push, ways.push_key, ways.push_contact, notice, _now())
        else:
            await hand_over(ways.gateway_url, ways.gateway_secret, notice)
    except NotDelivered as refused:
        log.warning("notice %s by %s not delivered: %s", notice.id, notice.way, refused.error)
        next_at = await asyncio.to_thread(
            service.record_not_taken,
            store,
            notice,
            refused.error,
            refused.reason,
            _now(),
            final=refused.final,
            gone=isinstance(refused, DeviceGone),
        )
        if next_at is not None:
            raise NotYet(refused.error, next_at) from refused
        return
    await asyncio.to_thread(service.record_taken, store, notice, _now())


async def sweep(app: App, store: Store) -> int:
    """Make notices of new events, and a job for every one that is due; how many were made."""
    await asyncio.to_thread(notify_new, store, _now())
    made = 0
    for notice_id in await asyncio.to_thread(service.due_notices, store, _now()):
        made += await enqueue(app, "deliver_notice", f"notice-{notice_id}", notice_id=notice_id)
    return made


def _now() -> datetime:
    return datetime.now(UTC)
