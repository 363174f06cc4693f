"""Reads what the OwnTracks app sends over HTTP, encrypted or not. Pure.

One JSON object a request, told apart by `_type`: a `location` (speed in km/h, -1 for "unknown"), or
something else that is of no use here (regions, steps, the app's own state). Encrypted, the whole
object is a libsodium secret box: a nonce of 24 bytes and the box, in Base64.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import orjson
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import BadInput
from gis_dispatch.exchange.osmand import (
    PhoneFieldMissing,
    degrees,
    heading_of,
    not_negative,
    number_of,
    percent_of,
    time_of,
)

LOCATION, ENCRYPTED = "location", "encrypted"


class OwnTracksUnreadable(BadInput):
    """ "{field}" is not what OwnTracks sends: one JSON object with "_type"."""


class OwnTracksKeyMissing(BadInput):
    """{field}: this phone encrypts, but has no key here. Make it anew as an encrypted one."""


class OwnTracksKeyWrong(BadInput):
    """{field}: this cannot be decrypted with the key of this phone. Set it up again."""


def read_message(body: bytes) -> Mapping[str, Any] | None:
    """The object of a request; None for an empty one, by which the app means "forget"."""
    if not body.strip():
        return None
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise OwnTracksUnreadable(field="body") from None
    if not isinstance(message, dict) or not isinstance(message.get("_type"), str):
        raise OwnTracksUnreadable(field="body")
    return message


def decrypted(message: Mapping[str, Any], key: str | None) -> Mapping[str, Any] | None:
    """What an encrypted message holds."""
    if key is None:
        raise OwnTracksKeyMissing(field="data")
    try:
        sealed = b64decode(message["data"], validate=True)
        inside = _box(key).decrypt(sealed)
    except (KeyError, TypeError, ValueError, binascii.Error, CryptoError):
        raise OwnTracksKeyWrong(field="data") from None
    return read_message(inside)


def encrypted(message: Mapping[str, Any], key: str) -> dict[str, str]:
    """A message as the app encrypts it."""
    sealed = _box(key).encrypt(orjson.dumps(message))
    return {"_type": ENCRYPTED, "data": b64encode(sealed).decode()}


def parse_location(message: Mapping[str, Any]) -> Report:
    """A `location`, in our words; without its time it would be a place and no report."""
    recorded_at = time_of("tst", message.get("tst"))
    if recorded_at is None:
        raise PhoneFieldMissing(field="tst")
    return Report(
        lon=degrees("lon", message.get("lon"), 180),
        lat=degrees("lat", message.get("lat"), 90),
        recorded_at=recorded_at,
        accuracy_m=not_negative("acc", message.get("acc")),
        speed_kph=not_negative("vel", message.get("vel")),
        heading_deg=heading_of("cog", message.get("cog")),
        battery_percent=percent_of(number_of("batt", message.get("batt"))),
    )


def _box(key: str) -> SecretBox:
    """The app fills its key up with zeros, and cuts what is longer."""
    return SecretBox(key.encode()[: SecretBox.KEY_SIZE].ljust(SecretBox.KEY_SIZE, b"\0"))


def configuration(
    url: str, username: str, password: str, tracker_id: str, key: str | None
) -> dict[str, Any]:
    """What sets the app up: the content of an `.otrc` file."""
    return {
        "_type": "configuration",
        "mode": 3,
        "url": url,
        "auth": True,
        "username": username,
        "password": password,
        "deviceId": tracker_id.lower(),
        "tid": tracker_id,
        "monitoring": 2,
        "moveModeLocatorInterval": 10,
        "locatorInterval": 10,
        "locatorDisplacement": 10,
        "cmd": False,
        "pubRetain": False,
        **({"encryptionKey": key} if key else {}),
    }


def configuration_link(config: Mapping[str, Any]) -> str:
    """The same as a link that the app opens, and that a QR code can hold."""
    return f"owntracks:///config?inline={b64encode(orjson.dumps(config)).decode()}"
