"""A phone is set up by looking at a code: what a camera reads there sends positions to our door."""

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from gis_dispatch.exchange.owntracks import encrypted
from tests.consoles.town import PLACE
from tests.journeys.browsers import Desk, sign_in
from tests.journeys.shaky import Shaky
from tests.journeys.talking import ready

pytestmark = pytest.mark.journey


def _scanned(code: Locator) -> str:
    """What a camera in front of this screen reads."""
    picture = Image.open(BytesIO(code.screenshot())).convert("RGB")
    [found] = zxingcpp.read_barcodes(picture)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return str(found.text)


def _new_phone(page: Page, label: str, *, encrypts: bool) -> dict[str, Any]:
    """Made on the screen; the configuration in its code."""
    page.get_by_role("button", name="New phone").click()
    page.select_option("#ask-unit_id", label="Damkar 2")
    page.fill("#ask-label", label)
    page.select_option("#ask-encrypted", "yes" if encrypts else "no")
    page.locator("dialog [type=submit]").click()
    secret = page.locator("dialog", has_text="I have noted it")
    secret.locator("summary", has_text="OwnTracks").click()
    scheme, data = _scanned(secret.locator("svg.qr")).split("inline=")
    assert scheme == "owntracks:///config?"
    config: dict[str, Any] = json.loads(b64decode(data))
    expect(secret).to_contain_text(config["password"])
    secret.get_by_role("button", name="I have noted it").click()
    expect(page.locator("tr", has_text=label)).to_contain_text("Damkar 2")
    return config


def _send(platform: Shaky, config: dict[str, Any], vel: int) -> int:
    """As the app does that was set up so; how the server answers."""
    message: dict[str, Any] = {
        "_type": "location", "tid": config["tid"], "tst": int(datetime.now(UTC).timestamp()),
        "lon": PLACE["lon"], "lat": PLACE["lat"], "acc": 9, "vel": vel,
    }  # fmt: skip
    if "encryptionKey" in config:
        message = encrypted(message, config["encryptionKey"])
    address = f"http://127.0.0.1:{platform.wire.port}{urlsplit(config['url']).path}"
    request = Request(address, json.dumps(message).encode())
    request.add_header("Content-Type", "application/json")
    basic = f"{config['username']}:{config['password']}".encode()
    request.add_header("Authorization", f"Basic {b64encode(basic).decode()}")
    with urlopen(request, timeout=20) as answer:
        return int(answer.status)


@pytest.mark.parametrize("encrypts", [False, True], ids=["plain", "encrypted"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_what_the_camera_reads_sets_the_phone_up(
    platform: Shaky, people: Desk, encrypts: bool, theme: str
) -> None:
    page = people.window()
    sign_in(page, people.server, "administrator")
    page.evaluate("(theme) => window.theme.choose(theme)", theme)
    page.goto("/admin#phones")
    ready(page)
    config = _new_phone(page, f"HP {theme} {encrypts}", encrypts=encrypts)
    assert ("encryptionKey" in config) == encrypts
    assert (config["mode"], config["auth"]) == (3, True)
    vel = {"dark": 31, "light": 32}[theme] + 10 * encrypts
    assert _send(platform, config, vel) == 200
    [shown] = platform.house.store.reads.all("positions_of_units", unit_ids=[2])
    assert (shown["lon"], shown["speed_kph"]) == (PLACE["lon"], vel)
    page.reload()
    expect(page.locator("tr", has_text=f"HP {theme} {encrypts}")).not_to_contain_text("never")
