"""The vehicle profiles as the administrator's screen and the health page show them."""

from functools import cache
from pathlib import Path

from flask_babel import gettext as translate

from gis_dispatch.consoles.context import current_settings
from gis_dispatch.errors import Refusal
from gis_dispatch.ports import House, Row
from gis_dispatch.roads.profiles import ProfileBook
from gis_dispatch.services.find_lost_profiles import find_lost_profiles


@cache
def _book(home: Path) -> ProfileBook:
    return ProfileBook(home)


def profile_report(house: House) -> Row:
    """Every profile with the types of unit that use it, and everything that is wrong."""
    in_use = _book(current_settings().home).current()
    types = house.store.reads.all("list_unit_types")
    return {
        "items": [
            {**row, "unit_types": [t["code"] for t in types if t["profile"] == row["name"]]}
            for row in in_use.rows()
        ],
        "problems": [problem.sentence(translate) for problem in in_use.problems],
        "lost": find_lost_profiles(house),
        "sha256": in_use.sha256,
    }


def profile_health(house: House) -> Row:
    """What is wrong with the profiles. It stops nothing: the last good ones are used."""
    in_use = _book(current_settings().home).current()
    try:
        lost = [row["profile"] for row in find_lost_profiles(house)]
    except Refusal:
        lost = []  # that the database does not answer is said elsewhere
    problems = [problem.sentence() for problem in in_use.problems]
    return {"ok": True, "in_use": list(in_use), "problems": problems, "lost": lost}
