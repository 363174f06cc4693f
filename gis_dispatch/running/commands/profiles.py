"""Vehicle profiles: files of facts that an administrator may change and check."""

from typing import Any

import click

from gis_dispatch.roads.profiles import ProfileBook
from gis_dispatch.running import home
from gis_dispatch.running.commands.common import Commands, answer, as_json, table, warn
from gis_dispatch.settings import Settings

COLUMNS = (
    "name", "name_en", "source", "width_m", "height_m", "weight_t", "top_speed_kph",
    "fording_depth_cm", "one_ways_against", "turn_signs",
)  # fmt: skip


@click.group("profiles", cls=Commands)
def profiles() -> None:
    """How each kind of vehicle drives: which roads, how fast, and what stops it.

    \b
    Example:
      gis-dispatch profiles list
    """


@profiles.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """List the profiles in use, where each comes from, and its main facts.

    \b
    Example:
      gis-dispatch profiles list --json
    """
    in_use = ProfileBook(Settings().home, tell=warn).current()
    rows = in_use.rows()
    problems = [problem.sentence() for problem in in_use.problems]
    shown = [{**row, **{key: _yes_no(row[key]) for key in COLUMNS[-2:]}} for row in rows]
    answer({"items": rows, "problems": problems}, json_wanted, table(shown, COLUMNS))


@profiles.command("check")
@as_json
def check(json_wanted: bool) -> None:
    """Say of your own profiles what is wrong, by file and key, and what would be right.

    \b
    Example:
      gis-dispatch profiles check
    """
    book = ProfileBook(Settings().home)
    rows: list[dict[str, Any]] = []
    for path in book.files():
        wrong = book.check(path)
        rows += [{"file": path.name, "problem": problem.sentence()} for problem in wrong]
        rows += [] if wrong else [{"file": path.name, "problem": None}]
    lines = [row["problem"] or f"{row['file']}: nothing is wrong." for row in rows]
    text = "\n".join(lines) or f"There are no files in {book.folder}."
    answer({"items": rows}, json_wanted, text)
    if any(row["problem"] for row in rows):
        raise SystemExit(1)


@profiles.command("copy")
@click.argument("name")
@as_json
def copy(name: str, json_wanted: bool) -> None:
    """Write the profile NAME that came along to where you may change it; nothing is overwritten.

    A running server drives by the file as soon as it is saved. Remove the file to go back.

    \b
    Example:
      gis-dispatch profiles copy engine
    """
    settings = Settings()
    path = ProfileBook(home.ensure(settings.home)).copy(name)
    answer({"file": path}, json_wanted, f"{path}\nChange it, then: gis-dispatch profiles check")


def _yes_no(value: object) -> str:
    return "yes" if value else "no"
