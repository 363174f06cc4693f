"""People, tokens and phones: what an administrator may do, and what is refused and recorded."""

import hashlib
from typing import Any

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import (
    AgencyUnknown,
    ChoiceUnknown,
    TextMissing,
)
from gis_dispatch.ports import House
from gis_dispatch.services import admin_refusals as refused
from gis_dispatch.services.manage_devices import create_device, revoke_device
from gis_dispatch.services.manage_tokens import create_token, revoke_token
from gis_dispatch.services.manage_users import change_user, create_user, reset_password
from gis_dispatch.services.passwords import PasswordTooShort, password_matches
from gis_dispatch.services.sign_in import (
    WrongNameOrPassword,
    find_account,
    find_token,
    verify_password,
)
from tests.services.administration.keeping import kinds_of_events, unit_of


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
    device_id, secret, *_ = create_device(house, admin, label="HP 1", unit_id=unit_id)
    token_hash = hashlib.sha256(secret.encode()).hexdigest()
    row = house.store.reads.all("list_devices")[0]
    assert (row["id"], row["unit_call_sign"], row["revoked_at"]) == (device_id, "Damkar 01", None)
    assert token_hash not in str(row)
    revoke_device(house, admin, device_id)
    assert house.store.reads.all("list_devices")[0]["revoked_at"] is not None
    with pytest.raises(refused.UnitUnknown):
        create_device(house, admin, label="HP 2", unit_id=999)


# --- agencies, kinds, plans --------------------------------------------------------------------


def test_a_password_is_kept_as_argon2(house: House, admin: Actor) -> None:
    _, password = create_user(house, admin, username="siti", display_name="S", role="planner")
    kept = house.store.reads.one("find_account_by_name", username="siti")["password_hash"]
    assert kept.startswith("$argon2id$")
    assert password_matches(kept, password)
    assert not password_matches(kept, password + "x")
    assert not password_matches(None, password)
