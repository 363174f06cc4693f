"""Agencies, kinds, plans, stations and units: what is done, refused and recorded."""

from typing import Any

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import (
    AgencyUnknown,
    ChoiceUnknown,
    CoordinatesOutOfRange,
    KindUnknown,
    NoAgencyGiven,
    TextMissing,
)
from gis_dispatch.ports import House
from gis_dispatch.services import admin_refusals as refused
from gis_dispatch.services.manage_agencies import put_agency
from gis_dispatch.services.manage_kinds import add_kind, change_kind
from gis_dispatch.services.manage_plans import put_plan, remove_plan
from gis_dispatch.services.manage_stations import change_station, remove_station
from gis_dispatch.services.manage_units import change_unit, remove_unit
from tests.services.administration.keeping import station_of, unit_of


def test_an_agency_out_of_use_gets_no_new_station(house: House, admin: Actor) -> None:
    put_agency(house, admin, "tagana", name="Taruna Siaga Bencana", short_name="Tagana")
    station_of(house, admin, agency_code="tagana")
    put_agency(house, admin, "tagana", name="T", short_name="Tagana", active=False)
    with pytest.raises(AgencyUnknown):
        station_of(house, admin, name="Pos 2", agency_code="tagana")
    with pytest.raises(refused.CodeUnusable):
        put_agency(house, admin, "Tagana!", name="T", short_name="T")


def test_a_new_sub_kind_takes_what_its_kind_says(house: House, admin: Actor) -> None:
    code = add_kind(
        house,
        admin,
        kind_code="perahu",
        parent_code="kebakaran",
        name_id="Kebakaran perahu",
        name_en="Boat fire",
    )
    kind = house.store.reads.one("find_kind", code="kebakaran.perahu")
    assert code == "kebakaran.perahu"
    assert (kind["icon"], kind["default_priority"], kind["emergency"]) == ("fire", 1, True)
    with pytest.raises(refused.NameTaken):
        add_kind(
            house,
            admin,
            kind_code="perahu",
            parent_code="kebakaran",
            name_id="K",
            name_en="B",
        )
    with pytest.raises(KindUnknown):
        add_kind(
            house, admin, kind_code="x", parent_code="kebakaran.perahu", name_id="K", name_en="B"
        )
    with pytest.raises(refused.KindNotFound):
        change_kind(house, admin, "atlantis", {"name_en": "x"})


def test_a_plan_is_replaced_whole_or_not_at_all(house: House, admin: Actor) -> None:
    wanted = [{"agency": "bpbd", "role": "lead", "capability": None, "number": 2, "alarm": 1}]
    plan_id = put_plan(house, admin, kind="kebakaran", priority=None, items=wanted)

    def items() -> Any:
        return next(
            row["items"] for row in house.store.reads.all("list_plans") if row["id"] == plan_id
        )

    assert items() == wanted
    with pytest.raises(AgencyUnknown, match=r"items\.1\.agency"):
        put_plan(
            house,
            admin,
            kind="kebakaran",
            priority=None,
            items=[*wanted, {"agency": "atlantis", "role": "lead"}],
        )
    with pytest.raises(ChoiceUnknown, match=r"items\.0\.capability"):
        put_plan(
            house,
            admin,
            kind="kebakaran",
            priority=None,
            items=[{"agency": "bpbd", "role": "lead", "capability": "fly"}],
        )
    with pytest.raises(NoAgencyGiven):
        put_plan(house, admin, kind="kebakaran", priority=None, items=[])
    many = [{**wanted[0], "number": number} for number in (40, 1)]
    with pytest.raises(refused.PlanTooLarge, match=r"at most 40 units in all; .* asks for 41\."):
        put_plan(house, admin, kind="kebakaran", priority=None, items=many)
    assert items() == wanted
    remove_plan(house, admin, plan_id)
    with pytest.raises(refused.PlanNotFound):
        remove_plan(house, admin, plan_id)


# --- stations and units ------------------------------------------------------------------------


def test_a_station_moves_and_keeps_the_rest(house: House, admin: Actor) -> None:
    station_id = station_of(house, admin, address="Jl. Diponegoro")
    change_station(house, admin, station_id, {"lon": 108.98724, "lat": 0.90603})
    row = house.store.reads.one("get_station", id=station_id)
    assert (row["lon"], row["lat"], row["address"]) == (108.98724, 0.90603, "Jl. Diponegoro")
    with pytest.raises(CoordinatesOutOfRange):
        change_station(house, admin, station_id, {"lon": 0.9, "lat": 108.9})
    with pytest.raises(CoordinatesOutOfRange):
        change_station(house, admin, station_id, {"lat": float("nan")})


def test_a_station_with_units_cannot_be_removed(house: House, admin: Actor) -> None:
    station_id = station_of(house, admin)
    unit_id = unit_of(house, admin, station_id=station_id)
    with pytest.raises(refused.StationHasUnits, match="1 units are based at Pos 1"):
        remove_station(house, admin, station_id)
    remove_unit(house, admin, unit_id)
    remove_station(house, admin, station_id)
    assert house.store.reads.all("list_stations") == []
    with pytest.raises(refused.StationUnknown):
        unit_of(house, admin, call_sign="Damkar 02", station_id=station_id)


def test_crew_and_equipment_are_replaced_only_when_given(house: House, admin: Actor) -> None:
    unit_id = unit_of(
        house,
        admin,
        crew=[{"name": "Budi", "duty_role": "pengemudi"}],
        equipment=[{"name": "Selang", "quantity": 4}],
    )
    change_unit(house, admin, unit_id, {"call_sign": "Damkar 99"})
    unit = house.store.reads.one("get_unit", id=unit_id)
    assert [one["name"] for one in unit["crew"]] == ["Budi"]
    assert [(one["quantity"], one["fit"]) for one in unit["equipment"]] == [(4, True)]
    change_unit(house, admin, unit_id, {"equipment": []})
    unit = house.store.reads.one("get_unit", id=unit_id)
    assert unit["call_sign"] == "Damkar 99"
    assert unit["equipment"] == []
    assert len(unit["crew"]) == 1


def test_two_units_cannot_have_one_call_sign(house: House, admin: Actor) -> None:
    unit_of(house, admin)
    with pytest.raises(refused.NameTaken, match="DAMKAR 01"):
        unit_of(house, admin, call_sign="DAMKAR 01")


def test_a_unit_out_of_service_from_the_start_needs_a_reason(house: House, admin: Actor) -> None:
    with pytest.raises(TextMissing, match="duty_reason"):
        unit_of(house, admin, duty="out_of_service")
