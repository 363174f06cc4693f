"""Stations, units and villages from files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gis_dispatch.roads.sources import is_osm_file, read_stations
from gis_dispatch.running.commands.common import AT_THE_MACHINE, Commands, answer, as_json
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.services.import_found_stations import import_found_stations
from gis_dispatch.services.import_report import ImportReport
from gis_dispatch.services.import_stations import import_stations
from gis_dispatch.services.import_units import import_units
from gis_dispatch.services.import_villages import import_villages

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would happen.")


@click.group("stations", cls=Commands)
def stations() -> None:
    """Fire stations, posts, hospitals.

    \b
    Example:
      gis-dispatch stations import stations.csv --dry-run
    """


@stations.command("import")
@FILE
@DRY_RUN
@as_json
def stations_import(file: Path, dry_run: bool, json_wanted: bool) -> None:
    """Import stations from CSV, GeoJSON or OpenStreetMap: all of the file, or nothing of it.

    Columns: name, kind, agency, lon, lat, and if wanted address. Of an OpenStreetMap file (.osm,
    .osm.gz, .osm.bz2, .osm.pbf) the stations that you do not have yet are added.

    \b
    Example:
      gis-dispatch stations import stations.csv --dry-run
      gis-dispatch stations import singkawang.osm.pbf
    """
    if is_osm_file(file):
        _import_found(file, dry_run=dry_run, json_wanted=json_wanted)
        return
    _import(import_stations, file, dry_run=dry_run, json_wanted=json_wanted)


@click.group("units", cls=Commands)
def units() -> None:
    """Vehicles with their crew and equipment.

    \b
    Example:
      gis-dispatch units import units.csv --dry-run
    """


@units.command("import")
@FILE
@DRY_RUN
@as_json
def units_import(file: Path, dry_run: bool, json_wanted: bool) -> None:
    """Import units from CSV or GeoJSON: all of the file, or nothing of it.

    Columns: call_sign, type, agency, station, and if wanted duty, duty_reason, crew, equipment.

    \b
    Example:
      gis-dispatch units import units.csv
    """
    _import(import_units, file, dry_run=dry_run, json_wanted=json_wanted)


@click.group("villages", cls=Commands)
def villages() -> None:
    """Villages (kelurahan) with their outlines.

    \b
    Example:
      gis-dispatch villages import kelurahan.geojson --dry-run
    """


@villages.command("import")
@FILE
@DRY_RUN
@as_json
def villages_import(file: Path, dry_run: bool, json_wanted: bool) -> None:
    """Import outlines of villages from GeoJSON: all of the file, or nothing of it.

    Properties: code, name, and if wanted district_code, district, postal_code.

    \b
    Example:
      gis-dispatch villages import kelurahan.geojson
    """
    _import(import_villages, file, dry_run=dry_run, json_wanted=json_wanted)


def _import(
    what: Callable[..., ImportReport], file: Path, *, dry_run: bool, json_wanted: bool
) -> None:
    with open_house() as house:
        report = what(house, AT_THE_MACHINE, file.read_bytes(), file.name, dry_run=dry_run)
    document = report.as_document(str)
    answer(document, json_wanted, _in_words(document))
    if document["refused"]:
        raise SystemExit(1)


def _import_found(file: Path, *, dry_run: bool, json_wanted: bool) -> None:
    found = read_stations(file)
    with open_house() as house:
        added = import_found_stations(house, AT_THE_MACHINE, found, dry_run=dry_run)
    document = {"found": len(found), "added": added, "saved": not dry_run}
    words = "Nothing was saved." if dry_run else "Saved."
    answer(document, json_wanted, f"{len(found)} found, {added} of them new. {words}")


def _in_words(document: dict[str, Any]) -> str:
    lines = [
        f"{row['where']}: {problem['field']}: {problem['sentence']}"
        for row in document["rows"]
        for problem in row["problems"]
    ]
    lines += [f"{row['where']}: {note}" for row in document["rows"] for note in row["notes"]]
    counts = ", ".join(
        f"{document[name]} {name}" for name in ("added", "changed", "same", "refused")
    )
    lines.append(f"{counts}. {'Saved.' if document['saved'] else 'Nothing was saved.'}")
    return "\n".join(lines)
