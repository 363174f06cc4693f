"""A city's kelurahan come in as a file on screen, and the next pin lies in one of them."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ready, tell

pytestmark = pytest.mark.journey

WEST, SOUTH, SIDE = 11.9596, 57.699, 0.004
PLACE = {"lon": 11.96162, "lat": 57.70102}
"""In the sample city, and in the outline."""
SAMPLE = "00.00.01.1012"
"""The sample kelurahan that is there; the file gives it another name and outline."""


def outline(code: str) -> dict[str, object]:
    """A GeoJSON file with one kelurahan, as a browser is given files."""
    east, north = WEST + SIDE, SOUTH + SIDE
    ring = [[WEST, SOUTH], [east, SOUTH], [east, north], [WEST, north], [WEST, SOUTH]]
    properties = {"kode": code, "nama": "Kampung Baru", "kode_kec": "00.00.01"}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    return {"name": "batas.geojson", "mimeType": "application/geo+json", "buffer": text.encode()}


def test_kelurahan_come_in_as_a_file(desk: Desk) -> None:
    admin = desk.sign_in("administrator")
    admin.goto("/admin#imports")
    ready(admin)
    admin.locator("[data-what=villages]").click()
    _a_wrong_code_is_named(admin)
    admin.set_input_files("#import-file", outline(SAMPLE))  # type: ignore[arg-type]
    expect(admin.locator("#work")).to_contain_text("1 akan diubah")
    admin.get_by_role("button", name="Simpan semua baris").click()
    expect(admin.locator(".toast")).to_contain_text("1 diubah")

    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    ready(lead)
    fire = {"kind": "kebakaran", "description": "Asap tebal", "method": "pin", **PLACE}
    incident = tell(lead, "/incidents", fire)
    card = lead.locator(f"[data-incident='{incident['id']}']")
    expect(card.locator(".card-address")).to_contain_text("Kampung Baru")
    card.click()
    expect(lead.locator("p", has_text="Kampung Baru")).to_have_text("Sahlgrensgatan, Kampung Baru")


def _a_wrong_code_is_named(page: Page) -> None:
    page.set_input_files("#import-file", outline("Kampung"))  # type: ignore[arg-type]
    expect(page.locator(".problem-list li")).to_contain_text("Kampung")
    expect(page.get_by_role("button", name="Simpan semua baris")).to_have_count(0)
