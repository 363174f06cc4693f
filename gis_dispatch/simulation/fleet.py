"""The sample units as crews, and the one ear that hears for all of them what the API says."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from random import Random
from typing import Any

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.simulation.clock import Pace
from gis_dispatch.simulation.crew import Crew
from gis_dispatch.simulation.doors import Doors, Refused
from gis_dispatch.simulation.drive import Fix
from gis_dispatch.simulation.ways import Ways

log = logging.getLogger(__name__)

LISTEN_EVERY_S = 2.0
LOOK_AROUND_EVERY = 5
"""Every how many rounds duties and real phones are looked at as well."""
REAL_PHONE_FOR_S = 120.0
PATROL_TYPES = ("patroli", "motor_patroli", "motor", "layanan_listrik")
PATROL_SHARE = 0.16
MOST_ON_PATROL = 8
STILL_THERE_M = 20_000.0

Unit = Mapping[str, Any]


def units_to_drive(units: Iterable[Unit]) -> list[Unit]:
    """Sample units with a station; nothing real is ever driven."""
    return [one for one in units if one["sample"] and one["active"] and one["station"]]


def units_on_patrol(units: Iterable[Unit], random: Random) -> set[int]:
    """A few that move about: patrols first, so that police drive and pumps stand ready."""
    free = [one for one in units if one["duty"] == "available" and not one["busy"]]
    count = min(MOST_ON_PATROL, max(3, round(PATROL_SHARE * len(free))), len(free))
    drawn = random.sample(free, len(free))
    drawn.sort(key=lambda one: one["type"]["code"] not in PATROL_TYPES)
    return {int(one["id"]) for one in drawn[:count]}


def make_crews(
    units: list[Unit],
    stations: Iterable[Mapping[str, Any]],
    phones: Mapping[int, str],
    *,
    token: str,
    doors: Doors,
    ways: Ways,
    speed: float,
    random: Random,
    renew_secret: Callable[[int], Awaitable[str]],
) -> dict[int, Crew]:
    """One crew per unit, where its unit was last seen if that is still in this city."""
    hospitals = tuple((one["lon"], one["lat"]) for one in stations if one["kind"] == "hospital")
    patrols = units_on_patrol(units, random)
    crews = {}
    for unit in units:
        id, kind = int(unit["id"]), unit["type"]
        crew = crews[id] = Crew(
            id=id,
            call_sign=unit["call_sign"],
            home=(unit["station"]["lon"], unit["station"]["lat"]),
            profile=kind["profile"],
            turnout_s=float(kind["turnout_s"]),
            hospitals=hospitals if kind["code"].startswith("ambulans") else (),
            patrols=id in patrols,
            secret=phones[id],
            token=token,
            doors=doors,
            ways=ways,
            pace=Pace(speed),
            random=Random(random.random()),  # noqa: S311 - no secret depends on it
            renew_secret=renew_secret,
            on_duty=unit["duty"] == "available",
        )
        seen = unit["position"]
        if seen and straight_line_m(*crew.home, seen["lon"], seen["lat"]) < STILL_THERE_M:
            crew.fix = Fix(seen["lon"], seen["lat"], 0.0, seen["heading_deg"])
    return crews


async def listen(crews: Mapping[int, Crew], doors: Doors, token: str) -> None:
    """Tell every crew what concerns it, for as long as the simulator runs."""
    rounds = 0
    while True:
        try:
            await _hear_assignments(crews, doors, token)
            if rounds % LOOK_AROUND_EVERY == 0:
                await _look_around(crews, doors, token)
        except Refused as refused:
            log.warning("simulator: %s", refused)
        rounds += 1
        await asyncio.sleep(LISTEN_EVERY_S)


async def _hear_assignments(crews: Mapping[int, Crew], doors: Doors, token: str) -> None:
    known = {id: crew.assignment for id, crew in crews.items()}
    answer = await doors.get(token, "/assignments", state="open")
    sent = {int(one["unit"]["id"]): one for one in answer["items"]}
    for id, crew in crews.items():
        # What a crew did while we were asking is newer than the answer.
        if crew.assignment is known[id]:
            crew.hear(sent.get(id))


async def _look_around(crews: Mapping[int, Crew], doors: Doors, token: str) -> None:
    units = await doors.get(token, "/units")
    for unit in units["items"]:
        crew = crews.get(int(unit["id"]))
        if crew is None:
            continue
        crew.on_duty = unit["duty"] == "available"
        seen = unit["position"]
        real = bool(seen) and seen["source"] != "simulator" and seen["age_s"] < REAL_PHONE_FOR_S
        crew.hand_over(to_people=real)
