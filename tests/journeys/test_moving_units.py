"""Units on the map: reached by keyboard, followed until the map is moved, not guessed for long."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ask, ready

pytestmark = pytest.mark.journey

# A layer of its own on the page's map of an empty sea: nothing else is there to be hit or drawn.
BARE_MAP = """async () => {
    const box = document.createElement("div");
    Object.assign(box.style, {position: "fixed", inset: 0, zIndex: 99});
    document.body.append(box);
    const map = L.map(box, {zoomAnimation: false, fadeAnimation: false}).setView([0.9, 108.9], 14);
    const {unitLayer} = await import("/static/map/units.js");
    window.bare = {map, box, layer: unitLayer(map), picked: []};
    window.unit = (id, lon, lat, more = {}) => ({unit_id: id, call_sign: `Uji ${id}`,
        icon: "engine", duty: "available", assignment_status: "en_route",
        lon, lat, speed_kph: 36, heading_deg: 90,
        recorded_at: new Date().toISOString(), eta: null, ...more});
}"""
CARD = ".unit-card:visible"


@pytest.fixture
def bare(desk: Desk) -> Page:
    """An operator's page with a map of our own over it."""
    page = desk.sign_in("operator")
    page.goto("/operator")
    ready(page)
    page.evaluate(BARE_MAP)
    return page


def _rows(page: Page) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = page.evaluate(
        """() => [...bare.box.querySelectorAll(".unit-list li")]
        .map(row => ({...row.dataset, words: row.textContent}))"""
    )
    return rows


def test_the_keyboard_reaches_every_unit_and_follows_it(desk: Desk) -> None:
    page = desk.sign_in("operator")
    page.goto("/operator")
    ready(page)
    page.wait_for_selector(".unit-list li", state="attached")
    page.keyboard.press("u")
    chosen = page.locator(".unit-list [aria-selected=true]")
    expect(chosen).to_have_count(1)
    first = chosen.get_attribute("data-unit")
    page.keyboard.press("ArrowDown")
    expect(chosen).not_to_have_attribute("data-unit", first or "")
    sign = chosen.get_attribute("data-sign") or ""
    page.keyboard.press("Enter")
    card = page.locator(CARD)
    expect(card).to_contain_text(sign)
    expect(card).to_contain_text(f"Peta mengikuti {sign}")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_click_chooses_follows_and_shows_the_trail(bare: Page) -> None:
    bare.evaluate("() => bare.layer.set([unit(1, 108.9, 0.9), unit(2, 108.93, 0.9)])")
    bare.wait_for_function("() => bare.box.querySelectorAll('.unit-list li').length === 2")
    size = bare.viewport_size or {"width": 0, "height": 0}
    bare.mouse.click(size["width"] / 2, size["height"] / 2)
    expect(bare.locator(CARD)).to_contain_text("Peta mengikuti Uji 1")

    before = bare.evaluate("() => bare.map.getCenter().lng")
    bare.evaluate("() => bare.layer.update([unit(1, 108.94, 0.9)])")
    bare.wait_for_function("before => bare.map.getCenter().lng > before + 0.01", arg=before)

    bare.mouse.move(700, 500)
    bare.mouse.down()
    bare.mouse.move(600, 500, steps=5)
    bare.mouse.up()
    expect(bare.locator(CARD)).not_to_contain_text("Peta mengikuti")
    expect(bare.locator(CARD)).to_contain_text("Uji 1")

    with bare.expect_response("**/units/1/track?minutes=15") as answer:
        bare.locator(".unit-card:visible select").select_option("15")
    assert answer.value.ok


def test_a_unit_is_guessed_for_seconds_and_then_goes_back(bare: Page) -> None:
    """36 km/h to the east are 10 m a second: 20 m after 2 s, 40 m after 4 s, in the end none."""
    metres = bare.evaluate(
        """async () => {
        const {Motion} = await import("/static/map/unit-motion.js");
        const metre = 1 / (40075016.68 * Math.cos(0.9 * Math.PI / 180));
        const here = {lon: 108.9, lat: 0.9, speed_kph: 36, heading_deg: 90};
        const run = (point, age_s, calm) => {
            const motion = new Motion(108.9, 0.9);
            motion.arrive(point, age_s, 0, calm);
            return [2, 4, 8, 12, 60].map(s => {
                motion.at((s - age_s) * 1000);
                return Math.round((motion.x - motion.knownX) / metre);
            });
        };
        return {moving: run(here, 0, false), standing: run({...here, speed_kph: 0}, 0, false),
            old: run(here, 20, false), calm: run(here, 0, true),
            nowhere: run({...here, heading_deg: null}, 0, false)};
    }"""
    )
    nothing = [0, 0, 0, 0, 0]
    assert metres["moving"] == [20, 40, 40, 0, 0]
    assert metres == {
        "moving": metres["moving"],
        "standing": nothing,
        "old": nothing,
        "calm": nothing,
        "nowhere": nothing,
    }


def test_age_is_said_and_so_is_the_status(bare: Page) -> None:
    bare.evaluate(
        """() => {
        const before = new Date(Date.now() - 130000).toISOString();
        bare.layer.set([unit(1, 108.9, 0.9, {recorded_at: before}), unit(2, 108.91, 0.9)]);
    }"""
    )
    bare.wait_for_function("() => bare.box.querySelectorAll('.unit-list li').length === 2")
    words = [row["words"] for row in _rows(bare)]
    assert words == ["Uji 1, Menuju lokasi, 2 mnt lalu", "Uji 2, Menuju lokasi"]


def test_crowds_are_drawn_smaller_and_parked_units_side_by_side(bare: Page) -> None:
    one = bare.evaluate(
        """() => {
        bare.layer.set([1, 2, 3, 4, 5, 6].map(i => unit(i, 108.9, 0.9, {assignment_status: null})));
        bare.layer.drawNow();
        const {inView} = bare.layer.drawNow();
        return inView.map(({px, py}) => [Math.round(px), Math.round(py)].join());
    }"""
    )
    assert len(set(one)) == 6, "they stand beside each other"
    sizes = bare.evaluate(
        """() => [300, 3000, 9000].map(count => {
        const spot = i => unit(i, 108.87 + 0.06 * (i % 97) / 97, 0.88 + 0.04 * (i % 89) / 89);
        bare.layer.set(Array.from({length: count}, (_, i) => spot(i + 1)));
        const {inView} = bare.layer.drawNow();
        return [inView.length, inView[0].size];
    })"""
    )
    assert sizes == [[300, "active"], [3000, "small"], [9000, "dot"]]


def test_a_crew_reads_its_own_track_only(desk: Desk) -> None:
    crew = desk.sign_in("crew")
    unit_id = ask(crew, "/reference")["me"]["unit_id"]
    assert ask(crew, f"/units/{unit_id}/track?minutes=60")["minutes"] == 60
    refused = crew.request.get(f"/api/v1/units/{unit_id + 1}/track")
    assert refused.status == 403
    assert "jejak unit Anda" in refused.json()["detail"]
