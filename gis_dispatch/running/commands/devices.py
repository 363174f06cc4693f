"""Phones that report where a unit is."""

import click

from gis_dispatch.running.commands.common import (
    AT_THE_MACHINE,
    Commands,
    answer,
    as_json,
    table,
)
from gis_dispatch.running.commands.house import open_house, unit_id_of
from gis_dispatch.services.manage_devices import create_device, revoke_device


@click.group("device", cls=Commands)
def device() -> None:
    """Phones that report where a unit is (Traccar Client and other OsmAnd senders).

    \b
    Example:
      gis-dispatch device create --unit "Damkar 01" --label "Crew phone"
    """


@device.command("create")
@click.option("--unit", required=True, help="The unit's call sign.")
@click.option("--label", default="phone", show_default=True, help="Whose or which phone.")
@as_json
def create(unit: str, label: str, json_wanted: bool) -> None:
    """Make the identifier to type into a phone. It is shown once.

    \b
    Example:
      gis-dispatch device create --unit "Damkar 01" --label "Crew phone"
    """
    with open_house() as house:
        unit_id = unit_id_of(house, unit)
        made = create_device(house, AT_THE_MACHINE, label=label, unit_id=unit_id)
    told = {"id": made.id, "unit": unit, "device_id": made.secret}
    answer(told, json_wanted, made.secret)


@device.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """List the phones.

    \b
    Example:
      gis-dispatch device list
    """
    with open_house() as house:
        rows = house.store.reads.all("list_devices")
    columns = ("id", "label", "unit_call_sign", "created_at", "last_seen_at", "revoked_at")
    answer({"items": rows}, json_wanted, table(rows, columns))


@device.command("revoke")
@click.argument("id", type=int)
@as_json
def revoke(id: int, json_wanted: bool) -> None:
    """Refuse a phone's positions from now on.

    \b
    Example:
      gis-dispatch device revoke 3
    """
    with open_house() as house:
        revoke_device(house, AT_THE_MACHINE, id)
    answer({"id": id, "revoked": True}, json_wanted, f"Device {id} is revoked.")
