"""Runs the simulator until it is told to stop: keys, crews, and the people at the desks."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from random import Random
from typing import Any

from gis_dispatch.ports import House
from gis_dispatch.settings import Settings
from gis_dispatch.simulation.crew import Crew
from gis_dispatch.simulation.desk import Desk
from gis_dispatch.simulation.doors import Doors
from gis_dispatch.simulation.fleet import Unit, listen, make_crews, units_to_drive
from gis_dispatch.simulation.house import open_house
from gis_dispatch.simulation.keys import Keys
from gis_dispatch.simulation.options import Options
from gis_dispatch.simulation.ways import Ways

log = logging.getLogger(__name__)

LOOK_FOR_UNITS_EVERY_S = 30.0


def run(settings: Settings, options: Options) -> None:
    """The simulator process, from start to SIGTERM."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("gis_dispatch").setLevel(logging.INFO)
    with open_house(settings) as house:
        asyncio.run(_until_stopped(settings, options, house))


async def _until_stopped(settings: Settings, options: Options, house: House) -> None:
    task = asyncio.current_task()
    if task is not None:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        doors = Doors(settings.address)
        try:
            await simulate(settings, options, house, doors)
        finally:
            await doors.close()


async def simulate(settings: Settings, options: Options, house: House, doors: Doors) -> None:
    """Everything that moves in the sample city; never ends by itself."""
    random = Random(options.seed)  # noqa: S311 - a simulated city keeps no secrets
    keys = Keys.kept_in(settings.home, house)
    token = await asyncio.to_thread(keys.token, "simulator")
    units = await _sample_units(doors, token)
    ways = Ways(house.roads)
    phones = await asyncio.to_thread(keys.phones, [int(unit["id"]) for unit in units])

    async def renew(unit_id: int) -> str:
        return await asyncio.to_thread(keys.phone, unit_id)

    crews = make_crews(
        units,
        (await doors.get(token, "/stations"))["items"],
        phones,
        token=token,
        doors=doors,
        ways=ways,
        speed=options.speed,
        random=random,
        renew_secret=renew,
    )
    log.warning("simulator: %d units, %s", len(crews), settings.address)
    lives: list[Coroutine[Any, Any, None]] = [crew.live() for crew in crews.values()]
    lives.append(listen(crews, doors, token))
    if options.calls_come_in:
        desk = await asyncio.to_thread(_desk, settings, options, keys, units, crews, ways, random)
        lives += [desk.take_calls(options.incidents_per_hour), desk.handle_cases()]
    async with asyncio.TaskGroup() as together:
        for life in lives:
            together.create_task(life)


async def _sample_units(doors: Doors, token: str) -> list[Unit]:
    """The units to drive; waited for, as an administrator may import them later."""
    told = False
    while True:
        units = units_to_drive((await doors.get(token, "/units"))["items"])
        if units:
            return units
        if not told:
            log.warning("simulator: there are no sample units with a station; waiting for some")
        told = True
        await asyncio.sleep(LOOK_FOR_UNITS_EVERY_S)


def _desk(
    settings: Settings,
    options: Options,
    keys: Keys,
    units: list[Unit],
    crews: dict[int, Crew],
    ways: Ways,
    random: Random,
) -> Desk:
    agencies = sorted({unit["agency_code"] for unit in units})
    return Desk(
        doors=crews[int(units[0]["id"])].doors,
        ways=ways,
        random=random,
        middles=[crew.home for crew in crews.values()],
        fleet=frozenset(crews),
        telephony=keys.token("telephony"),
        operator=keys.token("operator"),
        dispatchers={code: keys.token("dispatcher", code) for code in agencies},
        speed=options.speed,
        locale=settings.locale,
    )
