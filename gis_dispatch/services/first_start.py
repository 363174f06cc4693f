"""Makes an empty installation usable: facts, roads, stations, units, one sign-in per role.

Run at every start; what is there already is left alone, so a second start takes milliseconds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gis_dispatch import assets
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Row
from gis_dispatch.services.check_unit import check_unit
from gis_dispatch.services.first_people import SignIn, make_sign_ins, read_sign_ins
from gis_dispatch.services.import_found_stations import import_found_stations
from gis_dispatch.services.import_stations import import_stations
from gis_dispatch.services.import_units import import_units
from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.services.read_readiness import list_readiness
from gis_dispatch.services.sample_places import load_sample_places

Say = Callable[[str], None]


class FirstRoads(Protocol):
    """Where the roads of a new installation may come from; each import makes them current."""

    def import_place(self) -> Survey:
        """The configured place from OpenStreetMap, or an Unavailable refusal within seconds."""
        ...

    def import_sample(self) -> Survey:
        """The sample city that came with the installation."""
        ...


@dataclass(frozen=True)
class FirstStart:
    """What there is now, and what a person still has to do."""

    sign_ins: tuple[SignIn, ...]
    sample: bool
    notes: tuple[str, ...]


def first_start(house: House, *, area: str, home: Path, roads: FirstRoads, say: Say) -> FirstStart:
    """Makes what is missing, in one transaction a step; can be interrupted and run again."""
    load_facts(house, area)
    before = _count(house)
    if not before["networks"]:
        _first_roads(house, roads, say)
    if _count(house)["sample_network"] and not before["units"]:
        _sample_city(house, say)
    if before["users"]:
        sign_ins = read_sign_ins(house, home)
    else:
        say("Making one sign-in per role")
        sign_ins = make_sign_ins(house, SYSTEM_ACTOR, home)
    now = _count(house)
    return FirstStart(sign_ins, bool(now["sample_network"]), _missing(now))


def _count(house: House) -> Row:
    return house.store.reads.one("count_what_there_is")


def _first_roads(house: House, roads: FirstRoads, say: Say) -> None:
    try:
        survey = roads.import_place()
    except Unavailable as unreachable:
        say(f"{unreachable.sentence()} Using the sample city instead.")
        roads.import_sample()
        return
    added = import_found_stations(house, SYSTEM_ACTOR, survey.stations)
    say(f"{added} stations found in OpenStreetMap")


def _sample_city(house: House, say: Say) -> None:
    folder = assets.facts("sample_city")
    for name, load in (("stations", import_stations), ("units", import_units)):
        path = folder / f"{name}.csv"
        report = load(house, SYSTEM_ACTOR, path.read_bytes(), path.name, sample=True)
        say(f"{report.count('add')} sample {name}")
    say(f"{load_sample_places(house)} sample kelurahan")
    for unit in list_readiness(house.store.reads, house.clock.now()):
        levels = _sample_levels(unit["id"], [supply["kind"] for supply in unit["supplies"]])
        check_unit(house, SYSTEM_ACTOR, unit["id"], supplies=levels, vehicle={"fit": True})


def _sample_levels(unit_id: int, kinds: Iterable[str]) -> dict[str, int]:
    """Tanks as they are on any day: most nearly full, one in nine nearly empty."""
    return dict.fromkeys(kinds, 15 if unit_id % 9 == 0 else 70 + unit_id * 7 % 31)


def _missing(now: Row) -> tuple[str, ...]:
    """What an administrator has to enter before the first real call."""
    notes = []
    if not now["stations"]:
        notes.append("There are no stations yet: add or import them under /admin.")
    if not now["units"]:
        notes.append("There are no units yet: add or import them under /admin.")
    if not now["crews"]:
        notes.append("There is no field crew sign-in yet: make one for each unit under /admin.")
    return tuple(notes)
