"""Phones that report where a unit is: make one's identifier (told once), revoke it."""

from typing import NamedTuple

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import DeviceNotFound, UnitUnknown
from gis_dispatch.services.manage_common import record, text
from gis_dispatch.services.passwords import hash_token, make_device_token, make_payload_key


class NewDevice(NamedTuple):
    """A new phone, with what is typed into it."""

    id: int
    secret: str
    """Only its SHA-256 is kept."""
    payload_key: str | None
    """What it encrypts with. Kept as it is: without it nothing could be read."""
    call_sign: str


def create_device(
    house: House, actor: Actor, *, label: str, unit_id: int, encrypted: bool = False
) -> NewDevice:
    """A new phone of a unit; with `encrypted`, one that sends OwnTracks' encrypted payload."""
    words = text(label, "label")
    secret = make_device_token()
    payload_key = make_payload_key() if encrypted else None
    with house.store.transaction() as tx:
        unit = tx.units.find(unit_id)
        if unit is None or not unit.active:
            raise UnitUnknown(field="unit_id", given=unit_id)
        device_id = int(
            tx.value(
                "add_device",
                label=words,
                unit_id=unit_id,
                token_hash=hash_token(secret),
                payload_key=payload_key,
            )
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
            encrypted=encrypted,
        )
    return NewDevice(device_id, secret, payload_key, unit.call_sign)


def revoke_device(house: House, actor: Actor, device_id: int) -> None:
    """From now on positions with this identifier are refused."""
    with house.store.transaction() as tx:
        if not tx.run("revoke_device", id=device_id, at=house.clock.now()):
            raise DeviceNotFound(id=device_id)
        record(tx, house, actor, "device.revoked", device_id=device_id)


def find_payload_key(house: House, secret: str) -> str | None:
    """What the phone with this identifier encrypts with, if it does; a revoked one has none."""
    key: str | None = house.store.reads.value("find_payload_key", token_hash=hash_token(secret))
    return key
