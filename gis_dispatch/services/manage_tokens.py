"""Tokens of programs that use the API: make one (its secret is told once), revoke one."""

from gis_dispatch.domain.people import (
    DISPATCHER,
    HUMAN_ROLES,
    RECEIVER,
    SIMULATOR,
    TELEPHONY,
    Actor,
)
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import AgencyNeeded, TokenNotFound
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, record, text
from gis_dispatch.services.passwords import hash_token, make_token

TOKEN_ROLES = (*HUMAN_ROLES, TELEPHONY, SIMULATOR, RECEIVER)


def create_token(
    house: House, actor: Actor, *, label: str, role: str, agency_code: str | None = None
) -> tuple[int, str]:
    """A new token's number and its secret. Only the secret's SHA-256 is kept."""
    words = text(label, "label")
    choice("role", role, TOKEN_ROLES)
    if role == DISPATCHER and not agency_code:
        raise AgencyNeeded(field="agency_code")
    secret = make_token()
    with house.store.transaction() as tx:
        of = agency(tx, agency_code) if agency_code else None
        token_id = int(
            tx.value("add_token", label=words, role=role, agency=of, token_hash=hash_token(secret))
        )
        record(tx, house, actor, "token.made", token_id=token_id, label=words, role=role)
    return token_id, secret


def revoke_token(house: House, actor: Actor, token_id: int) -> None:
    """From now on the token opens nothing."""
    with house.store.transaction() as tx:
        if not tx.run("revoke_token", id=token_id, at=house.clock.now()):
            raise TokenNotFound(id=token_id)
        record(tx, house, actor, "token.revoked", token_id=token_id)
