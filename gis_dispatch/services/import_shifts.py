"""Imports shifts, a row for each person: who is on which unit from when to when."""

from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.shifts import Span
from gis_dispatch.errors import BadInput
from gis_dispatch.services.import_cells import moment, unit_of
from gis_dispatch.services.import_people import person_of
from gis_dispatch.services.import_refusals import ShiftOverlaps
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known, RowKind
from gis_dispatch.services.plan_shifts import add_to_shift, usable_span
from gis_dispatch.services.tabular import Cells


class Shifts(RowKind):
    """Columns: call_sign, name (or number), starts_at, ends_at, as 2026-03-02 07:00."""

    code = "shift"
    words = ("giliran", "jaga")
    columns: ClassVar = {
        "call_sign": ("unit", "nama_panggilan", "panggilan"),
        "name": ("nama",),
        "number": ("nomor", "nip"),
        "starts_at": ("mulai",),
        "ends_at": ("selesai",),
    }
    needed = ("call_sign", "starts_at", "ends_at")
    repeated = "name"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = dict(cells.values)
        row = ImportedRow(cells.where, given.get("name") or given.get("number", ""), {})
        unit = unit_of(row, given.get("call_sign"), known)
        person = person_of(row, unit["agency_code"], given, known) if unit else None
        starts_at = moment(row, "starts_at", given.get("starts_at"), known)
        ends_at = moment(row, "ends_at", given.get("ends_at"), known)
        if starts_at and ends_at:
            try:
                usable_span(starts_at, ends_at)
            except BadInput as refusal:
                row.refuse(refusal)
        row.values = {
            "unit_id": unit and unit["id"],
            "call_sign": unit and unit["call_sign"],
            "agency_code": unit and unit["agency_code"],
            "person_id": person and person["id"],
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        return row

    def key(self, row: ImportedRow) -> Any:
        return row.values["person_id"], row.values["starts_at"], row.where if row.problems else ""

    def look(self, row: ImportedRow, known: Known) -> None:
        values = row.values
        for other in known.shifts:
            if other["person_id"] == values["person_id"] and (
                other["starts_at"] < values["ends_at"] and other["ends_at"] > values["starts_at"]
            ):
                row.refuse(ShiftOverlaps(field="starts_at", unit=other["call_sign"]))
        known.shifts.append(dict(values))
        if values["person_id"] < 0 or row.problems:
            return
        there = known.tx.find(
            "find_clash",
            member_id=values["person_id"],
            since=values["starts_at"],
            until=values["ends_at"],
        )
        if there is None:
            return
        if all(there[name] == values[name] for name in ("call_sign", "starts_at", "ends_at")):
            row.action = "same"
        else:
            row.refuse(ShiftOverlaps(field="starts_at", unit=there["call_sign"]))

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        unit_id, person_id = (known.saved(row.values[n]) for n in ("unit_id", "person_id"))
        span = Span(row.values["starts_at"], row.values["ends_at"])
        add_to_shift(known.tx, known.house, actor, person_id, unit_id, span)


SHIFTS = Shifts()
