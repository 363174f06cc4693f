"""Units from files: crew and equipment in one cell, duty never changed by a file."""

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services import import_refusals as refused
from gis_dispatch.services.import_stations import import_stations
from gis_dispatch.services.import_units import import_units

STATIONS = b"""name,kind,agency,lon,lat
Pos Utama,fire_station,damkar,109,0
Pos Utama,bpbd_post,bpbd,109.1,0
"""
HEAD = "call_sign,type,agency,station,duty,duty_reason,crew,equipment\n"
GOOD = HEAD + (
    "Damkar 01,pemadam,damkar,Pos Utama,available,,Budi (pengemudi)|Siti (petugas),"
    '"Selang 2,5 inci x8|Gergaji x1 (rusak)|Tandu"\n'
    "BPBD-1,perahu,bpbd,Pos Utama,out_of_service,Servis,,\n"
)


@pytest.fixture
def stocked(house: House, admin: Actor) -> House:
    import_stations(house, admin, STATIONS, "pos.csv")
    return house


def test_units_come_with_crew_equipment_and_the_station_of_their_own_agency(
    stocked: House, admin: Actor
) -> None:
    report = import_units(stocked, admin, GOOD.encode(), "unit.csv", sample=True)
    assert report.count("add") == 2
    bpbd, damkar = stocked.store.reads.all("list_units")
    assert damkar["call_sign"] == "Damkar 01"
    assert [(one["name"], one["duty_role"]) for one in damkar["crew"]] == [
        ("Budi", "pengemudi"),
        ("Siti", "petugas"),
    ]
    assert [(one["name"], one["quantity"], one["fit"]) for one in damkar["equipment"]] == [
        ("Selang 2,5 inci", 8, True),
        ("Gergaji", 1, False),
        ("Tandu", 1, True),
    ]
    assert damkar["sample"]
    assert damkar["station"]["lon"] == 109
    assert bpbd["station"]["lon"] == 109.1
    assert (bpbd["duty"], bpbd["duty_reason"]) == ("out_of_service", "Servis")


def test_the_same_file_again_changes_nothing(stocked: House, admin: Actor) -> None:
    import_units(stocked, admin, GOOD.encode(), "unit.csv")
    assert import_units(stocked, admin, GOOD.encode(), "unit.csv").count("same") == 2


def test_a_file_does_not_put_a_unit_on_or_off_duty(stocked: House, admin: Actor) -> None:
    import_units(stocked, admin, GOOD.encode(), "unit.csv")
    other = GOOD.replace("Tandu", "Tandu x2").replace("available,,", "out_of_service,Rusak,")
    report = import_units(stocked, admin, other.encode(), "unit.csv")
    assert report.count("change") == 1
    assert stocked.store.reads.all("list_units")[1]["duty"] == "available"


def test_every_wrong_cell_is_said_and_nothing_is_saved(stocked: House, admin: Actor) -> None:
    text = GOOD + (
        ",pemadam,damkar,Pos Utama,,,,\n"
        "A,submarine,damkar,Pos Utama,,,,\n"
        "B,pemadam,damkar,Pos Atlantis,,,,\n"
        "C,pemadam,damkar,Pos Utama,asleep,,,\n"
        "D,pemadam,damkar,Pos Utama,out_of_service,,,\n"
        "E,pemadam,damkar,Pos Utama,,,Budi,Selang x99999\n"
        "damkar 01,pemadam,damkar,Pos Utama,,,,\n"
        "F,pemadam,pmi,Pos Utama,,,,\n"
    )
    report = import_units(stocked, admin, text.encode(), "unit.csv", dry_run=True)
    wrong = {row.where: [one.field for one in row.problems] for row in report.rows if row.problems}
    assert wrong == {
        "line 4": ["call_sign"],
        "line 5": ["type"],
        "line 6": ["station"],
        "line 7": ["duty"],
        "line 8": ["duty_reason"],
        "line 9": ["crew", "equipment"],
        "line 10": ["call_sign"],
        "line 11": ["station"],
    }
    with pytest.raises(refused.RowsWrong, match="8 rows"):
        import_units(stocked, admin, text.encode(), "unit.csv")
    assert stocked.store.reads.all("list_units") == []
