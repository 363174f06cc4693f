"""What OwnTracks really sends: positions in km/h, encrypted or not; the rest is let go."""

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.secret import SecretBox

from gis_dispatch.errors import BadInput
from gis_dispatch.exchange.osmand import PhoneFieldMissing, PhonePlaceImpossible
from gis_dispatch.exchange.owntracks import (
    OwnTracksKeyMissing,
    OwnTracksKeyWrong,
    OwnTracksUnreadable,
    configuration,
    configuration_link,
    decrypted,
    encrypted,
    parse_location,
    read_message,
)
from gis_dispatch.services.manage_devices import NewDevice, create_device, revoke_device
from gis_dispatch.simulation.keys import ACTOR
from tests.consoles.town import Town

# In the words of the booklet's page on JSON, by platform.
ANDROID = {
    "_type": "location", "_id": "f1a2b3c4", "BSSID": "c0:4a:00:00:00:01", "SSID": "kantor",
    "acc": 13, "alt": 12, "batt": 87, "bs": 1, "cog": 271, "conn": "m", "created_at": 1763890205,
    "inregions": [], "lat": 0.90603, "lon": 108.98724, "m": 2, "source": "fused", "t": "p",
    "tid": "D1", "topic": "owntracks/DMK-1/d1", "tst": 1763890200, "vac": 2, "vel": 36,
}  # fmt: skip
IOS = {
    "_type": "location", "acc": 5, "alt": 11, "batt": 64, "bs": 1, "cog": -1, "conn": "w",
    "created_at": 1763890201, "lat": 0.90603, "lon": 108.98724, "m": 2, "p": 101.25, "t": "u",
    "tid": "D1", "topic": "owntracks/DMK-1/d1", "tst": 1763890200, "vac": 4, "vel": -1,
}  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    {"_type": "transition", "event": "enter", "desc": "Mako", "lat": 0.9, "lon": 108.9,
     "tst": 1763890200, "wtst": 1763880000, "acc": 5, "t": "c", "tid": "D1"},
    {"_type": "waypoint", "desc": "Mako", "lat": 0.9, "lon": 108.9, "rad": 100, "tst": 1763880000},
    {"_type": "waypoints", "waypoints": []},
    {"_type": "lwt", "tst": 1763890200},
    {"_type": "status", "android": {"wifi": "1"}},
    {"_type": "steps", "tst": 1763890200, "steps": 1234, "from": 1763880000, "to": 1763890200},
    {"_type": "dump", "configuration": {"_type": "configuration", "mode": 3}},
    {"_type": "card", "name": "Joko", "tid": "D1"},
]  # fmt: skip
KEY = "s3cret-of-this-phone"


def test_a_location_of_android_is_in_km_h_and_dated_by_its_fix() -> None:
    report = parse_location(ANDROID)
    assert report.recorded_at == datetime(2025, 11, 23, 9, 30, tzinfo=UTC)
    assert (report.lon, report.lat, report.accuracy_m) == (108.98724, 0.90603, 13)
    assert (report.speed_kph, report.heading_deg, report.battery_percent) == (36, 271, 87)


def test_a_location_of_ios_says_minus_one_for_what_it_does_not_know() -> None:
    report = parse_location(IOS)
    assert (report.speed_kph, report.heading_deg, report.battery_percent) == (None, None, 64)


@pytest.mark.parametrize("missing", ["tst", "lat", "lon"])
def test_a_location_without_place_or_time_is_none(missing: str) -> None:
    with pytest.raises(PhoneFieldMissing, match=missing):
        parse_location({k: v for k, v in ANDROID.items() if k != missing})


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(PhonePlaceImpossible, match="lat"):
        parse_location(ANDROID | {"lat": 91})


@pytest.mark.parametrize("body", [b"[]", b"{}", b"nothing", b'{"_type": 3}', b'"location"'])
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(OwnTracksUnreadable):
        read_message(body)


@given(st.binary(max_size=200))
def test_any_body_is_a_message_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        message = read_message(body)
    except BadInput:
        return
    assert message is None or isinstance(message["_type"], str)


@given(st.text(min_size=1, max_size=40), st.dictionaries(st.text(max_size=9), st.integers(0, 9)))
def test_what_was_encrypted_is_read_with_the_same_key_only(key: str, more: dict[str, int]) -> None:
    message = {**more, "_type": "location"}
    sealed = encrypted(message, key)
    assert decrypted(sealed, key) == message
    other = key.encode()[:32].decode(errors="ignore") + "x"
    if other.encode()[:32] != key.encode()[:32]:
        with pytest.raises(OwnTracksKeyWrong):
            decrypted(sealed, other)


def test_an_encrypted_payload_in_the_bytes_that_libsodium_gives() -> None:
    """Nonce first, then the box; the key is filled up with zeros to 32 bytes."""

    nonce = bytes(range(24))
    box = SecretBox(KEY.encode() + b"\0" * (32 - len(KEY)))
    sealed = bytes(box.encrypt(json.dumps(ANDROID).encode(), nonce))
    assert sealed[:24] == nonce
    assert decrypted({"data": b64encode(sealed).decode()}, KEY) == ANDROID


def test_an_encrypted_payload_without_a_key_or_broken_is_refused() -> None:
    sealed = encrypted(ANDROID, KEY)
    with pytest.raises(OwnTracksKeyMissing):
        decrypted(sealed, None)
    for data in ("", "???", sealed["data"][:-8], 7):
        with pytest.raises(OwnTracksKeyWrong):
            decrypted({"data": data}, KEY)


def test_the_link_holds_the_configuration() -> None:
    config = configuration("https://112.example/phones/owntracks", "DMK-1", "tok", "D1", KEY)
    link = configuration_link(config)
    assert json.loads(b64decode(link.removeprefix("owntracks:///config?inline="))) == config
    assert (config["mode"], config["encryptionKey"], config["_type"]) == (3, KEY, "configuration")


@pytest.fixture
def phone(town: Town) -> NewDevice:
    return create_device(town.house, ACTOR, label="HP", unit_id=1, encrypted=True)


def _location(seconds: int = 0) -> dict[str, Any]:
    moment = datetime.now(UTC) - timedelta(minutes=2) + timedelta(seconds=seconds)
    return ANDROID | {"tst": int(moment.timestamp())}


def test_positions_come_in_with_a_password_with_the_token_in_the_address_and_encrypted(
    town: Town, phone: NewDevice
) -> None:
    client = town.app.test_client()
    auth = ("DMK-1", phone.secret)
    ways: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("/phones/owntracks", _location(1), {"auth": auth}),
        (f"/phones/owntracks/{phone.secret}", _location(2), {}),
        ("/phones/owntracks", encrypted(_location(3), phone.payload_key or ""), {"auth": auth}),
    ]
    for address, message, more in ways:
        answer = client.post(address, json=message, **more)
        assert (answer.status_code, answer.json) == (200, []), answer.text
    assert town.sql("SELECT count(*), max(speed_kph) FROM positions") == [(3, 36.0)]


@pytest.mark.parametrize("message", OTHERS, ids=[str(one["_type"]) for one in OTHERS])
def test_everything_else_is_answered_and_not_kept(
    town: Town, phone: NewDevice, message: dict[str, Any]
) -> None:
    client = town.app.test_client()
    for body in (message, encrypted(message, phone.payload_key or "")):
        answer = client.post("/phones/owntracks", json=body, auth=("DMK-1", phone.secret))
        assert (answer.status_code, answer.json) == (200, [])
    empty = client.post("/phones/owntracks", data=b"", auth=("DMK-1", phone.secret))
    assert (empty.status_code, empty.json) == (200, [])
    assert town.sql("SELECT count(*) FROM positions") == [(0,)]


def test_who_has_no_token_or_a_revoked_one_is_refused(town: Town, phone: NewDevice) -> None:
    client = town.app.test_client()
    nobody = client.post("/phones/owntracks", json=_location())
    assert nobody.status_code == 401 and "Basic" in nobody.headers["WWW-Authenticate"]
    revoke_device(town.house, ACTOR, phone.id)
    auth = ("DMK-1", phone.secret)
    assert client.post("/phones/owntracks", json=_location(), auth=auth).status_code == 404
    sealed = encrypted(_location(), phone.payload_key or "")
    assert client.post("/phones/owntracks", json=sealed, auth=auth).status_code == 400
    assert town.sql("SELECT count(*) FROM positions") == [(0,)]
    assert town.sql("SELECT count(*) FROM devices WHERE payload_key IS NOT NULL") == [(0,)]


def test_the_address_for_osmand_names_its_speed(town: Town) -> None:
    """OsmAnd says metres a second where Traccar Client says knots."""
    administrator = town.signed_in("administrator")
    made = administrator.post("/devices", {"label": "HP", "unit_id": 1}).get_json()
    values = (0.906, 108.987, int(datetime.now(UTC).timestamp() * 1000), 0.9, 12, 10, 271.5)
    address = made["osmand_url"].partition("localhost")[2].format(*values)
    assert town.app.test_client().get(address).status_code == 200
    assert town.sql("SELECT speed_kph, accuracy_m FROM positions") == [(36.0, 4.5)]
    assert made["owntracks"]["encryption_key"] is None
