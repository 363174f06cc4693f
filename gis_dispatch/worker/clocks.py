"""A job for every deadline of a referral, and a sweep that plans them and finds what was missed."""

import asyncio
import logging
from datetime import datetime, timedelta

from procrastinate import App

from gis_dispatch.ports import House
from gis_dispatch.services.raise_late_referral import raise_late_referral
from gis_dispatch.services.referral_clocks import planned_raises
from gis_dispatch.worker.planned_jobs import enqueue

log = logging.getLogger(__name__)

QUEUE = "referral_clocks"
TASK = "raise_late_referral"
SWEEP_EVERY_S = 3.0
AHEAD = timedelta(hours=1)
"""A deadline further away is planned by a later sweep: most are met long before."""


def add_task(app: App, house: House) -> None:
    """Teach the worker to raise one late referral."""

    @app.task(name=TASK, queue=QUEUE)
    async def raise_one(referral_id: int) -> None:
        # What was acknowledged, or put off by another priority, is found not late and left alone.
        if await asyncio.to_thread(raise_late_referral, house, referral_id):
            log.info("worker: referral %s is late and went up a level", referral_id)


class Planner:
    """Remembers what it planned, so that a sweep asks for nothing twice."""

    def __init__(self, app: App, house: House) -> None:
        self._app = app
        self._house = house
        self._planned: dict[str, datetime] = {}

    async def sweep(self) -> int:
        """Make a job for every deadline that has none; how many were made."""
        planned = await asyncio.to_thread(planned_raises, self._house)
        now = self._house.clock.now()
        self._planned = {lock: at for lock, at in self._planned.items() if at > now}
        made = 0
        for referral_id, following in planned.items():
            # The moment is part of the lock: a deadline that moves is a new job, and the old one
            # finds nothing to do. What is due already is asked for each time: the worker that had
            # planned it may have been killed.
            lock = f"referral-{referral_id}-{following.level.level}-{following.at.timestamp():.0f}"
            if lock in self._planned or following.at > now + AHEAD:
                continue
            self._planned[lock] = following.at
            at = max(following.at, now)
            made += await enqueue(self._app, TASK, lock, at, referral_id=referral_id)
        return made


async def keep_clocks(planner: Planner) -> None:
    """Sweep for as long as the worker lives."""
    while True:
        await planner.sweep()
        await asyncio.sleep(SWEEP_EVERY_S)
