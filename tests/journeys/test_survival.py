"""Whatever breaks, every console says so, catches up by itself, and tells everything once."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk, sign_in
from tests.journeys.shaky import Shaky
from tests.journeys.talking import READY

pytestmark = pytest.mark.journey

COUNT = """async () => {
    const named = [...document.querySelectorAll("link[rel=modulepreload]")];
    const modules = await Promise.all(named.map((link) => import(link.href)));
    const { live } = modules.find((module) => module.live);
    window.told = [];
    live.on("", (event) => window.told.push(event.id));
}"""
KNOWN = """[...document.querySelectorAll("[data-call], [data-incident]")]
    .map((card) => [card.dataset.call ?? "", card.dataset.incident ?? ""].join("/")).sort()"""
AWAY_MS = 90_000  # a busy machine; a console looks again after twelve seconds at most


def begin_work(page: Page) -> None:
    """A console that has drawn itself, and counts what it is told."""
    page.wait_for_selector(READY, state="attached")
    quiet(page)
    page.evaluate(COUNT)


def at_work(people: Desk, role: str) -> Page:
    """Somebody at the own console."""
    page = people.window()
    page.set_default_timeout(AWAY_MS)
    sign_in(page, people.server, role)
    page.goto("/operator" if role == "operator" else "/dispatcher")
    begin_work(page)
    return page


def until(page: Page, asked: str, answer: object) -> None:
    """Asked from outside: the page itself may not evaluate anything."""
    give_up = time.monotonic() + AWAY_MS / 1000
    while (found := page.evaluate(asked)) != answer:
        assert time.monotonic() < give_up, found
        page.wait_for_timeout(100)


@contextmanager
def nothing_missed(platform: Shaky, *pages: Page) -> Iterator[None]:
    """What happens inside is told on every page, once and in order."""
    before = platform.newest()
    yield
    platform.happen(calls=1)
    for page in pages:
        expected = platform.events_after(before, page.evaluate("document.body.dataset.user"))
        until(page, "window.told.at(-1)", expected[-1])
        told = [id for id in page.evaluate("window.told") if id > before]
        assert told == expected


def band(page: Page, words: str) -> None:
    expect(page.locator("[data-stale-band]")).to_contain_text(re.compile(words), timeout=AWAY_MS)
    expect(page.locator("[data-stale-band]")).to_be_visible()


def quiet(page: Page) -> None:
    expect(page.locator("[data-live-state]")).to_have_attribute(
        "data-state", "live", timeout=AWAY_MS
    )
    expect(page.locator("[data-stale-band]")).to_be_hidden()


def begin_to_type(page: Page) -> None:
    page.keyboard.press("F2")
    expect(page.locator("#in-caller_number")).to_be_focused()
    page.keyboard.type("0812555")


def still_typing(page: Page) -> None:
    expect(page.locator("#in-caller_number")).to_be_focused()
    page.keyboard.type("01")
    expect(page.locator("#in-caller_number")).to_have_value("081255501")


def test_the_server_is_stopped_and_started_again(platform: Shaky, people: Desk) -> None:
    operator = at_work(people, "operator")
    dispatcher = at_work(people, "dispatcher")
    begin_to_type(operator)
    with nothing_missed(platform, operator, dispatcher):
        platform.stop()
        for page in (operator, dispatcher):
            band(page, r"\d\d:\d\d:\d\d")
        platform.happen(calls=3)
        platform.start()
        for page in (operator, dispatcher):
            quiet(page)
    still_typing(operator)


def test_the_database_is_killed_and_comes_back(platform: Shaky, people: Desk) -> None:
    operator = at_work(people, "operator")
    with nothing_missed(platform, operator):
        bring_back = platform.kill_database()
        band(operator, r"(basis data|database)")
        bring_back()
        platform.happen(calls=3)
        quiet(operator)


def test_a_thousand_events_while_a_laptop_sleeps(platform: Shaky, people: Desk) -> None:
    operator = at_work(people, "operator")
    with nothing_missed(platform, operator):
        chrome = operator.context.new_cdp_session(operator)
        chrome.send("Page.setWebLifecycleState", {"state": "frozen"})
        platform.wire.stalled = True
        platform.happen(calls=5, others=995)
        platform.wire.cut()
        platform.wire.stalled = False
        chrome.send("Page.setWebLifecycleState", {"state": "active"})
    quiet(operator)
    fresh = at_work(people, "operator")
    until(fresh, KNOWN, operator.evaluate(KNOWN))
    assert len([card for card in fresh.evaluate(KNOWN) if not card.startswith("/")]) >= 5


def test_a_browser_is_offline_for_a_while(platform: Shaky, people: Desk) -> None:
    operator = at_work(people, "operator")
    with nothing_missed(platform, operator):
        operator.context.set_offline(True)
        platform.wire.cut()
        band(operator, r"\d\d:\d\d:\d\d")
        platform.happen(calls=2, others=300)
        operator.context.set_offline(False)
        quiet(operator)


def test_a_proxy_that_cuts_stalls_and_halves(platform: Shaky, people: Desk) -> None:
    operator = at_work(people, "operator")
    with nothing_missed(platform, operator):
        for _ in range(3):
            platform.wire.cut()
            platform.happen(calls=1)
        quiet(operator)
        platform.wire.stalled = True  # nobody is told that nothing is carried any more
        platform.happen(calls=1)
        band(operator, r"\d\d:\d\d:\d\d")
        platform.wire.stalled = False
        quiet(operator)
        platform.wire.dripping = True
        platform.happen(calls=1, others=50)
    platform.wire.dripping = False


def test_of_two_tabs_one_holds_the_stream_and_the_other_takes_over(
    platform: Shaky, people: Desk
) -> None:
    first = at_work(people, "operator")
    second = first.context.new_page()
    second.set_default_timeout(AWAY_MS)
    second.goto("/operator")
    begin_work(second)
    with nothing_missed(platform, first, second):
        platform.happen(calls=2)
    with nothing_missed(platform, second):
        first.close()
        platform.happen(calls=2)
