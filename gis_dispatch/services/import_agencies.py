"""Imports agencies: a row with the code of one that is there changes that one."""

from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput, ChoiceUnknown
from gis_dispatch.services.import_cells import needed_text, one_line
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known, RowKind
from gis_dispatch.services.manage_agencies import KINDS, SHIFT_STARTS, starts_of, write_agency
from gis_dispatch.services.manage_common import code
from gis_dispatch.services.tabular import Cells

KIND_WORDS = {"pemerintah": "public", "swasta": "private", "relawan": "volunteer"}


class Agencies(RowKind):
    """Columns: code, name, short_name, and if wanted kind, phone, shift_starts (07:00|19:00)."""

    code = "agency"
    words = ("instansi", "opd")
    columns: ClassVar = {
        "code": ("kode",),
        "agency": ("agency_code", "instansi", "opd"),
        "name": ("nama",),
        "short_name": ("singkatan",),
        "kind": ("jenis",),
        "phone": ("telepon",),
        "shift_starts": ("pergantian", "jam_giliran"),
    }
    needed = ("code", "name", "short_name")
    compared = ("name", "short_name", "phone", "kind", "shift_starts", "active")
    repeated = "code"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, one_line(given.get("name")), {})
        row.values = {
            "code": self._code(row, given.get("code") or given.get("agency") or ""),
            "name": needed_text(row, "name", given.get("name")),
            "short_name": needed_text(row, "short_name", given.get("short_name")),
            "phone": one_line(given.get("phone")) or None,
            "kind": self._kind(row, given.get("kind", "")),
            "shift_starts": self._starts(row, given.get("shift_starts", "")),
            "active": True,
        }
        row.before = known.tx.find("find_agency", code=row.values["code"])
        if not row.problems:
            for name in ("short_name", "code"):
                known.agencies[row.values[name].lower()] = row.values["code"]
        return row

    def key(self, row: ImportedRow) -> Any:
        return row.values["code"]

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        write_agency(known.tx, known.house, actor, row.values)

    @staticmethod
    def _code(row: ImportedRow, given: str) -> str:
        words = needed_text(row, "code", given.lower())
        try:
            return code(words, "code") if words else words
        except BadInput as refusal:
            row.refuse(refusal)
            return words

    @staticmethod
    def _kind(row: ImportedRow, given: str) -> str:
        word = one_line(given).lower() or "public"
        kind = KIND_WORDS.get(word, word)
        if kind not in KINDS:
            row.refuse(ChoiceUnknown(field="kind", given=word, allowed=KINDS))
        return kind

    @staticmethod
    def _starts(row: ImportedRow, given: str) -> list[str]:
        words = [one for one in given.replace("|", " ").replace(",", " ").split() if one]
        try:
            return starts_of(words or SHIFT_STARTS)
        except BadInput as refusal:
            row.refuse(refusal)
            return words


AGENCIES = Agencies()
