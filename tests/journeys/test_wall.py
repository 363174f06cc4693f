"""The wall: paired by a code, then never touched: a call, a server that is gone, the end of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Response, Route, expect

from tests.journeys.browsers import Desk, Size
from tests.journeys.serving import LiveServer
from tests.journeys.talking import accept, ask, ready, tell

pytestmark = pytest.mark.journey

WALL_SIZE = Size(width=1920, height=1080)
NAME, NUMBER, WORDS = "Rahasia Bin Tertanda", "0899112233445", "anak saya bernama Melati"


@pytest.fixture
def display(desk: Desk) -> Iterator[Page]:
    """A display that hangs there, and remembers every byte that it was sent."""
    page = desk.window(WALL_SIZE)
    page.goto("/wall")
    yield page


def pair(admin: Page, code: str, name: str) -> None:
    admin.goto("/admin#walls")
    admin.locator("[data-new]").click()
    admin.fill("[name=code]", code.lower())
    admin.fill("[name=name]", name)
    admin.press("[name=name]", "Enter")
    expect(admin.locator(".table")).to_contain_text(name)


def test_a_wall_from_its_code_to_its_end(
    desk: Desk, display: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    heard: list[str] = []

    def hear(answer: Response) -> None:
        if answer.ok and "/vendor/" not in answer.url and "/static/" not in answer.url:
            try:
                heard.append(f"{answer.url} {answer.text()}")
            except (Error, UnicodeDecodeError):  # a tile is no text; a page that went has none
                heard.append(answer.url)

    display.on("response", hear)
    admin = desk.sign_in("administrator")
    pair(admin, display.locator("#code").inner_text(), "Ruang kendali")
    expect(display.locator("body")).to_have_attribute("data-ready", "yes", timeout=30_000)
    expect(display.locator("#calls")).to_have_attribute("data-state", "calm")
    assert (
        display.evaluate("document.querySelectorAll('main:not([inert]) *:is(a,button)').length")
        == 0
    )

    lead = desk.sign_in("lead_operator")
    ready(lead)
    call = tell(lead, "/calls", {"caller_number": NUMBER, "caller_name": NAME})
    expect(display.locator("#calls")).to_have_attribute("data-state", "ringing")
    tell(lead, f"/calls/{call['id']}/answer", {})
    expect(display.locator("#calls")).to_have_attribute("data-state", "calm")
    unit = next(
        one for one in ask(lead, "/units?agency=damkar")["items"]
        if one["duty"] == "available" and one["station"]
    )  # fmt: skip
    station = unit["station"]
    incident = tell(
        lead,
        "/incidents",
        {
            "call_id": call["id"], "kind": "kebakaran", "description": WORDS, "verified": True,
            "method": "pin", "lon": station["lon"] + 0.004, "lat": station["lat"],
        },
    )  # fmt: skip
    row = display.locator(f"#incidents [data-number='{incident['number']}']")
    expect(row).to_be_visible()
    path = f"/incidents/{incident['id']}"
    [referral] = tell(lead, f"{path}/referrals", {"agencies": ["damkar"]})["items"]
    expect(display.locator("#referrals")).to_contain_text(incident["number"])
    accept(lead, referral)
    sent = {"referral_id": referral["id"], "unit_ids": [unit["id"]]}
    [work] = tell(lead, f"{path}/assignments", sent)["items"]
    for step, done in (("acknowledged", 2), ("en_route", 2), ("on_scene", 3)):
        tell(lead, f"/assignments/{work['id']}/steps", {"step": step})
        expect(row.locator("[data-state=done]")).to_have_count(done)
    display.screenshot(path=tmp_path / "wall.png")

    dead_and_back(display)
    loads_a_newer_page(display)
    admin.reload()
    admin.locator(".table .button").first.click()
    admin.locator("dialog [type=submit]").click()
    expect(display.locator("#code")).to_be_visible(timeout=20_000)
    everything = "\n".join(heard)
    assert "/api/v1/wall" in everything and incident["number"] in everything
    for private in (NAME, NUMBER, WORDS, "caller_"):
        assert private not in everything, private


def dead_and_back(display: Page) -> None:
    """Nothing answers any more; then it does."""
    display.context.set_offline(True)
    expect(display.locator("#stale")).to_be_visible(timeout=25_000)
    expect(display.locator("body")).to_have_attribute("data-stale", "yes")
    display.context.set_offline(False)
    expect(display.locator("#stale")).to_be_hidden(timeout=20_000)


def loads_a_newer_page(display: Page) -> None:
    """The server's screens are other ones than those that hang there."""

    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"version": "newer"})

    display.evaluate("() => { window.before = true; }")
    display.route("**/api/v1/wall", newer)
    display.wait_for_function("() => !window.before")
    display.unroute("**/api/v1/wall")
    expect(display.locator("body")).to_have_attribute("data-ready", "yes", timeout=30_000)
