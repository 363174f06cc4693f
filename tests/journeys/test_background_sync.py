"""The crew's page is closed before there is a signal again: the phone sends all the same."""

import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.services.report_step import report_step
from tests.journeys.crew_phone import SLOW_MS, SLOW_S, begun, kinds, press, until_has
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.shaky import Shaky

pytestmark = pytest.mark.journey

KEPT = """() => new Promise((told, failed) => {
    const opened = indexedDB.open("gis-dispatch-field");
    opened.onerror = failed;
    opened.onsuccess = () => {
        const counted = opened.result.transaction("outbox").objectStore("outbox").count();
        counted.onsuccess = () => { opened.result.close(); told(counted.result); };
    };
})"""


def test_what_was_pressed_is_sent_while_no_page_is_open(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    context, address = crew.context, crew.url
    elsewhere = context.new_page()
    platform.stop()
    first = press(crew, "acknowledged")
    second = press(crew, "en_route")
    crew.close()
    platform.start()

    signal_is_back(context, elsewhere, address)
    for step, pressed in (("acknowledged", first), ("en_route", second)):
        assert pressed.is_when(until_has(platform.house, assignment, step))
    until_nothing_is_kept(elsewhere, address)
    told = kinds(platform.house, assignment)
    assert told.count("assignment.acknowledged") == told.count("assignment.en_route") == 1

    platform.stop()
    try:
        again = context.new_page()
        again.set_default_timeout(SLOW_MS)
        again.goto(address)
        begun(again)
        expect(again.locator("[data-step=on_scene]")).to_be_visible()
        expect(again.locator("#outbox[data-waiting='0']")).to_be_attached()
    finally:
        platform.start()


def test_photos_and_counts_are_sent_too(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    for step in ("acknowledged", "en_route", "on_scene"):
        report_step(platform.house, DISPATCHES, assignment.id, step)
    expect(crew.locator("[data-count=open]")).to_be_visible()
    context, address = crew.context, crew.url
    elsewhere = context.new_page()
    platform.stop()
    picture = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(picture, "JPEG")
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    crew.set_input_files("#camera", [file])  # type: ignore[arg-type]
    expect(crew.locator(".photo.is-waiting img")).to_be_visible()
    crew.locator("[data-count=open]").click()
    crew.locator("[data-more=badly_hurt]").click()
    crew.locator("[data-count=send]").click()
    expect(crew.locator("dialog")).to_have_count(0)
    crew.close()
    platform.start()

    signal_is_back(context, elsewhere, address)
    until_nothing_is_kept(elsewhere, address)
    reads = platform.house.store.reads
    assert len(reads.all("list_photos", incident_id=assignment.incident_id)) == 1
    [count] = reads.all("list_scene_counts", incident_id=assignment.incident_id)
    assert count["badly_hurt"] == 1


def test_a_page_that_is_left_with_something_unsent_asks_to_be_replaced(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    crew.evaluate(
        """() => { window.asked = [];
        SyncManager.prototype.register = async (tag) => { window.asked.push(tag); }; }"""
    )
    platform.stop()
    try:
        press(crew, "acknowledged")
        assert crew.evaluate("window.asked") == [], "while it is looked at it sends by itself"
        crew.evaluate(
            """() => { Object.defineProperty(document, "hidden", { value: true });
            dispatchEvent(new Event("visibilitychange")); }"""
        )
        crew.wait_for_timeout(500)
        assert crew.evaluate("window.asked") == ["field-outbox"]
    finally:
        platform.start()
    until_has(platform.house, assignment, "acknowledged")


def until_nothing_is_kept(page: Page, address: str) -> None:
    """The phone's own memory, read beside the app."""
    page.goto(f"{address}.webmanifest")
    give_up = time.monotonic() + SLOW_S
    while page.evaluate(KEPT):
        assert time.monotonic() < give_up, "something waits"
        page.wait_for_timeout(100)


def signal_is_back(context: BrowserContext, page: Page, address: str) -> None:
    """The browser calls the service worker, as it does when there is a connection again."""
    found: list[dict[str, Any]] = []
    browser = context.new_cdp_session(page)
    browser.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    browser.send("ServiceWorker.enable")
    give_up = time.monotonic() + SLOW_S
    while not found:
        assert time.monotonic() < give_up, "no service worker"
        page.wait_for_timeout(100)
    browser.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": address.removesuffix("/field"),
            "registrationId": found[0]["registrationId"],
            "tag": "field-outbox",
            "lastChance": False,
        },
    )
