"""The map of the way is on the phone before the signal goes: kept in tiles, drawn from there."""

import math
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import PHONE_SIZE, Desk
from tests.journeys.crew_phone import begun
from tests.journeys.talking import DRAWN_PIXELS, ask, ready, sent_to_a_fire

pytestmark = pytest.mark.journey

ZOOMS = (11, 13, 15)
KEPT = """async () => (await (await caches.open("field-tiles")).keys())
    .map((request) => new URL(request.url).pathname)"""
PATIENCE_S = 90


def tile_of(lon: float, lat: float, zoom: int) -> str:
    """The end of the address of the tile in which a place lies."""
    side = 2**zoom
    sin = math.sin(math.radians(lat))
    x = int((lon + 180) / 360 * side)
    y = int((0.5 - math.log((1 + sin) / (1 - sin)) / (4 * math.pi)) * side)
    return f"/{zoom}/{x}/{y}"


def _lacking(page: Page, way: list[Any]) -> set[str]:
    """The tiles of the way that the phone does not have."""
    kept = page.evaluate(KEPT)
    wanted = {tile_of(lon, lat, zoom) for lon, lat in way for zoom in ZOOMS}
    return {end for end in wanted if not any(end in address for address in kept)}


def test_the_map_of_the_way_is_drawn_without_a_signal(desk: Desk) -> None:
    lead = desk.sign_in("lead_operator")
    crew = desk.sign_in("crew", size=PHONE_SIZE)
    crew.goto("/field")
    ready(crew)
    begun(crew)
    unit = ask(crew, f"/units/{ask(crew, '/reference')['me']['unit_id']}")
    assignment = sent_to_a_fire(lead, unit)
    expect(crew.locator("[data-step=acknowledged]")).to_be_visible()
    way = ask(crew, f"/assignments/{assignment['id']}/route")["route"]["coordinates"]
    give_up = time.monotonic() + PATIENCE_S
    while lacking := _lacking(crew, way):
        assert time.monotonic() < give_up, lacking
        crew.wait_for_timeout(500)

    crew.context.set_offline(True)
    crew.reload()
    begun(crew)
    expect(crew.locator("[data-picture=old]")).to_be_visible()
    crew.locator("#map").scroll_into_view_if_needed()
    crew.wait_for_function(DRAWN_PIXELS)
    drawn = crew.locator("#map .leaflet-overlay-pane path")
    assert drawn.count() > 0, "the way itself"
    expect(crew.locator(".field-way")).to_contain_text("km")
