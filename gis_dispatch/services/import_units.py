"""Imports units from CSV or GeoJSON: previewed row by row, saved all together or not at all.

Columns: call_sign, type, agency, station, and if wanted duty, duty_reason, crew, equipment; each
also by its Indonesian name. crew: `Name (role)|Name (role)`; equipment: `Thing x4|Thing x1`, with
` (rusak)` after what is broken.
A unit with the call sign of one that is there changes that one, but never its duty.
"""

import re
from typing import Any

from gis_dispatch.domain.duty import DUTIES
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput, ChoiceUnknown, TextMissing
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.import_refusals import (
    CrewNotUnderstood,
    EquipmentNotUnderstood,
    StationNotThere,
    StationNotUnique,
)
from gis_dispatch.services.import_report import ImportedRow, ImportReport, refuse_repeated
from gis_dispatch.services.import_stations import agencies_by_name, read_agency
from gis_dispatch.services.manage_units import insert_unit, update_unit
from gis_dispatch.services.tabular import Cells, read_rows

COLUMNS = {
    "call_sign": ("unit", "nama_panggilan", "panggilan"),
    "type": ("type_code", "tipe", "jenis"),
    "agency": ("agency_code", "instansi", "opd"),
    "station": ("pos",),
    "duty": ("status_tugas",),
    "duty_reason": ("alasan",),
    "crew": ("awak", "petugas"),
    "equipment": ("peralatan",),
}
NEEDED = ("call_sign", "type", "agency", "station")
COMPARED = ("agency_code", "type_code", "station_id")

_MEMBER = re.compile(r"^(?P<name>[^()|]+?)\s*\((?P<role>[^()]+)\)$")
_THING = re.compile(r"^(?P<name>.+?)(?:\s+x(?P<quantity>\d{1,5}))?(?P<broken>\s+\(rusak\))?$")


def import_units(
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
        there = {row["call_sign"].lower(): row for row in tx.all("admin_units")}
        reader = _Reader(tx)
        rows = [reader.read(one) for one in cells]
        refuse_repeated(rows, "call_sign", lambda row: row.name.lower())
        for row in rows:
            _compare(row, there.get(row.name.lower()))
        report = ImportReport(saved=not dry_run, rows=tuple(rows))
        if not dry_run:
            report.require_sound()
            for row in rows:
                _save(tx, house, actor, row, there.get(row.name.lower()), sample)
    return report


class _Reader:
    """Turns cells into a unit's values with what the database knows."""

    def __init__(self, tx: Transaction) -> None:
        self.agencies = agencies_by_name(tx)
        self.types = [row["code"] for row in tx.all("list_unit_types")]
        self.stations: dict[str, list[Row]] = {}
        for station in tx.all("admin_stations"):
            if station["active"]:
                self.stations.setdefault(station["name"].lower(), []).append(station)

    def read(self, cells: Cells) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, " ".join(given.get("call_sign", "").split()), {})
        if not row.name:
            row.refuse(TextMissing(field="call_sign"))
        type_code = given.get("type", "").lower()
        if type_code not in self.types:
            types = tuple(self.types)
            row.refuse(ChoiceUnknown(field="type", given=type_code, allowed=types))
        agency_code = read_agency(row, given.get("agency", ""), self.agencies)
        row.values = {
            "call_sign": row.name,
            "agency_code": agency_code,
            "type_code": type_code,
            "station_id": self._station(row, given.get("station", ""), agency_code),
            "duty": _duty(row, given),
            "duty_reason": given.get("duty_reason") or None,
            "crew": _crew(row, given.get("crew", "")),
            "equipment": _equipment(row, given.get("equipment", "")),
        }
        return row

    def _station(self, row: ImportedRow, given: str, agency_code: str) -> int | None:
        found = self.stations.get(given.lower(), [])
        own = [one for one in found if one["agency_code"] == agency_code]
        candidates = own or found
        if len(candidates) == 1:
            return int(candidates[0]["id"])
        if candidates:
            count = len(candidates)
            row.refuse(StationNotUnique(field="station", given=given, count=count))
        else:
            row.refuse(StationNotThere(field="station", given=given))
        return None


def _duty(row: ImportedRow, given: Any) -> str:
    duty = str(given.get("duty") or "available").lower()
    if duty not in DUTIES:
        row.refuse(ChoiceUnknown(field="duty", given=duty, allowed=DUTIES))
    elif duty == "out_of_service" and not given.get("duty_reason"):
        row.refuse(TextMissing(field="duty_reason"))
    return duty


def _crew(row: ImportedRow, given: str) -> list[Row]:
    members = []
    for part in filter(None, (part.strip() for part in given.split("|"))):
        found = _MEMBER.match(part)
        if found is None:
            row.refuse(CrewNotUnderstood(field="crew", given=part))
            continue
        members.append({"name": found["name"], "duty_role": found["role"].strip()})
    return members


def _equipment(row: ImportedRow, given: str) -> list[Row]:
    things = []
    for part in filter(None, (part.strip() for part in given.split("|"))):
        found = _THING.match(part)
        if found is None or int(found["quantity"] or 1) > 10_000:
            row.refuse(EquipmentNotUnderstood(field="equipment", given=part))
            continue
        things.append(
            {
                "name": found["name"],
                "quantity": int(found["quantity"] or 1),
                "fit": found["broken"] is None,
            }
        )
    return things


def _compare(row: ImportedRow, before: Row | None) -> None:
    if row.problems or before is None:
        return
    crew = [{key: one[key] for key in ("name", "duty_role")} for one in before["crew"]]
    same = (
        all(before[name] == row.values[name] for name in COMPARED)
        and before["active"]
        and crew == row.values["crew"]
        and before["equipment"] == row.values["equipment"]
    )
    row.action = "same" if same else "change"


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
            insert_unit(tx, house, actor, row.values, sample=sample)
        elif row.action == "change":
            changes = {name: row.values[name] for name in (*COMPARED, "crew", "equipment")}
            update_unit(tx, house, actor, before["id"], {**changes, "active": True})
    except BadInput as refusal:
        row.refuse(refusal)
        ImportReport(saved=False, rows=(row,)).require_sound()
