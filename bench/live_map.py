"""How soon a console's map is there, from the click to the last tile painted; tiles by zoom.

Cold is a browser that has nothing yet; warm is the same page again. The very first one is asked
of a server that has made no tile. The limit beside it, in the same run: an empty page of the
same server in the same browser.
"""

import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bench.ranking_server import Running, platform
from bench.saying import Teller
from gis_dispatch.maps.basemaps import OWN, get_basemap

ROUNDS = 5
ZOOMS = range(8, 16)
AROUND = 2
"""Tiles each way from the middle of the city."""
CHROMIUM = ("/usr/bin/chromium", "--no-sandbox", "--disable-gpu")
DESK = ViewportSize(width=1440, height=900)
DRAWN = "performance.getEntriesByName('basemap')[0].startTime"


def measure(teller: Teller) -> None:
    """The city is the file that BENCH_MAP_FILE names, or the sample city."""
    named = os.environ.get("BENCH_MAP_FILE")
    with (
        platform(Path(named) if named else None, 50, 2, 1) as running,
        sync_playwright() as playwright,
    ):
        program, *arguments = CHROMIUM
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        _first_map(teller, running, browser)
        context = signed_in(browser, running, "operator")
        _tiles(teller, context)
        browser.close()


def signed_in(browser: Browser, running: Running, role: str) -> BrowserContext:
    """A new profile that holds a session and nothing else: no file of any page."""
    person = running.person(role)
    context = browser.new_context(base_url=running.settings.address, viewport=DESK)
    page = context.request.get("/sign-in").text()
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    form: dict[str, str | float | bool] = {
        "username": person.username,
        "password": person.password,
        "csrf_token": token,
    }
    context.request.post("/sign-in", form=form)
    return context


def _first_map(teller: Teller, running: Running, browser: Browser) -> None:
    cold, warm, empty = [], [], []
    for number in range(ROUNDS):
        context = signed_in(browser, running, "operator")
        page = context.new_page()
        page.goto("/healthz")
        empty.append(float(page.evaluate("performance.now()")))
        drawn = _drawn_ms(page)
        if number == 0:
            teller.say(part="map", what="first of all, no tile made yet", ms=round(drawn))
        else:
            cold.append(drawn)
        warm.append(_drawn_ms(page))
        context.close()
    for what, took in (("cold browser", cold), ("warm browser", warm), ("empty page", empty)):
        teller.say(
            part="map", what=what, p50_ms=round(float(np.median(took))), max_ms=round(max(took))
        )


def _drawn_ms(page: Page) -> float:
    page.goto("/operator", wait_until="commit")
    page.wait_for_selector("[data-basemap]", timeout=60_000)
    return float(page.evaluate(DRAWN))


def _tiles(teller: Teller, context: BrowserContext) -> None:
    basemap = get_basemap(OWN)
    place = context.request.get("/api/v1/reference").json()["map"]
    for zoom in ZOOMS:
        made: list[float] = []
        kept: list[float] = []
        sizes: list[int] = []
        for x, y in _near(zoom, place["lon"], place["lat"]):
            # An address that nobody has asked for yet is made; the same again comes from the shelf.
            address = basemap.tiles.format(z=zoom, x=x, y=y)
            for took in (made, kept):
                began = time.perf_counter()
                body = context.request.get(address).body()
                took.append((time.perf_counter() - began) * 1000)
            sizes.append(len(body))
        teller.say(
            part="tiles of the city", zoom=zoom, tiles=len(made), **_told("made", made),
            **_told("kept", kept), largest_kb=round(max(sizes) / 1024, 1),
        )  # fmt: skip


def _told(what: str, took_ms: Sequence[float]) -> dict[str, Any]:
    p50, p95 = np.percentile(took_ms, [50, 95])
    return {f"{what}_p50_ms": round(float(p50), 1), f"{what}_p95_ms": round(float(p95), 1)}


def _near(zoom: int, lon: float, lat: float) -> list[tuple[int, int]]:
    side = 2**zoom
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    each = range(-AROUND, AROUND + 1)
    return [(x + right, y + down) for right in each for down in each]
