"""Layers on consoles: one TOML and one query make one, an uploaded file makes one."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gis_dispatch import assets
from gis_dispatch.settings import Settings
from tests.databases import Databases
from tests.journeys.browsers import PHONE_SIZE, Desk
from tests.journeys.conftest import NOWHERE, free_port
from tests.journeys.serving import LiveServer, first_started, serving
from tests.journeys.talking import ready

pytestmark = pytest.mark.journey

QUERY = """-- name: layer_sirens(west, south, east, north)
-- How far a siren on each station is heard.
SELECT id, ST_Buffer(point::geography, 900)::geometry AS geometry, name, kind
FROM stations
WHERE :west::float8 IS NULL OR point && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
"""
LAYER = """title_id = "{title}"
title_en = "{title}"
shape = "polygon"
query = "layer_sirens"
served = "{served}"
refresh = "once"
roles = ["operator", "dispatcher", "crew", "planner", "administrator"]
zoom = [3, 22]
label = "name"

[[styles]]
when = {{ kind = "hospital" }}
name_id = "Di rumah sakit"
name_en = "On a hospital"
colour = "#ff00aa"
icon = "hospital"

[[styles]]
name_id = "Di pos lain"
name_en = "On another post"
colour = "{colour}"
icon = "sound"
"""
TILES, WHOLE = "#00ffee", "#aaff00"

# How much of a map's own layers is drawn in about this colour, whatever lies under or over it.
DRAWN = """colour => {
    const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
    let found = 0;
    for (const canvas of document.querySelectorAll(".leaflet-layers-pane canvas")) {
        if (!canvas.width) continue;
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        for (let i = 0; i < data.length; i += 4) {
            const off = [r, g, b].reduce((sum, part, j) => sum + Math.abs(data[i + j] - part), 0);
            if (data[i + 3] > 10 && off < 24) found += 1;
        }
    }
    return found > 200;
}"""


@pytest.fixture(scope="module")
def live_server(
    all_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The platform from a copy of the product whose folders have two more layers in them."""
    root = assets.checkout()
    assert root is not None
    product = tmp_path_factory.mktemp("product")
    for folder in ("gis_dispatch", "layers", "basemaps", "sql", "web"):
        shutil.copytree(root / folder, product / folder)
    shutil.copy(root / "pyproject.toml", product)
    (product / "sql/queries/sirens.sql").write_text(QUERY, encoding="utf-8")
    for name, served, colour in (("sirens", "tiles", TILES), ("sirens_near", "geojson", WHOLE)):
        text = LAYER.format(title=f"Sirene {served}", served=served, colour=colour)
        (product / f"layers/{name}.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, all_databases.fresh() as url:
        patch.setenv("PYTHONPATH", str(product))
        patch.setenv("GIS_DISPATCH_NODE_MODULES", str(assets.node_modules()))
        settings = Settings(
            home=tmp_path_factory.mktemp("home"), database_url=url, port=free_port(), workers=1,
            overpass_url=NOWHERE, nominatim_url=NOWHERE, simulate="off",
        )  # fmt: skip
        with serving(settings, url, first_started(settings, url)) as server:
            yield server


def test_one_toml_and_one_query_make_a_layer(desk: Desk) -> None:
    """In the list with its legend, drawn through both doors, switched by keys, remembered."""
    page = desk.sign_in("operator")
    page.goto("/operator")
    ready(page)
    for colour in (TILES, WHOLE):
        page.wait_for_function(DRAWN, arg=colour)
    page.keyboard.press("l")
    row = page.locator("[data-layer=sirens]")
    expect(row.locator(".layer-title")).to_have_text("Sirene tiles")
    expect(row.locator(".layer-legend li")).to_have_text(["Di rumah sakit", "Di pos lain"])
    expect(row.locator(".layer-legend .layer-swatch svg use").first).to_have_attribute(
        "href", "#icon-hospital"
    )
    for name in ("sirens", "sirens_near"):
        page.locator(f"[data-layer={name}] input").focus()
        page.keyboard.press("Space")
        expect(page.locator(f"[data-layer={name}] input")).not_to_be_checked()
    page.wait_for_function(f"() => !({DRAWN})('{TILES}') && !({DRAWN})('{WHOLE}')")
    page.keyboard.press("Escape")
    expect(page.locator(".layer-panel")).to_be_hidden()
    page.reload()
    ready(page)
    page.keyboard.press("l")
    expect(page.locator("[data-layer=sirens] input")).not_to_be_checked()
    expect(page.locator("[data-layer=closures] input")).to_be_checked()


def _hydrants(path: Path, colour_column: str) -> Path:
    place = (11.9616, 57.7010)
    features = [
        {
            "type": "Feature",
            "properties": {colour_column: f"H{n}"},
            "geometry": {"type": "Point", "coordinates": [place[0] + n * 0.0005, place[1]]},
        }
        for n in range(20)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_an_uploaded_file_is_on_an_open_console_at_once(desk: Desk, tmp_path: Path) -> None:
    """A wrong file is told feature by feature; a right one is a layer on a phone that is open."""
    crew = desk.sign_in("crew", size=PHONE_SIZE)
    crew.goto("/field")
    ready(crew)
    crew.locator(".layer-knob").click()
    expect(crew.locator("[data-layer=stations]")).to_be_visible()

    admin = desk.sign_in("administrator")
    admin.goto("/admin#layers")
    wrong = tmp_path / "rusak.geojson"
    wrong.write_text('{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]}')
    _send(admin, wrong)
    expect(admin.locator(".problem-list li")).to_contain_text("Fitur 1")
    _send(admin, _hydrants(tmp_path / "hidran.geojson", "nama"))
    admin.locator("#layer-title_id").fill("Hidran PDAM")
    admin.locator("#layer-title_en").fill("Hydrants")
    admin.locator("#layer-label").select_option("nama")
    admin.locator(".layer-form [type=submit]").click()
    expect(admin.locator(".table")).to_contain_text("Hidran PDAM")
    row = crew.locator("[data-layer^=upload-]")
    expect(row.locator(".layer-title")).to_have_text("Hidran PDAM")

    admin.get_by_role("button", name="Hapus", exact=True).click()
    admin.locator("dialog [type=submit]").click()
    expect(row).to_have_count(0)


def _send(admin: Page, file: Path) -> None:
    admin.locator("#layer-file").set_input_files(file)
