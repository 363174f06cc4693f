"""Imports the outlines of villages (kelurahan) from GeoJSON: previewed, then all or nothing.

A district reaches as far as its villages; a village that is there gets the outline of the file.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import AreaUnusable
from gis_dispatch.services.import_cells import needed_text, one_line
from gis_dispatch.services.import_refusals import (
    DistrictNotThere,
    OutlineCrossed,
    VillageCodeUnusable,
)
from gis_dispatch.services.import_report import ImportedRow, ImportReport
from gis_dispatch.services.import_rows import Known, RowKind, run_import
from gis_dispatch.services.manage_common import record
from gis_dispatch.services.manage_plan_areas import outline_of
from gis_dispatch.services.tabular import Cells

CODE = re.compile(r"^\d\d(\.\d+){2,3}$")
"""Province, city, district, village (Permendagri on codes of areas)."""


def import_villages(
    house: House, actor: Actor, data: bytes, filename: str, *, dry_run: bool = False
) -> ImportReport:
    """What the file would do; without `dry_run` it is done, unless a row is wrong (RowsWrong)."""
    return run_import(house, actor, data, filename, [VILLAGES], dry_run=dry_run)


class Villages(RowKind):
    """Columns: code, name, and if wanted district_code, district, postal_code."""

    code = "village"
    words = ("kelurahan", "desa")
    columns: ClassVar = {
        "code": ("kode", "kode_kel", "kdepum"),
        "name": ("nama", "kelurahan", "desa"),
        "district_code": ("kode_kec", "kdcpum"),
        "district": ("nama_kec", "kecamatan"),
        "postal_code": ("kode_pos",),
    }
    needed = ("code", "name")
    repeated = "code"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, given.get("name", ""), {})
        code = needed_text(row, "code", given.get("code"))
        if code and not CODE.match(code):
            row.refuse(VillageCodeUnusable(field="code", given=code))
        district = one_line(given.get("district"))
        row.values = {
            "code": code,
            "name": needed_text(row, "name", given.get("name")),
            "district_code": one_line(given.get("district_code")) or code.rpartition(".")[0],
            "postal_code": one_line(given.get("postal_code")) or None,
            "district": district or None,
        }
        self._read_outline(row, cells.shape, known)
        if row.problems:
            return row
        of = row.values["district_code"]
        if not district and not known.tx.value("count_districts", code=of):
            row.refuse(DistrictNotThere(field="district_code", given=of))
        row.before = known.tx.find("compare_village", geometry=row.shape, **row.values)
        return row

    def _read_outline(self, row: ImportedRow, shape: Mapping[str, Any], known: Known) -> None:
        try:
            row.shape = outline_of(shape)
        except AreaUnusable as refusal:
            row.refuse(refusal)
            return
        problem = known.tx.value("outline_problem", geometry=row.shape)
        if problem is not None:
            row.refuse(OutlineCrossed(field="geometry", problem=problem))

    def key(self, row: ImportedRow) -> Any:
        return row.values["code"]

    def same(self, before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:  # noqa: ARG002
        return bool(before["is_same"])

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        known.tx.run("put_village", geometry=row.shape, **row.values)
        told = {"village": row.values["code"], "name": row.values["name"]}
        record(known.tx, known.house, actor, "village.changed", **told)


VILLAGES = Villages()
