"""Phones that report where a unit is: make one's identifier (told once), revoke it."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import DeviceNotFound, UnitUnknown
from gis_dispatch.services.manage_common import record, text
from gis_dispatch.services.passwords import hash_token, make_device_token


def create_device(house: House, actor: Actor, *, label: str, unit_id: int) -> tuple[int, str]:
    """A new phone's number and the identifier to type into it. Only its SHA-256 is kept."""
    words = text(label, "label")
    secret = make_device_token()
    with house.store.transaction() as tx:
        unit = tx.units.find(unit_id)
        if unit is None or not unit.active:
            raise UnitUnknown(field="unit_id", given=unit_id)
        device_id = int(
            tx.value("add_device", label=words, unit_id=unit_id, token_hash=hash_token(secret))
        )
        record(
            tx,
            house,
            actor,
            "device.made",
            unit_id=unit_id,
            agency_code=unit.agency_code,
            device_id=device_id,
            label=words,
        )
    return device_id, secret


def revoke_device(house: House, actor: Actor, device_id: int) -> None:
    """From now on positions with this identifier are refused."""
    with house.store.transaction() as tx:
        if not tx.run("revoke_device", id=device_id, at=house.clock.now()):
            raise DeviceNotFound(id=device_id)
        record(tx, house, actor, "device.revoked", device_id=device_id)
