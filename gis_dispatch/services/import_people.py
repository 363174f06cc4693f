"""Imports the people of crews: known again by their number, or else by name within the agency."""

from collections.abc import Mapping
from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ChoiceUnknown
from gis_dispatch.ports import Row
from gis_dispatch.services.facts_files import read_readiness
from gis_dispatch.services.import_cells import agency_of, needed_text, one_line, unit_of
from gis_dispatch.services.import_refusals import PersonNotThere, PersonNotUnique, UnitElsewhere
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known, RowKind
from gis_dispatch.services.manage_people import insert_person, update_person
from gis_dispatch.services.tabular import Cells


class People(RowKind):
    """Columns: agency, name, role; if wanted number, skills (driver|nurse), phone, call_sign."""

    code = "person"
    words = ("petugas", "awak", "orang")
    columns: ClassVar = {
        "agency": ("agency_code", "instansi", "opd"),
        "name": ("nama",),
        "role": ("duty_role", "peran"),
        "number": ("nomor", "nip"),
        "skills": ("keahlian",),
        "phone": ("telepon",),
        "call_sign": ("unit", "nama_panggilan", "panggilan"),
    }
    needed = ("agency", "name", "role")
    compared = ("name", "number", "duty_role", "skills", "phone", "unit_id")
    repeated = "name"

    def read(self, cells: Cells, known: Known) -> ImportedRow:
        given = cells.values
        row = ImportedRow(cells.where, one_line(given.get("name")), {})
        agency_code = agency_of(row, given.get("agency"), known)
        unit = unit_of(row, given["call_sign"], known) if given.get("call_sign") else None
        if unit is not None and unit["agency_code"] != agency_code:
            row.refuse(UnitElsewhere(field="call_sign", unit=unit["call_sign"], agency=agency_code))
        row.values = {
            "agency_code": agency_code,
            "name": needed_text(row, "name", given.get("name")),
            "duty_role": needed_text(row, "role", given.get("role")),
            "number": one_line(given.get("number")) or None,
            "skills": _skills(row, given.get("skills", "")),
            "phone": one_line(given.get("phone")) or None,
            "unit_id": unit and unit["id"],
        }
        if not row.problems:
            there = person_there(row, agency_code, row.values, known)
            row.before = there if there and "row" not in there else None
            if there is None:
                known.people.append({**row.values, "id": known.new_id(), "row": row})
        return row

    def key(self, row: ImportedRow) -> Any:
        values = row.values
        return values["agency_code"], values["number"] or values["name"].lower()

    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        unit_id = row.values["unit_id"]
        values = {**row.values, "unit_id": None if unit_id is None else known.saved(unit_id)}
        if row.before is not None:
            update_person(known.tx, known.house, actor, row.before, values)
            return
        person_id = insert_person(known.tx, known.house, actor, values)
        known.keep(row, known.people, person_id)


def person_there(
    row: ImportedRow, agency_code: str, given: Mapping[str, Any], known: Known
) -> Row | None:
    """The person of this number, or else the one of this name; two of a name need numbers."""
    name, number = given["name"], given["number"]
    own = [one for one in known.people if one["agency_code"] == agency_code]
    if number is not None:
        return next((one for one in own if one["number"] == number), None)
    named = [one for one in own if one["name"].lower() == name.lower()]
    if len(named) > 1:
        row.refuse(PersonNotUnique(field="name", given=name, count=len(named)))
    return named[0] if named else None


def person_of(
    row: ImportedRow, agency_code: str, given: Mapping[str, str], known: Known
) -> Row | None:
    """The person that a row of another kind names; there must be one."""
    name, number = one_line(given.get("name")), one_line(given.get("number")) or None
    if not name and number is None:
        needed_text(row, "name", name)
        return None
    found = person_there(row, agency_code, {"name": name, "number": number}, known)
    if found is None and not row.problems:
        row.refuse(PersonNotThere(field="name", given=name or number, agency=agency_code))
    return found


def _skills(row: ImportedRow, given: str) -> list[str]:
    """Codes or names of skills, with | between."""
    facts = read_readiness().skills
    known = {
        **{one.name_id.lower(): code for code, one in facts.items()},
        **{one.name_en.lower(): code for code, one in facts.items()},
        **{code: code for code in facts},
    }
    found = set()
    for word in filter(None, (one_line(part).lower() for part in given.split("|"))):
        if word not in known:
            row.refuse(ChoiceUnknown(field="skills", given=word, allowed=tuple(facts)))
        else:
            found.add(known[word])
    return sorted(found)


PEOPLE = People()
