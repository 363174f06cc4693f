"""What a phone's position shows is asked of the crew on its page; a move to another station too."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.from_position import Rules
from gis_dispatch.ports import Row
from gis_dispatch.services.order_moves import order_moves
from gis_dispatch.services.propose_steps import propose_steps
from gis_dispatch.services.report_step import report_step
from tests.consoles.town import PLACE
from tests.journeys.browsers import Desk
from tests.journeys.crew_phone import begun, kinds, seen, until_has, until_sent
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.phone_itself import Standing, crew_page, stand
from tests.journeys.shaky import Shaky
from tests.looking import events_of

pytestmark = pytest.mark.journey

FAR = Standing(PLACE["lon"] + 0.02, PLACE["lat"])
THERE = Standing(**PLACE)
RULES = Rules(stay_s=8.0)
"""As by setting: a test has less patience than a fire."""
PATIENCE_S = 90


@pytest.fixture
def driving(platform: Shaky, people: Desk, assignment: Assignment) -> Page:
    """The crew is on its way, and its phone tells where it is."""
    for step in ("acknowledged", "en_route"):
        report_step(platform.house, DISPATCHES, assignment.id, step)
    return crew_page(people, at=FAR)


def arrive(page: Page, platform: Shaky, *, automatic: bool = False) -> None:
    """The phone stands at the place until the worker, played here, sees the arrival."""
    give_up = time.monotonic() + PATIENCE_S
    step = 0
    while not propose_steps(platform.house, RULES, automatic=automatic):
        assert time.monotonic() < give_up, "no arrival was seen"
        step += 1
        stand(page, Standing(THERE.lon + 0.000001 * (step % 2), THERE.lat))
        page.wait_for_timeout(1000)


def proposed_at(platform: Shaky, assignment: Assignment) -> datetime:
    return datetime.fromisoformat(seen(platform.house, assignment)["proposal"]["seen_at"])


def test_an_arrival_by_position_is_confirmed_with_one_tap_and_has_its_time(
    platform: Shaky, driving: Page, assignment: Assignment
) -> None:
    page = driving
    arrive(page, platform)
    expect(page.locator(".field-proposal")).to_contain_text("“On scene”")
    assert seen(platform.house, assignment)["on_scene_at"] is None, "not without the crew"
    came_at = proposed_at(platform, assignment)
    page.locator("[data-confirm=on_scene]").click()
    assert until_has(platform.house, assignment, "on_scene") == came_at
    expect(page.locator(".field-proposal")).to_have_count(0)
    expect(page.locator("[data-step=cleared]")).to_be_visible()


def test_an_arrival_that_is_none_is_declined_also_without_a_signal(
    platform: Shaky, driving: Page, assignment: Assignment
) -> None:
    page = driving
    arrive(page, platform)
    expect(page.locator("[data-decline=on_scene]")).to_be_visible()
    page.context.set_offline(True)
    page.locator("[data-decline=on_scene]").click()
    expect(page.locator(".field-proposal")).to_have_count(0)
    expect(page.locator("[data-step=on_scene]")).to_be_visible()
    page.context.set_offline(False)
    until_sent(page)
    assert kinds(platform.house, assignment)[-1] == "assignment.declined"
    assert seen(platform.house, assignment)["on_scene_at"] is None
    assert propose_steps(platform.house, RULES) == 0, "the same stay asks once"


def test_by_setting_an_arrival_counts_by_itself_and_the_page_says_who_entered_it(
    platform: Shaky, driving: Page, assignment: Assignment
) -> None:
    page = driving
    expect(page.locator("[data-step=on_scene]")).to_be_visible()
    arrive(page, platform, automatic=True)
    expect(page.locator("[data-step=cleared]")).to_be_visible()
    expect(page.locator(".field-proposal")).to_have_count(0)
    [event] = [e for e in events_of(platform.house.store) if _arrives(e, assignment)]
    assert event["source"] == "device"


def _arrives(event: Row, assignment: Assignment) -> bool:
    return bool(event["assignment_id"] == assignment.id and event["kind"] == "assignment.on_scene")


@pytest.fixture
def second_station(platform: Shaky) -> Iterator[int]:
    with platform.house.store.transaction() as tx:
        tx.connection.exec_driver_sql(  # type: ignore[attr-defined]  # of the real store
            "INSERT INTO stations (id, name, kind, agency_code, point) OVERRIDING SYSTEM VALUE"
            " VALUES (50, 'Pos Utara', 'fire_station', 'damkar',"
            " ST_SetSRID(ST_MakePoint(108.99, 0.93), 4326)) ON CONFLICT (id) DO NOTHING"
        )
    yield 50


@pytest.mark.parametrize("signal", [True, False], ids=["signal", "no signal"])
def test_an_order_to_stand_by_elsewhere_is_answered_on_the_phone(
    platform: Shaky, people: Desk, second_station: int, signal: bool
) -> None:
    page = crew_page(people)
    order = page.locator("#move-order")
    expect(order).to_be_hidden()
    moves = [{"unit_id": 1, "station_id": second_station}]
    [move_id] = order_moves(platform.house, DISPATCHES, moves)
    expect(order).to_contain_text("Stand by at Pos Utara")
    link = order.locator("a[href^='geo:']")
    expect(link).to_have_attribute("href", "geo:0.93,108.99?q=0.93,108.99")
    if not signal:
        page.context.set_offline(True)
    pressed_at = time.time()
    order.get_by_role("button", name="We are there").click()
    expect(order).to_be_hidden()
    if not signal:
        page.reload()
        begun(page)
        expect(page.locator("[data-unsent='1']")).to_be_visible()
        page.context.set_offline(False)
    until_sent(page)
    move = platform.house.store.reads.one("get_move", id=move_id)
    assert move["status"] == "arrived"
    assert abs(move["ended_at"].timestamp() - pressed_at) < 3, "when it was pressed"
