"""People who may sign in."""

import click

from gis_dispatch.domain.people import HUMAN_ROLES
from gis_dispatch.running.commands.common import (
    AT_THE_MACHINE,
    Commands,
    answer,
    as_json,
    table,
)
from gis_dispatch.running.commands.house import open_house, unit_id_of
from gis_dispatch.services.admin_refusals import UserNotFound
from gis_dispatch.services.manage_users import create_user, reset_password


@click.group("user", cls=Commands)
def user() -> None:
    """People who may sign in.

    \b
    Example:
      gis-dispatch user create siti --name "Siti Rahma" --role operator
    """


@user.command("create")
@click.argument("username")
@click.option("--name", required=True, help="As shown on screen.")
@click.option("--role", type=click.Choice(HUMAN_ROLES), required=True, help="What they may do.")
@click.option("--agency", default=None, help="Agency code; required for a dispatcher.")
@click.option("--unit", default=None, help="The unit's call sign; required for crew.")
@click.option("--locale", type=click.Choice(["id", "en"]), default="id", show_default=True)
@as_json
def create(
    username: str,
    name: str,
    role: str,
    agency: str | None,
    unit: str | None,
    locale: str,
    json_wanted: bool,
) -> None:
    """Make a sign-in with a new password, shown once.

    \b
    Example:
      gis-dispatch user create budi --name "Budi" --role dispatcher --agency damkar
    """
    with open_house() as house:
        id, password = create_user(
            house,
            AT_THE_MACHINE,
            username=username,
            display_name=name,
            role=role,
            agency_code=agency,
            unit_id=unit_id_of(house, unit) if unit else None,
            locale=locale,
        )
    document = {"id": id, "username": username, "role": role, "password": password}
    answer(document, json_wanted, f"{username}  {password}")


@user.command("password")
@click.argument("username")
@as_json
def password(username: str, json_wanted: bool) -> None:
    """Give another password, shown once; every session begun with the old one ends.

    \b
    Example:
      gis-dispatch user password siti
    """
    with open_house() as house:
        id = house.store.reads.value("user_of_name", username=username.strip().lower())
        if id is None:
            raise UserNotFound(id=username)
        secret = reset_password(house, AT_THE_MACHINE, int(id))
    answer({"username": username, "password": secret}, json_wanted, secret)


@user.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """List who may sign in, or once could.

    \b
    Example:
      gis-dispatch user list
    """
    with open_house() as house:
        rows = house.store.reads.all("list_users")
    columns = ("username", "display_name", "role", "agency_name", "unit_call_sign", "active")
    answer({"items": rows}, json_wanted, table(rows, columns))
