"""Tokens with which programs use the API."""

import click

from gis_dispatch.running.commands.common import (
    AT_THE_MACHINE,
    Commands,
    answer,
    as_json,
    table,
)
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.services.manage_tokens import TOKEN_ROLES, create_token, revoke_token


@click.group("token", cls=Commands)
def token() -> None:
    """Tokens with which programs use the API.

    \b
    Example:
      gis-dispatch token create --role telephony --label "Telephone exchange"
    """


@token.command("create")
@click.option("--role", type=click.Choice(TOKEN_ROLES), required=True, help="What it may do.")
@click.option("--label", default=None, help="What it is for; the role if not said.")
@click.option("--agency", default=None, help="Agency code; required for a dispatcher's token.")
@as_json
def create(role: str, label: str | None, agency: str | None, json_wanted: bool) -> None:
    """Make a token. It is shown once and cannot be looked up later.

    \b
    Example:
      gis-dispatch token create --role dispatcher --agency damkar --label "Damkar desk"
    """
    with open_house() as house:
        id, secret = create_token(
            house, AT_THE_MACHINE, label=label or role, role=role, agency_code=agency
        )
    answer({"id": id, "role": role, "agency_code": agency, "token": secret}, json_wanted, secret)


@token.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """List the tokens; never their secrets, which are not kept.

    \b
    Example:
      gis-dispatch token list --json
    """
    with open_house() as house:
        rows = house.store.reads.all("list_tokens")
    columns = ("id", "label", "role", "agency_code", "created_at", "last_used_at", "revoked_at")
    answer({"items": rows}, json_wanted, table(rows, columns))


@token.command("revoke")
@click.argument("id", type=int)
@as_json
def revoke(id: int, json_wanted: bool) -> None:
    """Take a token back: from now on it opens nothing.

    \b
    Example:
      gis-dispatch token revoke 3
    """
    with open_house() as house:
        revoke_token(house, AT_THE_MACHINE, id)
    answer({"id": id, "revoked": True}, json_wanted, f"Token {id} is revoked.")
