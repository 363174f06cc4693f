"""Imports stations from CSV or GeoJSON: previewed row by row, saved all together or not at all.

A station with the name and agency of one that is there changes that one.
"""

from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ChoiceUnknown, CoordinatesOutOfRange, RoadsNotLoaded
from gis_dispatch.ports import House
from gis_dispatch.services.import_cells import agency_of, needed_text
from gis_dispatch.services.import_refusals import (
    DegreesSwapped,
    FarFromRoad,
    NoRoadNear,
    NotDegrees,
)
from gis_dispatch.services.import_report import ImportedRow, ImportReport
from gis_dispatch.services.import_rows import Known, RowKind, run_import
from gis_dispatch.services.manage_stations import STATION_KINDS, insert_station, update_station
from gis_dispatch.services.tabular import Cells

FAR_FROM_ROAD_M = 200


def import_stations(
    house: House,
    actor: Actor,
    data: bytes,
    filename: str,
    *,
    dry_run: bool = False,
    sample: bool = False,
) -> ImportReport:
    """What the file would do; without `dry_run` it is done, unless a row is wrong (RowsWrong)."""
    return run_import(house, actor, data, filename, [STATIONS], dry_run=dry_run, sample=sample)


class Stations(RowKind):
    """Columns: name, kind, agency, lon, lat, and if wanted address."""

    code = "station"
    words = ("pos",)
    columns: ClassVar = {
        "name": ("nama",),
        "kind": ("jenis",),
        "agency": ("agency_code", "instansi", "opd"),
        "lon": ("longitude", "bujur", "x"),
        "lat": ("latitude", "lintang", "y"),
        "address": ("alamat",),
    }
    needed = ("name", "kind", "agency", "lon", "lat")
    compared = ("name", "kind", "agency_code", "lon", "lat", "address")
    repeated = "name"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, given.get("name", ""), {})
        name = needed_text(row, "name", given.get("name"))
        kind = given.get("kind", "").lower()
        if kind not in STATION_KINDS:
            row.refuse(ChoiceUnknown(field="kind", given=kind, allowed=STATION_KINDS))
        row.values = {
            "name": name,
            "kind": kind,
            "agency_code": agency_of(row, given.get("agency"), known),
            "lon": _degrees(row, "lon", given.get("lon", ""), 180),
            "lat": _degrees(row, "lat", given.get("lat", ""), 90),
            "address": given.get("address") or None,
        }
        row.before = next((one for one in known.stations if _key(one) == _key(row.values)), None)
        if row.before is None and not row.problems:
            known.stations.append({**row.values, "id": known.new_id(), "row": row})
        return row

    def key(self, row: ImportedRow) -> Any:
        return _key(row.values)

    def look(self, row: ImportedRow, known: Known) -> None:
        _look_for_road(known.house, row)

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        if row.before is not None:
            update_station(known.tx, known.house, actor, row.before["id"], row.values)
            return
        station_id = insert_station(known.tx, known.house, actor, row.values, sample=known.sample)
        known.keep(row, known.stations, station_id)


def _key(values: Any) -> tuple[str, str]:
    return str(values["name"]).lower(), str(values["agency_code"])


def _degrees(row: ImportedRow, column: str, given: str, most: int) -> float | None:
    """Degrees, with a decimal point or the decimal comma of an Indonesian spreadsheet."""
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        row.refuse(NotDegrees(field=column, given=given))
        return None
    if not -most <= value <= most:
        swapped = column == "lat" and abs(value) <= 180
        wrong = DegreesSwapped if swapped else CoordinatesOutOfRange
        row.refuse(wrong(field=column, given=given))
        return None
    return value


def _look_for_road(house: House, row: ImportedRow) -> None:
    try:
        road = house.roads.snap(row.values["lon"], row.values["lat"])
    except RoadsNotLoaded:
        return
    if road is None:
        row.notes.append(NoRoadNear(field="lon, lat"))
    elif road.gap_m > FAR_FROM_ROAD_M:
        row.notes.append(FarFromRoad(field="lon, lat", gap_m=round(road.gap_m)))


STATIONS = Stations()
