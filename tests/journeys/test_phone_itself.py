"""The screen that has to stay on, a battery that runs low, what is dangerous at the place."""

import time

import pytest
from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.services.cancel_assignment import cancel_assignment
from tests.consoles.town import PLACE
from tests.journeys.browsers import Desk
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.phone_itself import BATTERY, NO_LOCK, SCREEN, Standing, crew_page, stand
from tests.journeys.shaky import Shaky
from tests.journeys.talking import ready

pytestmark = pytest.mark.journey

HELD = "() => window.screenLock.held.size === {many}"
LOOKED_AT_AGAIN = """() => {
    for (let times = 0; times < 3; times += 1) {
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }
}"""
LOCK_REFUSED = "The phone will not keep its screen on"


def test_the_screen_is_kept_on_with_a_job_and_given_back_without(
    platform: Shaky, people: Desk, assignment: Assignment
) -> None:
    page = crew_page(people, SCREEN)
    page.wait_for_function(HELD.format(many=1))
    expect(page.locator("#phone")).not_to_contain_text("screen")
    cancel_assignment(platform.house, DISPATCHES, assignment.id, "Sudah padam")
    page.wait_for_function(HELD.format(many=0))
    expect(page.locator("#phone")).not_to_contain_text("screen")


def test_a_phone_that_will_not_keep_its_screen_on_is_said_and_asked_again(
    people: Desk, assignment: Assignment
) -> None:
    page = crew_page(people, SCREEN + "window.screenLock.refusing = true;")
    expect(page.locator("#phone")).to_contain_text(LOCK_REFUSED)
    page.evaluate("window.screenLock.refusing = false")
    page.evaluate(LOOKED_AT_AGAIN)
    page.wait_for_timeout(2500)
    assert page.evaluate("window.screenLock.held.size") == 1, "one lock, however often it is asked"
    expect(page.locator("#phone")).not_to_contain_text(LOCK_REFUSED)
    page.evaluate("[...window.screenLock.held][0].release()")
    expect(page.locator("#phone"), "the phone took it back").to_contain_text(LOCK_REFUSED)


def test_a_browser_that_cannot_keep_the_screen_on_is_said(
    people: Desk, assignment: Assignment
) -> None:
    page = crew_page(people, NO_LOCK)
    expect(page.locator("#phone")).to_contain_text("This browser cannot keep the screen on")


def _points(platform: Shaky) -> list[int | None]:
    with platform.house.store.transaction() as tx:
        rows = tx.connection.exec_driver_sql(  # type: ignore[attr-defined]  # of the real store
            "SELECT battery_percent FROM positions WHERE source = 'field' ORDER BY recorded_at"
        )
        return [row[0] for row in rows]


def _walk(page: Page, seconds: int) -> None:
    for step in range(seconds):
        stand(page, Standing(PLACE["lon"] + 0.00001 * step, PLACE["lat"]))
        page.wait_for_timeout(1000)


def test_a_low_battery_is_said_and_the_position_is_sent_more_rarely(
    platform: Shaky, people: Desk, assignment: Assignment
) -> None:
    before = len(_points(platform))
    at = Standing(**PLACE)
    page = crew_page(people, BATTERY.replace("LEVEL", "0.14"), at=at)
    expect(page.locator("#phone")).to_contain_text("Battery 14 %")
    expect(page.locator("#phone")).to_contain_text("every 30 seconds")
    _walk(page, 14)
    assert _points(platform)[before:] == [14], "one in 30 seconds"
    page.evaluate("battery.charging = true; battery.dispatchEvent(new Event('chargingchange'))")
    expect(page.locator("#phone")).not_to_contain_text("Battery")
    give_up = time.monotonic() + 30
    while len(_points(platform)) - before < 3:
        assert time.monotonic() < give_up, "every 5 seconds again"
        _walk(page, 2)


NETWORK = """
INSERT INTO road_networks VALUES ('v1', 'file', 'Simpang', '© OpenStreetMap contributors',
    'ODbL-1.0', false, now(), 4, 6, true, 'sum');
INSERT INTO land_sites (version, id, kind, class, name, details, point) VALUES
('v1', 0, 'hydrant', 'pillar', NULL, '{}', ST_SetSRID(ST_Point(108.9855, 0.905), 4326)),
('v1', 1, 'hazard', 'fuel', 'SPBU Diponegoro', '{}', ST_SetSRID(ST_Point(108.986, 0.905), 4326)),
('v1', 2, 'hazard', 'chemical', 'Gudang', '{}', ST_SetSRID(ST_Point(108.987, 0.905), 4326)),
('v1', 3, 'hazard', 'gas', 'Jauh', '{}', ST_SetSRID(ST_Point(109.05, 0.905), 4326));
"""


def test_what_is_dangerous_there_is_shown_nearest_first_also_without_a_signal(
    platform: Shaky, people: Desk, assignment: Assignment
) -> None:
    with platform.house.store.transaction() as tx:
        tx.connection.exec_driver_sql(NETWORK)  # type: ignore[attr-defined]
    try:
        page = crew_page(people)
        box = page.locator(".field-hazards")
        hazards, water = box.locator("ul.tone-red li"), box.locator("ul.tone-blue li")
        expect(hazards).to_have_count(2)
        expect(hazards.first).to_contain_text("Fuel SPBU Diponegoro · 110 m")
        expect(hazards.last).to_contain_text("Chemicals Gudang")
        expect(water).to_contain_text("Hydrant")
        expect(water).to_contain_text("60 m")
        page.context.set_offline(True)
        page.reload()
        page.wait_for_selector(".field-job")
        expect(hazards.first).to_contain_text("SPBU Diponegoro")
    finally:
        with platform.house.store.transaction() as tx:
            tx.connection.exec_driver_sql("DELETE FROM road_networks")  # type: ignore[attr-defined]


def test_nothing_dangerous_takes_no_room(people: Desk, assignment: Assignment) -> None:
    page = crew_page(people)
    ready(page)
    expect(page.locator(".field-hazards")).to_have_count(0)
