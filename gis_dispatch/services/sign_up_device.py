"""A browser asks to be told while no page is open; it ends with the session, or by hand."""

import base64
import binascii
from urllib.parse import urlsplit

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput, Forbidden, NotFound
from gis_dispatch.ports import House
from gis_dispatch.services.inputs import required_text

LONGEST_NAME = 60
LONGEST_ADDRESS = 1000
KEY_BYTES, SECRET_BYTES = 65, 16


class PushServiceUnknown(BadInput):
    """{field}: "{given}" is no push service of this installation. It takes: {allowed}."""


class PushKeyUnusable(BadInput):
    """{field}: this is not a key of a browser's subscription."""


class OnlyPeopleSignUp(Forbidden):
    """Only the browser of somebody who signed in can be told; a program reads the events."""


class SubscriptionNotFound(NotFound):
    """There is no device {id} signed up to be told."""


def sign_up_device(
    house: House,
    actor: Actor,
    *,
    session_version: int | None,
    device: str,
    endpoint: str,
    p256dh: str,
    auth: str,
    hosts: str,
) -> int:
    """Sign the browser up; its number. `hosts` are the push services that are trusted."""
    if actor.user_id is None or session_version is None:
        raise OnlyPeopleSignUp
    name = required_text("device", device, LONGEST_NAME)
    _require_trusted(required_text("endpoint", endpoint, LONGEST_ADDRESS), hosts)
    for field, key, length in (("p256dh", p256dh, KEY_BYTES), ("auth", auth, SECRET_BYTES)):
        if _length_of(key) != length:
            raise PushKeyUnusable(field=field)
    at = house.clock.now()
    with house.store.transaction() as tx:
        subscription_id = int(
            tx.value(
                "add_subscription",
                user_id=actor.user_id,
                session_version=session_version,
                device=name,
                endpoint=endpoint,
                p256dh=p256dh,
                auth=auth,
                at=at,
            )
        )
        data = {"subscription_id": subscription_id, "device": name}
        tx.events.append(actor, "device.signed_up", at, unit_id=actor.unit_id, data=data)
    return subscription_id


def sign_off_device(house: House, actor: Actor, subscription_id: int) -> None:
    """One's own device hears no more."""
    at = house.clock.now()
    with house.store.transaction() as tx:
        gone = tx.run("revoke_subscription", id=subscription_id, user_id=actor.user_id, at=at)
        if not gone:
            raise SubscriptionNotFound(id=subscription_id)
        data = {"subscription_id": subscription_id}
        tx.events.append(actor, "device.signed_off", at, unit_id=actor.unit_id, data=data)


def _require_trusted(endpoint: str, hosts: str) -> None:
    """The server will call this address: only push services that the installation names."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    local = host in {"127.0.0.1", "localhost"}
    trusted = any(
        host.endswith(known) if known.startswith(".") else host == known
        for known in hosts.lower().split()
    )
    if not trusted or not (parts.scheme == "https" or (local and parts.scheme == "http")):
        raise PushServiceUnknown(field="endpoint", given=host, allowed=tuple(hosts.split()))


def _length_of(key: str) -> int | None:
    try:
        return len(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (binascii.Error, ValueError):
        return None
