"""Imports equipment, a row for each piece: known again by its name on the unit."""

from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.services.import_cells import needed_text, one_line, unit_of, whole, yes
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known, RowKind
from gis_dispatch.services.manage_common import record
from gis_dispatch.services.readiness_rules import usual_valid_days
from gis_dispatch.services.tabular import Cells


class Equipment(RowKind):
    """Columns: call_sign, name, and if wanted quantity, fit (ya, tidak), valid_days."""

    code = "equipment"
    words = ("peralatan", "alat")
    columns: ClassVar = {
        "call_sign": ("unit", "nama_panggilan", "panggilan"),
        "name": ("nama",),
        "quantity": ("jumlah",),
        "fit": ("laik", "kondisi"),
        "valid_days": ("masa_periksa_hari",),
    }
    needed = ("call_sign", "name")
    compared = ("quantity", "fit", "valid_days")
    repeated = "name"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, one_line(given.get("name")), {})
        unit = unit_of(row, given.get("call_sign"), known)
        name = needed_text(row, "name", given.get("name"))
        quantity = whole(row, "quantity", given.get("quantity"), 0, 10_000)
        days = whole(row, "valid_days", given.get("valid_days"), 1, 3660)
        row.values = {
            "unit_id": unit and unit["id"],
            "call_sign": unit["call_sign"] if unit else one_line(given.get("call_sign")),
            "name": name,
            "quantity": 1 if quantity is None else quantity,
            "fit": yes(row, "fit", given.get("fit")),
            "valid_days": usual_valid_days(name) if days is None else days,
        }
        there = unit["equipment"] if unit else []
        row.before = next((one for one in there if one["name"].lower() == name.lower()), None)
        return row

    def key(self, row: ImportedRow) -> Any:
        return row.values["unit_id"], row.values["name"].lower()

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        unit_id = known.saved(row.values["unit_id"])
        thing = {name: row.values[name] for name in ("name", *self.compared)}
        known.tx.run("put_on_equipment", unit_id=unit_id, rows=[thing], at=known.house.clock.now())
        record(
            known.tx, known.house, actor, "unit.equipped", unit_id=unit_id,
            call_sign=row.values["call_sign"], **thing,
        )  # fmt: skip


EQUIPMENT = Equipment()
