"""The crew's page is closed before there is a signal again: the phone sends all the same."""

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from gis_dispatch.domain.assignment import Assignment
from tests.journeys.crew_phone import SLOW_MS, SLOW_S, begun, kinds, press, until_has
from tests.journeys.shaky import Shaky

pytestmark = pytest.mark.journey


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
    told = kinds(platform.house, assignment)
    assert told.count("assignment.acknowledged") == told.count("assignment.en_route") == 1

    platform.stop()
    try:
        again = context.new_page()
        again.set_default_timeout(SLOW_MS)
        again.goto(address)
        begun(again)
        expect(again.locator("[data-step=on_scene]")).to_be_visible()
        expect(again.locator("[data-unsent]")).to_have_count(0)
    finally:
        platform.start()


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
