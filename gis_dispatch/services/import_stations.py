"""Imports stations from CSV or GeoJSON: previewed row by row, saved all together or not at all.

Columns: name, kind, agency, lon, lat, and if wanted address; each also by its Indonesian name.
A station with the name and agency of one that is there changes that one.
"""

from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import (
    AgencyUnknown,
    BadInput,
    ChoiceUnknown,
    CoordinatesOutOfRange,
    RoadsNotLoaded,
    TextMissing,
)
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.import_refusals import (
    DegreesSwapped,
    FarFromRoad,
    NoRoadNear,
    NotDegrees,
)
from gis_dispatch.services.import_report import ImportedRow, ImportReport, refuse_repeated
from gis_dispatch.services.manage_stations import STATION_KINDS, insert_station, update_station
from gis_dispatch.services.tabular import Cells, read_rows

COLUMNS = {
    "name": ("nama",),
    "kind": ("jenis",),
    "agency": ("agency_code", "instansi", "opd"),
    "lon": ("longitude", "bujur", "x"),
    "lat": ("latitude", "lintang", "y"),
    "address": ("alamat",),
}
NEEDED = ("name", "kind", "agency", "lon", "lat")
COMPARED = ("name", "kind", "agency_code", "lon", "lat", "address")
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
    cells = read_rows(data, filename, COLUMNS, NEEDED)
    with house.store.transaction() as tx:
        there = {_key(row): row for row in tx.all("admin_stations") if row["active"]}
        agencies = agencies_by_name(tx)
        rows = [_read(one, agencies) for one in cells]
        refuse_repeated(rows, "name", lambda row: _key(row.values))
        for row in rows:
            _compare(row, there)
            _look_for_road(house, row)
        report = ImportReport(saved=not dry_run, rows=tuple(rows))
        if not dry_run:
            report.require_sound()
            for row in rows:
                _save(tx, house, actor, row, there.get(_key(row.values)), sample)
    return report


def agencies_by_name(tx: Transaction) -> dict[str, str]:
    """Agencies in use by their code and by their short name, in small letters."""
    rows = [row for row in tx.all("list_agencies") if row["active"]]
    return {
        **{row["short_name"].lower(): row["code"] for row in rows},
        **{row["code"].lower(): row["code"] for row in rows},
    }


def read_agency(row: ImportedRow, given: str, agencies: dict[str, str]) -> str:
    """The code of the agency a cell names, or a problem on the row."""
    found = agencies.get(given.lower())
    if found is None:
        row.refuse(AgencyUnknown(field="agency", given=given))
    return found or given


def _key(values: Any) -> tuple[str, str]:
    return str(values["name"]).lower(), str(values["agency_code"])


def _read(cells: Cells, agencies: dict[str, str]) -> ImportedRow:
    given = cells.values
    row = ImportedRow(cells.where, given.get("name", ""), {})
    if not row.name:
        row.refuse(TextMissing(field="name"))
    kind = given.get("kind", "").lower()
    if kind not in STATION_KINDS:
        row.refuse(ChoiceUnknown(field="kind", given=kind, allowed=STATION_KINDS))
    row.values = {
        "name": " ".join(row.name.split()),
        "kind": kind,
        "agency_code": read_agency(row, given.get("agency", ""), agencies),
        "lon": _degrees(row, "lon", given.get("lon", ""), 180),
        "lat": _degrees(row, "lat", given.get("lat", ""), 90),
        "address": given.get("address") or None,
    }
    return row


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


def _compare(row: ImportedRow, there: dict[tuple[str, str], Row]) -> None:
    before = there.get(_key(row.values))
    if row.problems or before is None:
        return
    same = all(before[name] == row.values[name] for name in COMPARED)
    row.action = "same" if same else "change"


def _look_for_road(house: House, row: ImportedRow) -> None:
    if row.problems:
        return
    try:
        road = house.roads.snap(row.values["lon"], row.values["lat"])
    except RoadsNotLoaded:
        return
    if road is None:
        row.notes.append(NoRoadNear(field="lon, lat"))
    elif road.gap_m > FAR_FROM_ROAD_M:
        row.notes.append(FarFromRoad(field="lon, lat", gap_m=round(road.gap_m)))


def _save(
    tx: Transaction,
    house: House,
    actor: Actor,
    row: ImportedRow,
    before: Row | None,
    sample: bool,
) -> None:
    try:
        if before is None:
            insert_station(tx, house, actor, row.values, sample=sample)
        elif row.action == "change":
            update_station(tx, house, actor, before["id"], row.values)
    except BadInput as refusal:
        row.refuse(refusal)
        ImportReport(saved=False, rows=(row,)).require_sound()
