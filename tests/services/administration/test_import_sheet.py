"""One file for a whole agency: every row previewed, rows that name each other, all or nothing."""

from collections.abc import Sequence

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.import_agencies import AGENCIES
from gis_dispatch.services.import_equipment import EQUIPMENT
from gis_dispatch.services.import_people import PEOPLE
from gis_dispatch.services.import_refusals import ColumnsMissing, RowsWrong
from gis_dispatch.services.import_report import ImportReport
from gis_dispatch.services.import_rows import RowKind, run_import
from gis_dispatch.services.import_shifts import SHIFTS
from gis_dispatch.services.import_stations import STATIONS
from gis_dispatch.services.import_units import UNITS

KINDS = (AGENCIES, STATIONS, UNITS, PEOPLE, EQUIPMENT, SHIFTS)
HEAD = (
    "row;code;agency;name;short_name;kind;lon;lat;call_sign;type;station;role;number;skills;"
    "quantity;fit;valid_days;starts_at;ends_at"
)
COLUMNS = HEAD.split(";")
# The order of the rows is the sheet's own: a unit may stand above its station.
SHEET = (
    {
        "row": "unit",
        "call_sign": "BPKS-1",
        "type": "pemadam",
        "agency": "pabrik",
        "station": "Pos Pabrik",
    },
    {
        "row": "instansi",
        "code": "pabrik",
        "name": "Regu Pabrik",
        "short_name": "Pabrik",
        "kind": "swasta",
    },
    {
        "row": "pos",
        "name": "Pos Pabrik",
        "kind": "fire_station",
        "agency": "Pabrik",
        "lon": "108,98",
        "lat": "0,9",
    },
    {
        "row": "petugas",
        "agency": "pabrik",
        "name": "Joko",
        "role": "pengemudi",
        "number": "7",
        "skills": "Operator pompa",
        "call_sign": "bpks-1",
    },
    {"row": "person", "agency": "pabrik", "name": "Ani", "role": "petugas"},
    {"row": "equipment", "call_sign": "BPKS-1", "name": "Alat bantu napas", "quantity": "4"},
    {
        "row": "shift",
        "call_sign": "BPKS-1",
        "name": "Ani",
        "starts_at": "2026-03-02 07:00",
        "ends_at": "2026-03-02 19:00",
    },
)


def sheet(*rows: dict[str, str]) -> bytes:
    lines = [";".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return "\n".join([HEAD, *lines]).encode()


def run(
    house: House,
    admin: Actor,
    *rows: dict[str, str],
    dry_run: bool = False,
    kinds: Sequence[RowKind] = KINDS,
) -> ImportReport:
    return run_import(house, admin, sheet(*rows), "instansi.csv", kinds, dry_run=dry_run)


def problems(report: ImportReport) -> dict[str, list[str]]:
    return {row.where: [one.sentence() for one in row.problems] for row in report.rows}


def test_a_whole_agency_comes_from_one_file(house: House, admin: Actor) -> None:
    looked = run(house, admin, *SHEET, dry_run=True)
    assert problems(looked) == {f"line {n}": [] for n in range(2, 9)}
    assert [row.kind for row in looked.rows][:3] == ["unit", "agency", "station"]
    assert house.store.reads.find("find_agency", code="pabrik") is None
    run(house, admin, *SHEET)
    agency = house.store.reads.one("find_agency", code="pabrik")
    assert (agency["kind"], agency["shift_starts"]) == ("private", ["07:00", "19:00"])
    [unit] = house.store.reads.all("list_units", agency="pabrik")
    assert unit["station"]["name"] == "Pos Pabrik" and unit["station"]["lon"] == 108.98
    people = {p["name"]: p for p in house.store.reads.all("list_people", agency="pabrik")}
    assert people["Joko"]["skills"] == ["pump_operator"] and people["Joko"]["unit_id"] == unit["id"]
    [row] = house.store.reads.all("list_conditions", agency="pabrik", at="2026-03-02T08:00+07:00")
    assert [one["name"] for one in row["crew"]] == ["Ani"]
    assert [(e["name"], e["valid_days"]) for e in row["equipment"]] == [("Alat bantu napas", 7)]
    again = run(house, admin, *SHEET, dry_run=True)
    assert {row.action for row in again.rows} == {"same"}


def test_every_wrong_row_says_what_is_wrong_and_nothing_is_saved(
    house: House, admin: Actor
) -> None:
    wrong = (
        {"row": "kapal", "name": "KRI"},
        {"row": "equipment", "call_sign": "BPKS-9", "name": "Selang"},
        {
            "row": "equipment",
            "call_sign": "BPKS-1",
            "name": "Selang",
            "quantity": "banyak",
            "fit": "mungkin",
        },
        {"row": "person", "agency": "pabrik", "name": "Edi", "role": "", "skills": "terbang"},
        {
            "row": "shift",
            "call_sign": "BPKS-1",
            "name": "Budi",
            "starts_at": "besok",
            "ends_at": "2026-03-02 19:00",
        },
        {
            "row": "shift",
            "call_sign": "BPKS-1",
            "name": "Joko",
            "starts_at": "2026-03-02 19:00",
            "ends_at": "2026-03-02 07:00",
        },
        {
            "row": "shift",
            "call_sign": "BPKS-1",
            "name": "Ani",
            "starts_at": "2026-03-02 18:00",
            "ends_at": "2026-03-02 20:00",
        },
        {"row": "person", "agency": "pabrik", "name": "Ani", "role": "perawat"},
    )
    said = problems(run(house, admin, *SHEET, *wrong, dry_run=True))
    assert {where for where, told in said.items() if told} == {f"line {n}" for n in range(9, 17)}
    assert "kapal" in said["line 9"][0]
    assert 'no unit "BPKS-9"' in said["line 10"][0]
    assert len(said["line 11"]) == 2 and "banyak" in said["line 11"][0]
    assert len(said["line 12"]) == 2 and "terbang" in said["line 12"][1]
    assert "Budi" in said["line 13"][0] and "besok" in said["line 13"][1]
    assert "ends after it begins" in said["line 14"][0]
    assert "BPKS-1" in said["line 15"][0]
    assert "line 6" in said["line 16"][0]
    with pytest.raises(RowsWrong, match="8 rows"):
        run(house, admin, *SHEET, *wrong)
    assert house.store.reads.find("find_agency", code="pabrik") is None
    assert house.store.reads.all("list_units", agency="pabrik") == []


def test_two_people_of_a_name_need_their_numbers(house: House, admin: Actor) -> None:
    twins = (
        {"row": "person", "agency": "pabrik", "name": "Ani", "role": "petugas", "number": "1"},
        {"row": "person", "agency": "pabrik", "name": "Ani", "role": "petugas", "number": "2"},
    )
    run(house, admin, *SHEET[:3], *twins)
    shift = {**SHEET[6]}
    said = problems(run(house, admin, shift, dry_run=True))
    assert "2 people" in said["line 2"][0]
    run(house, admin, {**shift, "name": "", "number": "2"})
    rows = house.store.reads.all(
        "list_shifts", since="2026-03-01T00:00+07:00", until="2026-03-04T00:00+07:00"
    )
    assert [row["name"] for row in rows] == ["Ani"]


def test_one_kind_alone_needs_no_column_of_kinds(house: House, admin: Actor) -> None:
    run(house, admin, *SHEET[:4])
    alone = b"unit,nama,jumlah\nBPKS-1,Selang,8\nBPKS-1,Selang,9\n"
    report = run_import(house, admin, alone, "alat.csv", [EQUIPMENT], dry_run=True)
    assert "line 2" in problems(report)["line 3"][0]
    with pytest.raises(ColumnsMissing, match="call_sign"):
        run_import(house, admin, b"nama\nSelang\n", "alat.csv", [EQUIPMENT])
    with pytest.raises(ColumnsMissing, match="row"):
        run_import(house, admin, alone, "alat.csv", KINDS)


def test_an_empty_cell_leaves_crew_and_equipment_as_they_are(house: House, admin: Actor) -> None:
    run(house, admin, *SHEET)
    moved = {**SHEET[0], "type": "tangki"}
    report = run(house, admin, moved)
    assert [row.action for row in report.rows] == ["change"]
    [unit] = house.store.reads.all("list_units", agency="pabrik")
    assert unit["type"]["code"] == "tangki" and len(unit["equipment"]) == 1
