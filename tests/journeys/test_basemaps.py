"""Basemaps that somebody dropped in or switched on: chosen, drawn, kept, given up when silent."""

import io
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gis_dispatch.settings import Settings
from tests.databases import Databases
from tests.journeys.browsers import Desk
from tests.journeys.conftest import NOWHERE, free_port
from tests.journeys.serving import LiveServer, first_started, serving
from tests.journeys.talking import DRAWN_PIXELS, ask, ready
from tests.tile_files import write_mbtiles, write_pmtiles

pytestmark = pytest.mark.journey

ZOOM = 13
AROUND = 6
PINK = (255, 0, 170)


@pytest.fixture(scope="module")
def live_server(
    all_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """With pictures in the folder, a file that is none, and the online maps let in."""
    home = tmp_path_factory.mktemp("home")
    (home / "basemaps").mkdir()
    (home / "basemaps/broken.pmtiles").write_bytes(b"not a map" * 40)
    with pytest.MonkeyPatch.context() as patch, all_databases.fresh() as url:
        patch.setenv("GIS_DISPATCH_ONLINE_BASEMAPS", "yes")
        settings = Settings(
            home=home, database_url=url, port=free_port(), workers=1,
            overpass_url=NOWHERE, nominatim_url=NOWHERE, simulate="off",
        )  # fmt: skip
        with serving(settings, url, first_started(settings, url)) as server:
            yield server


def test_what_is_dropped_in_can_be_chosen(desk: Desk, live_server: LiveServer) -> None:
    """Pictures and vectors, with the keyboard; kept over a reload; a broken file is said."""
    page = desk.sign_in("operator")
    folder = live_server.settings.home / "basemaps"
    place = ask(page, "/reference")["map"]
    tiles = _near(place["lon"], place["lat"])
    _pictures(folder / "foto.mbtiles", tiles)
    _vectors(folder / "kota.pmtiles", page, tiles)

    page.goto("/operator")
    ready(page)
    _choose(page, "foto")
    picture = page.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.naturalWidth") == 256
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("Dinas PUPR")
    expect(page.locator(".basemap-problem")).to_contain_text("broken.pmtiles")

    _choose(page, "kota")
    expect(page.locator("#map")).to_have_attribute("data-basemap", "kota")
    page.wait_for_function(DRAWN_PIXELS)
    page.reload()
    ready(page)
    expect(page.locator("#map")).to_have_attribute("data-basemap", "kota")


def test_an_online_map_that_is_silent_gives_way_to_our_own(desk: Desk) -> None:
    """Nobody works on a grey map: it is said, and ours is drawn."""
    page = desk.sign_in("operator")
    page.goto("/operator")
    ready(page)
    page.route(re.compile(r"tile\.openstreetmap\.org"), lambda route: route.abort())
    _choose(page, "osm", kept=False)
    expect(page.locator(".toasts")).to_contain_text("OpenStreetMap")
    expect(page.locator("#map")).to_have_attribute("data-basemap", "city")
    expect(page.locator("label:has(input[value=osm])")).to_contain_text("tidak menjawab")


def _choose(page: Page, basemap: str, *, kept: bool = True) -> None:
    if page.locator(".basemap-box").is_hidden():
        page.locator(".basemap-knob").press("Enter")
    page.locator(f"input[name=basemap][value={basemap}]").focus()
    page.keyboard.press("Space")
    if kept:
        expect(page.locator(f"input[name=basemap][value={basemap}]")).to_be_checked()


def _near(lon: float, lat: float) -> list[tuple[int, int]]:
    side = 2**ZOOM
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    each = range(-AROUND, AROUND + 1)
    return [(x + right, y + down) for right in each for down in each]


def _pictures(path: Path, tiles: list[tuple[int, int]]) -> None:
    image = io.BytesIO()
    Image.new("RGB", (256, 256), PINK).save(image, "PNG")
    said = {
        "name": "Foto udara", "attribution": "Dinas PUPR", "format": "png",
        "minzoom": str(ZOOM), "maxzoom": str(ZOOM),
    }  # fmt: skip
    write_mbtiles(path, {(ZOOM, x, y): image.getvalue() for x, y in tiles}, said)


def _vectors(path: Path, page: Page, tiles: list[tuple[int, int]]) -> None:
    """The same roads as our own map, as a file of somebody else."""
    template = ask(page, "/layers")["basemaps"][0]["tiles"]
    bodies = {
        (ZOOM, x, y): page.request.get(template.format(z=ZOOM, x=x, y=y)).body() for x, y in tiles
    }
    said = {"name": "Kota", "attribution": "Dinas", "vector_layers": [{"id": "roads"}]}
    write_pmtiles(path.with_suffix(".part"), bodies, said).rename(path)
