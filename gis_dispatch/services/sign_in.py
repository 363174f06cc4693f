"""Who is asking: a person by name and password, a session, or a program by its token."""

from dataclasses import dataclass

from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.errors import Forbidden
from gis_dispatch.ports import House, Row
from gis_dispatch.services.passwords import (
    hash_password,
    hash_token,
    needs_rehash,
    password_matches,
)

SOURCES = {"simulator": "simulator", "telephony": "device"}


class WrongNameOrPassword(Forbidden):
    """This user name and password do not belong together. Check both, and the Caps Lock key."""


@dataclass(frozen=True)
class Account:
    """A person who may sign in."""

    id: int
    username: str
    display_name: str
    role: str
    agency_code: str | None
    unit_id: int | None
    locale: str
    session_version: int
    private: bool

    @property
    def actor(self) -> Actor:
        """This person as use cases know them."""
        return Actor(
            user_id=self.id,
            name=self.display_name,
            role=self.role,
            agency_code=self.agency_code,
            unit_id=self.unit_id,
            private=self.private,
        )


@dataclass(frozen=True)
class ApiToken:
    """A program that may ask."""

    id: int
    label: str
    role: str
    agency_code: str | None
    private: bool

    @property
    def actor(self) -> Actor:
        """This program as use cases know it."""
        return Actor(
            user_id=None,
            name=self.label,
            role=self.role,
            agency_code=self.agency_code,
            source=SOURCES.get(self.role, "system"),
            private=self.private,
        )


def verify_password(house: House, username: str, password: str) -> Account:
    """The account, or one refusal for every reason, after the same amount of work."""
    row = house.store.reads.find("find_account_by_name", username=username.strip())
    kept = row["password_hash"] if row and row["active"] else None
    if not password_matches(kept, password) or row is None:
        raise WrongNameOrPassword
    if needs_rehash(row["password_hash"]):
        with house.store.transaction() as tx:
            tx.run("replace_password_hash", id=row["id"], password_hash=hash_password(password))
    return _account(row)


def find_account(house: House, user_id: int, session_version: int) -> Account | None:
    """The account of a session, unless its password, role or use has changed since it began."""
    row = house.store.reads.find("find_account_by_id", id=user_id)
    if row is None or not row["active"] or row["session_version"] != session_version:
        return None
    return _account(row)


def find_token(house: House, secret: str) -> ApiToken | None:
    """The token with this secret, unless it was revoked; notes its use once a minute."""
    row = house.store.reads.find("find_live_token", token_hash=hash_token(secret))
    if row is None:
        return None
    if row["use_is_old"]:
        with house.store.transaction() as tx:
            tx.run("note_token_use", id=row["id"])
    return ApiToken(
        row["id"], row["label"], row["role"], row["agency_code"], _private(row["role"], row)
    )


def set_locale(house: House, user_id: int, locale: str) -> None:
    """Remember the language a person chose."""
    with house.store.transaction() as tx:
        tx.run("set_account_locale", id=user_id, locale=locale)


def _account(row: Row) -> Account:
    return Account(
        id=row["id"],
        username=row["username"],
        display_name=row["display_name"],
        role=row["role"],
        agency_code=row["agency_code"],
        unit_id=row["unit_id"],
        locale=row["locale"],
        session_version=row["session_version"],
        private=_private(row["role"], row),
    )


def _private(role: str, row: Row) -> bool:
    """Only a dispatcher is bound to what a private brigade may see."""
    return role == DISPATCHER and bool(row["private"])
