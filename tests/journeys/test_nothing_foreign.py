"""Every page of every role works with no other host in the world, and nothing on it fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browsers import CHROMIUM_ARGUMENTS, Desk, find_chromium
from tests.journeys.listening import Ear, fonts_in_use
from tests.journeys.serving import LiveServer
from tests.journeys.talking import READY, accept, ask, tell

pytestmark = pytest.mark.journey

NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
ADMIN_PARTS = (
    "units", "stations", "phones", "imports", "crews", "layers", "agencies", "kinds", "plans",
    "clocks", "users", "tokens", "walls", "deliveries", "roads", "profiles",
)  # fmt: skip
PAGES = {
    "operator": ["/operator", "/planner", "/replay", "/handover"],
    "lead_operator": ["/operator", "/dispatcher", "/readiness", "/planner", "/replay", "/handover"],
    "dispatcher": ["/dispatcher", "/readiness", "/planner", "/replay", "/handover"],
    "crew": ["/field"],
    "planner": ["/planner", "/replay"],
    "administrator": [
        *(f"/admin#{part}" for part in ADMIN_PARTS),
        "/operator", "/dispatcher", "/readiness", "/planner", "/replay", "/handover",
        "/try/data-centre",
    ],
}  # fmt: skip
"""Every page that a role may open."""
OURS = ("Inter", True)
SHARE = 0.95
TEXT = "h1, h2, p, span, strong, label, td, th, button"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for which no other host exists."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*CHROMIUM_ARGUMENTS, NO_OTHER_HOST]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def fire(chromium: Browser, live_server: LiveServer) -> dict[str, Any]:
    """Something to see on the pages: a fire to which a unit was sent, and a closed road."""
    desk = Desk(chromium, live_server)
    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    place = {"lon": 11.967, "lat": 57.7075}
    incident = tell(
        lead,
        "/incidents",
        {"kind": "kebakaran.bangunan", **place, "method": "pin", "verified": True},
    )
    path = f"/incidents/{incident['id']}"
    [referral] = tell(lead, f"{path}/referrals", {"agencies": ["damkar"]})["items"]
    accept(lead, referral)
    best = ask(lead, f"{path}/ranking?agency=damkar")["ranked"][0]["unit"]["id"]
    tell(lead, f"{path}/assignments", {"referral_id": referral["id"], "unit_ids": [best]})
    desk.close()
    return dict(incident)


@pytest.mark.parametrize("role", PAGES)
def test_nothing_of_a_role_needs_another_host(
    chromium: Browser, live_server: LiveServer, fire: dict[str, Any], role: str
) -> None:
    desk = Desk(chromium, live_server)
    page = desk.window()
    ear = Ear()
    ear.listen(page)
    page.goto("/sign-in")
    assert _drawn_with_our_font(page)
    person = live_server.person(role)
    page.fill("#username", person.username)
    page.fill("#password", person.password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    for path in PAGES[role]:
        page.goto(path)
        page.wait_for_load_state("load")
        if "#" not in path and not path.startswith("/try"):
            page.wait_for_selector(READY, state="attached")
        page.wait_for_timeout(1500)  # tiles, fonts and what is read after the first drawing
        assert _drawn_with_our_font(page), path
        assert not ear.nothing(), f"{path}: {ear.nothing()}"
    desk.close()
    assert len(ear.asked) > 10


def _drawn_with_our_font(page: Page) -> bool:
    """But for a sign or two that no font for text has, such as ≤. Code has a font of its own."""
    page.evaluate("() => document.fonts.ready.then(() => true)")
    fonts = fonts_in_use(page, f"body :is({TEXT}):not(:has(code, pre, textarea))")
    return fonts[OURS] > SHARE * fonts.total() > 0


def test_the_map_to_take_along_needs_no_host_at_all(
    chromium: Browser, live_server: LiveServer, fire: dict[str, Any], tmp_path: Path
) -> None:
    desk = Desk(chromium, live_server)
    planner = desk.sign_in("planner")
    answer = planner.request.get("/api/v1/maps/incidents.html")
    assert answer.ok, answer.text()
    taken = tmp_path / "incidents.html"
    taken.write_bytes(answer.body())
    page = desk.window()
    ear = Ear()
    ear.listen(page)
    page.goto(taken.as_uri())
    page.wait_for_selector(".leaflet-container")
    page.wait_for_timeout(1500)
    assert not ear.nothing()
    assert {url.partition(":")[0] for url in ear.asked} <= {"file", "data", "blob"}
    desk.close()


def test_the_ear_hears_what_it_is_there_for(chromium: Browser, live_server: LiveServer) -> None:
    desk = Desk(chromium, live_server)
    page = desk.window()
    ear = Ear()
    ear.listen(page)
    page.goto("/sign-in")
    assert not ear.nothing()
    page.evaluate(
        """() => {
        document.body.append(Object.assign(new Image(), {src: "https://tile.openstreetmap.org/0/0/0.png"}));
        fetch("/nothing-here");
        document.body.style.fontFamily = "serif";
    }"""
    )
    page.wait_for_timeout(1500)
    heard = ear.nothing()
    assert any("img-src" in said for said in heard["said in the console"])
    assert any("/nothing-here: 404" in said for said in heard["did not arrive"])
    assert not _drawn_with_our_font(page)

    from_file = desk.window()
    foreign = Ear()
    foreign.listen(from_file)
    from_file.set_content('<img src="https://tile.openstreetmap.org/0/0/0.png">')
    from_file.wait_for_timeout(1500)
    assert foreign.foreign == ["https://tile.openstreetmap.org/0/0/0.png"]
    assert "NAME_NOT_RESOLVED" in foreign.failed[0]
    desk.close()
