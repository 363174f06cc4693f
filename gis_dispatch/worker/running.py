"""Runs the worker until it is told to stop; a database that is away is waited for."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from functools import partial

from procrastinate import App
from procrastinate.exceptions import ProcrastinateException
from psycopg_pool import PoolTimeout

from gis_dispatch.domain.from_position import Rules
from gis_dispatch.domain.receivers import DATA_CENTRE, receiver_of
from gis_dispatch.errors import NoDatabase, Refusal
from gis_dispatch.exchange.signatures import gateway_secret, shared_secret
from gis_dispatch.exchange.vapid import vapid_key
from gis_dispatch.ports import House, Store
from gis_dispatch.services.count_incidents import count_incidents
from gis_dispatch.services.end_move import notice_arrivals
from gis_dispatch.services.propose_steps import propose_steps
from gis_dispatch.services.refresh_coverage import refresh_coverage
from gis_dispatch.services.refresh_etas import refresh_etas
from gis_dispatch.settings import Settings
from gis_dispatch.store import PostgresStore, open_store
from gis_dispatch.worker import clocks, notices, schema
from gis_dispatch.worker.closures import announce_closures
from gis_dispatch.worker.deliveries import QUEUE, DataCentre, add_task, sweep
from gis_dispatch.worker.pruning import keep_days, prune
from gis_dispatch.worker.repeating import repeat

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 10.0
NOTICES_EVERY_S = 1.0
"""A crew is told of its assignment a second after it was sent, and the desk of what failed."""
ETAS_EVERY_S = 5.0
STEPS_EVERY_S = 3.0
COUNT_EVERY_S = 20.0
COVERAGE_EVERY_S = 15.0
PRUNE_EVERY_S = 86_400.0
DAYS_EVERY_S = 3_600.0
AGAIN_AFTER_S = 5.0
GRACE_S = 1.5
"""A delivery under way may end; the supervisor gives us three seconds in all."""

BuildHouse = Callable[[Settings, PostgresStore], House]


def run(settings: Settings, build_house: BuildHouse) -> None:
    """The worker process, from start to SIGTERM. The house is built on the worker's own store."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("gis_dispatch").setLevel(logging.INFO)
    if settings.database_url is None:
        raise NoDatabase
    store = open_store(settings.database_url, timezone=settings.timezone, pool_size=3)
    try:
        house = build_house(settings, store)
        asyncio.run(_until_stopped(settings, settings.database_url, house))
    finally:
        store.close()


async def _until_stopped(settings: Settings, database_url: str, house: House) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    while not stop.is_set():
        work = asyncio.create_task(_work(settings, database_url, house))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            return
        except (ProcrastinateException, PoolTimeout, Refusal, OSError) as error:
            log.warning("worker: %s; trying again in %.0f s", error, AGAIN_AFTER_S)
            await _pause(stop, AGAIN_AFTER_S)


async def _work(settings: Settings, database_url: str, house: House) -> None:
    await asyncio.to_thread(schema.ensure, database_url)
    app = App(connector=schema.connector(database_url))
    data_centre = DataCentre(
        settings.data_centre_address,
        shared_secret(settings),
        receiver_of(house.receivers, DATA_CENTRE),
    )
    add_task(app, house.store, data_centre)
    notices.add_task(app, house.store, _ways(settings))
    clocks.add_task(app, house)
    async with app.open_async():
        forget = partial(prune, house, settings.recommendation_days)
        cover = partial(refresh_coverage, house, settings.total_response_target_s)
        log.info("worker: delivering cases to %s", data_centre.url)
        tasks = {
            # A notice never waits for a data centre that is slow, and a late referral for neither.
            asyncio.create_task(_work_off(app, QUEUE, notices.QUEUE, at_once=6, poll_every_s=5.0)),
            asyncio.create_task(_work_off(app, clocks.QUEUE, at_once=2, poll_every_s=1.0)),
            asyncio.create_task(clocks.keep_clocks(clocks.Planner(app, house))),
            asyncio.create_task(_rounds(app, house.store)),
            asyncio.create_task(_tell(app, house.store)),
            asyncio.create_task(
                repeat("times of arrival", partial(refresh_etas, house), ETAS_EVERY_S)
            ),
            asyncio.create_task(repeat("coverage", cover, COVERAGE_EVERY_S)),
            asyncio.create_task(
                repeat("steps from positions", partial(_steps, house, settings), STEPS_EVERY_S)
            ),
            asyncio.create_task(repeat("old rankings", forget, PRUNE_EVERY_S)),
            asyncio.create_task(
                repeat("the past by cells", partial(count_incidents, house.store), COUNT_EVERY_S)
            ),
            asyncio.create_task(
                repeat("days of positions", partial(keep_days, house), DAYS_EVERY_S)
            ),
        }
        try:
            # None ends by itself: one that does has failed, and we begin again.
            done, _running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()


async def _work_off(app: App, *queues: str, at_once: int, poll_every_s: float) -> None:
    await app.run_worker_async(
        queues=list(queues),
        name=f"gis-dispatch {queues[0]}",
        concurrency=at_once,
        install_signal_handlers=False,
        shutdown_graceful_timeout=GRACE_S,
        delete_jobs="always",
        fetch_job_polling_interval=poll_every_s,
    )


def _steps(house: House, settings: Settings) -> None:
    if settings.steps_from_position == "off":
        return
    rules = Rules(
        near_m=settings.arrived_within_m,
        away_m=settings.left_after_m,
        slow_kph=settings.arrived_below_kph,
        stay_s=settings.arrived_after_s,
    )
    propose_steps(house, rules, automatic=settings.steps_from_position == "automatic")


async def _rounds(app: App, store: Store) -> None:
    while True:
        await sweep(app, store)
        await asyncio.to_thread(announce_closures, store)
        await asyncio.to_thread(notice_arrivals, store)
        await asyncio.sleep(SWEEP_EVERY_S)


async def _tell(app: App, store: Store) -> None:
    while True:
        await notices.sweep(app, store)
        await asyncio.sleep(NOTICES_EVERY_S)


def _ways(settings: Settings) -> notices.Ways:
    return notices.Ways(
        settings.gateway_url,
        gateway_secret(settings),
        vapid_key(settings.home),
        settings.push_contact,
    )


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
