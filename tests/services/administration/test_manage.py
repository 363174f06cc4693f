"""What an administrator may do, what is refused, and what is recorded."""

import hashlib
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
from gis_dispatch.services.manage_devices import create_device, revoke_device
from gis_dispatch.services.manage_kinds import add_kind, change_kind
from gis_dispatch.services.manage_plans import put_plan, remove_plan
from gis_dispatch.services.manage_stations import add_station, change_station, remove_station
from gis_dispatch.services.manage_tokens import create_token, revoke_token
from gis_dispatch.services.manage_units import add_unit, change_unit, remove_unit
from gis_dispatch.services.manage_users import change_user, create_user, reset_password
from gis_dispatch.services.passwords import PasswordTooShort, password_matches
from gis_dispatch.services.sign_in import (
    WrongNameOrPassword,
    find_account,
    find_token,
    verify_password,
)


def station_of(house: House, admin: Actor, **other: Any) -> int:
    values = {
        "name": "Pos 1",
        "kind": "fire_station",
        "agency_code": "damkar",
        "lon": 109.0,
        "lat": 0.9,
    }
    return add_station(house, admin, **{**values, **other})


def unit_of(house: House, admin: Actor, **other: Any) -> int:
    values = {"call_sign": "Damkar 01", "agency_code": "damkar", "type_code": "pemadam"}
    return add_unit(house, admin, {**values, **other})


def kinds_of_events(house: House) -> list[str]:
    with house.store.transaction() as tx:
        return [
            row["kind"]
            for row in tx.all(
                "list_events_for_viewer", after=0, sees_all=True, sees_accounts=True, most=99
            )
        ]


# --- users -------------------------------------------------------------------------------------


def test_a_new_user_signs_in_with_the_password_that_was_told_once(
    house: House, admin: Actor
) -> None:
    user_id, password = create_user(
        house, admin, username=" Siti.R ", display_name="Siti Rahma", role="operator"
    )
    account = verify_password(house, "siti.r", password)
    assert (account.id, account.role) == (user_id, "operator")
    row = next(row for row in house.store.reads.all("list_users") if row["id"] == user_id)
    assert password not in str(row)
    assert "password_hash" not in row
    assert kinds_of_events(house) == ["user.changed"]


def test_another_password_ends_the_sessions_begun_with_the_old_one(
    house: House, admin: Actor
) -> None:
    user_id, first = create_user(house, admin, username="siti", display_name="S", role="planner")
    before = verify_password(house, "siti", first)
    second = reset_password(house, admin, user_id)
    with pytest.raises(WrongNameOrPassword):
        verify_password(house, "siti", first)
    assert verify_password(house, "siti", second).id == user_id
    assert find_account(house, user_id, before.session_version) is None


def test_another_role_ends_sessions_and_another_name_does_not(house: House, admin: Actor) -> None:
    user_id, password = create_user(house, admin, username="siti", display_name="S", role="planner")
    version = verify_password(house, "siti", password).session_version
    change_user(house, admin, user_id, {"display_name": "Siti R."})
    assert find_account(house, user_id, version) is not None
    change_user(house, admin, user_id, {"role": "operator"})
    assert find_account(house, user_id, version) is None


def test_a_deactivated_user_cannot_sign_in(house: House, admin: Actor) -> None:
    user_id, password = create_user(house, admin, username="siti", display_name="S", role="planner")
    change_user(house, admin, user_id, {"active": False})
    with pytest.raises(WrongNameOrPassword):
        verify_password(house, "siti", password)


def test_the_last_administrator_stays(house: House, admin: Actor) -> None:
    one, _ = create_user(house, admin, username="adm1", display_name="A", role="administrator")
    for change in ({"active": False}, {"role": "planner"}):
        with pytest.raises(refused.LastAdministrator):
            change_user(house, admin, one, change)
    create_user(house, admin, username="adm2", display_name="B", role="administrator")
    change_user(house, admin, one, {"active": False})


def test_a_dispatcher_needs_an_agency_and_a_crew_a_unit(house: House, admin: Actor) -> None:
    with pytest.raises(refused.AgencyNeeded):
        create_user(house, admin, username="disp", display_name="D", role="dispatcher")
    with pytest.raises(refused.UnitNeeded):
        create_user(house, admin, username="crew", display_name="C", role="crew")
    unit_id = unit_of(house, admin)
    user_id, _ = create_user(
        house, admin, username="crew", display_name="C", role="crew", unit_id=unit_id
    )
    row = next(row for row in house.store.reads.all("list_users") if row["id"] == user_id)
    assert (row["agency_code"], row["unit_call_sign"]) == ("damkar", "Damkar 01")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"username": "x"}, refused.UserNameUnusable),
        ({"username": "ada spasi"}, refused.UserNameUnusable),
        ({"display_name": "  "}, TextMissing),
        ({"role": "king"}, ChoiceUnknown),
        ({"role": "dispatcher", "agency_code": "atlantis"}, AgencyUnknown),
        ({"locale": "fr"}, ChoiceUnknown),
        ({"password": "short"}, PasswordTooShort),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    house: House, admin: Actor, given: dict[str, Any], refusal: type[Exception]
) -> None:
    values = {"username": "siti", "display_name": "Siti", "role": "operator", **given}
    with pytest.raises(refusal):
        create_user(house, admin, **values)
    assert house.store.reads.all("list_users") == []


def test_a_user_name_is_taken_whatever_its_capitals(house: House, admin: Actor) -> None:
    create_user(house, admin, username="siti", display_name="S", role="planner")
    with pytest.raises(refused.NameTaken, match="siti"):
        create_user(house, admin, username="SITI", display_name="T", role="planner")


# --- tokens and phones -------------------------------------------------------------------------


def test_a_token_opens_until_it_is_revoked_and_its_secret_is_not_kept(
    house: House, admin: Actor
) -> None:
    token_id, secret = create_token(house, admin, label="PABX", role="telephony")
    found = find_token(house, secret)
    assert found is not None
    assert found.role == "telephony"
    assert secret not in str(house.store.reads.all("list_tokens"))
    revoke_token(house, admin, token_id)
    assert find_token(house, secret) is None
    assert kinds_of_events(house) == ["token.made", "token.revoked"]
    with pytest.raises(refused.TokenNotFound):
        revoke_token(house, admin, 999)


def test_a_phone_is_known_by_the_hash_of_its_identifier(house: House, admin: Actor) -> None:
    unit_id = unit_of(house, admin)
    device_id, secret = create_device(house, admin, label="HP 1", unit_id=unit_id)
    token_hash = hashlib.sha256(secret.encode()).hexdigest()
    row = house.store.reads.all("list_devices")[0]
    assert (row["id"], row["unit_call_sign"], row["revoked_at"]) == (device_id, "Damkar 01", None)
    assert token_hash not in str(row)
    revoke_device(house, admin, device_id)
    assert house.store.reads.all("list_devices")[0]["revoked_at"] is not None
    with pytest.raises(refused.UnitUnknown):
        create_device(house, admin, label="HP 2", unit_id=999)


# --- agencies, kinds, plans --------------------------------------------------------------------


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
    wanted = [{"agency": "bpbd", "role": "lead", "capability": None, "number": 2}]
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


def test_a_password_is_kept_as_argon2(house: House, admin: Actor) -> None:
    _, password = create_user(house, admin, username="siti", display_name="S", role="planner")
    kept = house.store.reads.one("find_account_by_name", username="siti")["password_hash"]
    assert kept.startswith("$argon2id$")
    assert password_matches(kept, password)
    assert not password_matches(kept, password + "x")
    assert not password_matches(None, password)
