"""Imports agencies: a row with the code of one that is there changes that one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import NEIGHBOUR
from gis_dispatch.errors import BadInput, ChoiceUnknown
from gis_dispatch.services.import_cells import needed_text, one_line, whole
from gis_dispatch.services.import_refusals import AreaNotThere
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known, RowKind
from gis_dispatch.services.manage_agencies import (
    KINDS,
    LONGEST_ARRIVAL_S,
    NOTHING_OFFERED,
    SHIFT_STARTS,
    offered,
    starts_of,
    write_agency,
)
from gis_dispatch.services.manage_common import code
from gis_dispatch.services.tabular import Cells

KIND_WORDS = {
    "pemerintah": "public",
    "swasta": "private",
    "relawan": "volunteer",
    "tetangga": NEIGHBOUR,
}
LONGEST_ARRIVAL_MIN = LONGEST_ARRIVAL_S // 60


class Agencies(RowKind):
    """Columns: code, name, short_name, and if wanted kind, phone, shift_starts (07:00|19:00).

    A neighbour has capabilities (water_supply|rescue), and if wanted area and arrival_min.
    """

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
        "capabilities": ("kemampuan",),
        "area": ("daerah",),
        "arrival_min": ("tiba_menit",),
    }
    needed = ("code", "name", "short_name")
    compared = (
        "name", "short_name", "phone", "kind", "shift_starts", "active",
        "capabilities", "area_id", "arrival_s",
    )  # fmt: skip
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
            **NOTHING_OFFERED,
        }
        if row.values["kind"] == NEIGHBOUR:
            self._offers(row, given, known)
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
    def _offers(row: ImportedRow, given: Mapping[str, str], known: Known) -> None:
        """What a neighbour can send, where to, and after how many minutes."""
        minutes = whole(row, "arrival_min", given.get("arrival_min"), 1, LONGEST_ARRIVAL_MIN)
        area = one_line(given.get("area"))
        found = known.tx.find("find_plan_area_named", name=area, but=None) if area else None
        if area and found is None:
            row.refuse(AreaNotThere(field="area", given=area))
        offers = {
            "phone": row.values["phone"],
            "capabilities": listed(given.get("capabilities", "")),
            "area_id": found and found["id"],
            "arrival_s": minutes and minutes * 60,
        }
        try:
            row.values = {**row.values, **offered(known.tx, offers)}
        except BadInput as refusal:
            row.refuse(refusal)

    @staticmethod
    def _starts(row: ImportedRow, given: str) -> list[str]:
        words = listed(given)
        try:
            return starts_of(words or SHIFT_STARTS)
        except BadInput as refusal:
            row.refuse(refusal)
            return words


def listed(given: str) -> list[str]:
    """The words of a cell that holds several."""
    return given.replace("|", " ").replace(",", " ").split()


AGENCIES = Agencies()
