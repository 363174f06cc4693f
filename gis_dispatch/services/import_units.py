"""Imports units from CSV or GeoJSON: previewed row by row, saved all together or not at all.

crew: `Name (role)|Name (role)`; equipment: `Thing x4|Thing x1`, with ` (rusak)` after what is
broken; an empty cell leaves what is there.
A unit with the call sign of one that is there changes that one, but never its duty.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from gis_dispatch.domain.duty import DUTIES
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ChoiceUnknown, TextMissing
from gis_dispatch.ports import House, Row
from gis_dispatch.services.import_cells import agency_of, needed_text
from gis_dispatch.services.import_refusals import (
    CrewNotUnderstood,
    EquipmentNotUnderstood,
    StationNotThere,
    StationNotUnique,
)
from gis_dispatch.services.import_report import ImportedRow, ImportReport
from gis_dispatch.services.import_rows import Known, RowKind, run_import
from gis_dispatch.services.manage_units import insert_unit, update_unit
from gis_dispatch.services.tabular import Cells

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
    return run_import(house, actor, data, filename, [UNITS], dry_run=dry_run, sample=sample)


class Units(RowKind):
    """Columns: call_sign, type, agency, station; if wanted duty, its reason, crew, equipment."""

    code = "unit"
    words = ("kendaraan",)
    columns: ClassVar = {
        "call_sign": ("unit", "nama_panggilan", "panggilan"),
        "type": ("type_code", "tipe", "jenis"),
        "agency": ("agency_code", "instansi", "opd"),
        "station": ("pos",),
        "duty": ("status_tugas",),
        "duty_reason": ("alasan",),
        "crew": ("awak", "petugas"),
        "equipment": ("peralatan",),
    }
    needed = ("call_sign", "type", "agency", "station")
    repeated = "call_sign"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, " ".join(given.get("call_sign", "").split()), {})
        needed_text(row, "call_sign", row.name)
        # In a sheet of several kinds the column "jenis" is that of stations.
        type_code = (given.get("type") or given.get("kind", "")).lower()
        types = tuple(one["code"] for one in known.tx.all("list_unit_types"))
        if type_code not in types:
            row.refuse(ChoiceUnknown(field="type", given=type_code, allowed=types))
        agency_code = agency_of(row, given.get("agency"), known)
        row.values = {
            "call_sign": row.name,
            "agency_code": agency_code,
            "type_code": type_code,
            "station_id": _station(row, given.get("station", ""), agency_code, known),
            "duty": _duty(row, given),
            "duty_reason": given.get("duty_reason") or None,
            "crew": _crew(row, given.get("crew", "")),
            "equipment": _equipment(row, given.get("equipment", "")),
        }
        there = known.units.get(row.name.lower())
        row.before = there if there and "row" not in there else None
        if row.before is None and not row.problems:
            things = [{**one, "valid_days": None} for one in row.values["equipment"] or ()]
            known.units[row.name.lower()] = {
                **row.values, "equipment": things, "active": True, "id": known.new_id(), "row": row,
            }  # fmt: skip
        return row

    def key(self, row: ImportedRow) -> Any:
        return row.name.lower()

    def same(self, before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        crew = [{key: one[key] for key in ("name", "duty_role")} for one in before["crew"]]
        things = [
            {key: one[key] for key in ("name", "quantity", "fit")} for one in before["equipment"]
        ]
        return (
            all(before[name] == values[name] for name in COMPARED)
            and before["active"]
            and values["crew"] in (None, crew)
            and values["equipment"] in (None, things)
        )

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        values = {**row.values, "station_id": known.saved(row.values["station_id"])}
        if row.before is None:
            unit_id = insert_unit(known.tx, known.house, actor, values, sample=known.sample)
            known.keep(row, known.units.values(), unit_id)
            return
        changes = {name: values[name] for name in (*COMPARED, "crew", "equipment")}
        unit_id = row.before["id"]
        update_unit(known.tx, known.house, actor, unit_id, {**changes, "active": True})


def _station(row: ImportedRow, given: str, agency_code: str, known: Known) -> int | None:
    found = [one for one in known.stations if one["name"].lower() == given.lower()]
    candidates = [one for one in found if one["agency_code"] == agency_code] or found
    if len(candidates) == 1:
        return int(candidates[0]["id"])
    if candidates:
        row.refuse(StationNotUnique(field="station", given=given, count=len(candidates)))
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


def _crew(row: ImportedRow, given: str) -> list[Row] | None:
    members: list[Row] = []
    if not given:
        return None
    for part in filter(None, (part.strip() for part in given.split("|"))):
        found = _MEMBER.match(part)
        if found is None:
            row.refuse(CrewNotUnderstood(field="crew", given=part))
            continue
        members.append({"name": found["name"], "duty_role": found["role"].strip()})
    return members


def _equipment(row: ImportedRow, given: str) -> list[Row] | None:
    things: list[Row] = []
    if not given:
        return None
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


UNITS = Units()
