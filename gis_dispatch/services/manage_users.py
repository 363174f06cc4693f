"""People who may sign in: make one, change one, give another password, deactivate."""

import re
from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.people import ADMINISTRATOR, CREW, DISPATCHER, HUMAN_ROLES, Actor
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.admin_refusals import (
    AgencyNeeded,
    LastAdministrator,
    NameTaken,
    UnitNeeded,
    UnitUnknown,
    UserNameUnusable,
    UserNotFound,
)
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, record, text
from gis_dispatch.services.passwords import hash_password, make_password

USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,39}$")
LOCALES = ("id", "en")
CHANGEABLE = ("display_name", "role", "agency_code", "unit_id", "locale", "active")


def create_user(
    house: House,
    actor: Actor,
    *,
    username: str,
    display_name: str,
    role: str,
    agency_code: str | None = None,
    unit_id: int | None = None,
    locale: str = "id",
    password: str | None = None,
) -> tuple[int, str]:
    """A new user's number and password; without a password one is made, to be told once."""
    with house.store.transaction() as tx:
        return insert_user(
            tx,
            house,
            actor,
            {
                "username": username,
                "display_name": display_name,
                "role": role,
                "agency_code": agency_code,
                "unit_id": unit_id,
                "locale": locale,
            },
            password,
        )


def insert_user(
    tx: Transaction,
    house: House,
    actor: Actor,
    values: Mapping[str, Any],
    password: str | None = None,
) -> tuple[int, str]:
    """Adds a user inside a transaction, checked."""
    name = values["username"].strip().lower()
    if not USERNAME.match(name):
        raise UserNameUnusable(field="username", given=values["username"])
    secret = password or make_password()
    password_hash = hash_password(secret)
    if tx.value("user_of_name", username=name) is not None:
        raise NameTaken(name=name)
    what = _checked(tx, {"agency_code": None, "unit_id": None, "locale": "id", **values})
    user_id = int(
        tx.value(
            "add_user",
            username=name,
            password_hash=password_hash,
            display_name=what["display_name"],
            role=what["role"],
            agency=what["agency_code"],
            unit_id=what["unit_id"],
            locale=what["locale"],
        )
    )
    record(tx, house, actor, "user.changed", user_id=user_id, username=name, role=what["role"])
    return user_id, secret


def change_user(house: House, actor: Actor, user_id: int, changes: Mapping[str, Any]) -> None:
    """Changes what is given. Another role, agency or unit, or leaving, ends their sessions."""
    with house.store.transaction() as tx:
        administrators = {row["id"] for row in tx.all("lock_administrators")}
        before = _lock(tx, user_id)
        after = _checked(tx, {**{name: before[name] for name in CHANGEABLE}, **changes})
        stays = after["role"] == ADMINISTRATOR and after["active"]
        if administrators == {user_id} and not stays:
            raise LastAdministrator
        tx.run("change_user", id=user_id, changes=after)
        changed = sorted(name for name in CHANGEABLE if after[name] != before[name])
        record(tx, house, actor, "user.changed", user_id=user_id, changed=changed)


def reset_password(house: House, actor: Actor, user_id: int, password: str | None = None) -> str:
    """Another password, to be told once; every session begun with the old one ends."""
    secret = password or make_password()
    password_hash = hash_password(secret)
    with house.store.transaction() as tx:
        _lock(tx, user_id)
        tx.run("set_password", id=user_id, password_hash=password_hash)
        record(tx, house, actor, "user.changed", user_id=user_id, changed=["password"])
    return secret


def _lock(tx: Transaction, user_id: int) -> Row:
    row = tx.find("lock_user", id=user_id)
    if row is None:
        raise UserNotFound(id=user_id)
    return row


def _checked(tx: Transaction, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a user may be: an agency and a unit only for the roles that work for one."""
    role = choice("role", given["role"], HUMAN_ROLES)
    agency_code, unit_id = given["agency_code"], given["unit_id"]
    if role == DISPATCHER and not agency_code:
        raise AgencyNeeded(field="agency_code")
    if role == CREW:
        if not unit_id:
            raise UnitNeeded(field="unit_id")
        unit = tx.units.find(unit_id)
        if unit is None or not unit.active:
            raise UnitUnknown(field="unit_id", given=unit_id)
        agency_code = unit.agency_code
    return {
        "display_name": text(given["display_name"], "display_name"),
        "role": role,
        "agency_code": agency(tx, agency_code) if agency_code else None,
        "unit_id": unit_id if role == CREW else None,
        "locale": choice("locale", given["locale"], LOCALES),
        "active": bool(given.get("active", True)),
    }
