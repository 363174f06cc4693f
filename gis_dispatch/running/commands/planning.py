"""What planners work out at the machine: what is reached in time, and tables of driving times."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from gis_dispatch.running.commands.common import answer, as_json, table
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.services.find_reach import find_reach
from gis_dispatch.services.import_refusals import NotDegrees
from gis_dispatch.services.tabular import Cells, read_rows
from gis_dispatch.services.tabulate_times import tabulate_times

T = TypeVar("T")

COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("nama",),
    "lon": ("longitude", "bujur", "x"),
    "lat": ("latitude", "lintang", "y"),
}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PROFILE = click.option("--profile", default="car", show_default=True, help="Kind of vehicle.")


@click.command("reach", context_settings={"ignore_unknown_options": True})
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@PROFILE
@click.option("--minutes", default="5,10,15", show_default=True, help="One to six times.")
@click.option("--turnout", "turnout_s", type=float, default=0.0, help="Seconds before it drives.")
@as_json
def reach(
    lon: float, lat: float, profile: str, minutes: str, turnout_s: float, json_wanted: bool
) -> None:
    """Work out what a vehicle at LON LAT reaches in time by the roads that are open now.

    As JSON: the areas, as GeoJSON.

    \b
    Example:
      gis-dispatch reach 108.987 0.906 --profile engine --turnout 80 --json
    """
    with open_house() as house:
        found = find_reach(house, lon, lat, profile, minutes, turnout_s, _at_once)
    rows = [
        {"minutes": f"{one['limit_s'] / 60:g}", "km_of_road": f"{one['road_length_m'] / 1000:.1f}"}
        for one in (feature["properties"] for feature in reversed(found["features"]))
    ]
    answer(found, json_wanted, table(rows, ("minutes", "km_of_road")))


@click.command("times")
@click.argument("origins", type=FILE)
@click.argument("destinations", type=FILE)
@PROFILE
@as_json
def times(origins: Path, destinations: Path, profile: str, json_wanted: bool) -> None:
    """Work out driving times from every place in ORIGINS to every place in DESTINATIONS.

    Both are CSV with the columns lon, lat and if wanted name, or GeoJSON. The answer is CSV:
    origin, destination, seconds (empty where there is no way).

    \b
    Example:
      gis-dispatch times stations.csv schools.csv --profile engine
    """
    here, there = _places(origins), _places(destinations)
    with open_house() as house:
        found = tabulate_times(
            house, profile, [at for _, at in here], [at for _, at in there], _at_once
        )
    names = {"origins": [name for name, _ in here], "destinations": [name for name, _ in there]}
    answer({**names, **found}, json_wanted, _as_csv(names, found["times_s"]))


def _at_once(work: Callable[[], T]) -> T:
    return work()


def _places(file: Path) -> list[tuple[str, tuple[float, float]]]:
    """(name, (lon, lat)) of every row; a row without a name is called by where it stands."""
    places = []
    for row in read_rows(file.read_bytes(), file.name, COLUMNS, ("lon", "lat")):
        lon, lat = (_degrees(file.name, row, column) for column in ("lon", "lat"))
        places.append((row.values.get("name") or row.where, (lon, lat)))
    return places


def _degrees(file: str, row: Cells, column: str) -> float:
    given = row.values.get(column, "")
    try:
        return float(given.replace(",", "."))
    except ValueError as error:
        raise NotDegrees(field=f"{file}, {row.where}, {column}", given=given) from error


def _as_csv(names: Mapping[str, Sequence[str]], rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("origin", "destination", "driving_time_s"))
    for origin, row in zip(names["origins"], rows, strict=True):
        writer.writerows(
            (origin, destination, time)
            for destination, time in zip(names["destinations"], row, strict=True)
        )
    return text.getvalue().rstrip("\n")
