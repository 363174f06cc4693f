"""The crew's phone without a signal: nothing is lost, doubled or misdated."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from gis_dispatch.domain.assignment import STEPS, Assignment
from gis_dispatch.services.cancel_assignment import cancel_assignment
from tests.journeys.browsers import Desk, sign_in
from tests.journeys.crew_phone import SLOW_MS, begun, kinds, press, seen, until_has, until_sent
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.shaky import Shaky
from tests.journeys.talking import ready

pytestmark = pytest.mark.journey


@contextmanager
def unsent(platform: Shaky, context: BrowserContext) -> Iterator[Callable[[], None]]:
    """There is no signal at all when the button is pressed."""
    context.set_offline(True)
    yield lambda: time.sleep(5)
    context.set_offline(False)


@contextmanager
def unanswered(platform: Shaky, _context: BrowserContext) -> Iterator[Callable[[], None]]:
    """The step arrives, its answer does not."""
    platform.wire.deaf = True
    yield lambda: None
    platform.wire.deaf = False


@contextmanager
def stalled(platform: Shaky, _context: BrowserContext) -> Iterator[Callable[[], None]]:
    """Nothing is carried any more and nobody is told; then the connection breaks."""
    platform.wire.stalled = True
    yield lambda: time.sleep(5)
    platform.wire.cut()
    platform.wire.stalled = False


@pytest.mark.parametrize("broken", [unsent, unanswered, stalled])
def test_the_network_may_go_in_the_middle_of_every_step(
    platform: Shaky,
    crew: Page,
    assignment: Assignment,
    broken: Callable[..., "contextmanager[Callable[[], None]]"],
) -> None:
    for step in STEPS:
        with broken(platform, crew.context) as wait:
            pressed = press(crew, step)
            wait()
            if broken is unanswered:
                until_has(platform.house, assignment, step)
        happened_at = until_has(platform.house, assignment, step)
        assert pressed.is_when(happened_at), "when it was pressed, not sent"
        until_sent(crew)
    told = kinds(platform.house, assignment)
    assert [told.count(f"assignment.{step}") for step in STEPS] == [1] * len(STEPS)
    expect(crew.locator("[data-dismiss]")).to_have_count(0)


def test_a_killed_page_opens_without_a_signal_and_goes_on(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    context = crew.context
    context.set_offline(True)
    first = press(crew, "acknowledged")
    crew.close()

    again = context.new_page()
    again.set_default_timeout(SLOW_MS)
    again.goto("/field")
    begun(again)
    expect(again.locator("[data-picture=old]")).to_be_visible()
    expect(again.locator(".field-words")).to_have_text("Asap tebal")
    expect(again.locator("[data-unsent='1']")).to_be_visible()
    again.wait_for_timeout(4000)
    second = press(again, "en_route")
    again.reload()
    begun(again)
    expect(again.locator("[data-step=on_scene]")).to_be_visible()
    expect(again.locator("[data-unsent='2']")).to_be_visible()

    context.set_offline(False)
    for step, pressed in (("acknowledged", first), ("en_route", second)):
        happened_at = until_has(platform.house, assignment, step)
        assert pressed.is_when(happened_at)
    expect(again.locator("[data-picture=old]")).to_have_count(0)
    expect(again.locator("[data-unsent]")).to_have_count(0)


def test_the_server_may_be_started_anew_meanwhile(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    platform.stop()
    try:
        pressed = press(crew, "acknowledged")
        crew.reload()
        begun(crew)
        expect(crew.locator("[data-unsent='1']")).to_be_visible()
    finally:
        platform.start()
    happened_at = until_has(platform.house, assignment, "acknowledged")
    assert pressed.is_when(happened_at)


def test_who_was_called_back_meanwhile_is_told_so(
    platform: Shaky, people: Desk, crew: Page, assignment: Assignment
) -> None:
    desk = people.window()
    sign_in(desk, people.server, "dispatcher")
    desk.goto("/dispatcher")
    ready(desk)
    crew.context.set_offline(True)
    press(crew, "acknowledged")
    cancel_assignment(platform.house, DISPATCHES, assignment.id, "Sudah padam")
    crew.context.set_offline(False)
    refusal = crew.locator(".field-refused")
    expect(refusal).to_contain_text("Sudah padam")
    assert seen(platform.house, assignment)["acknowledged_at"] is None
    assert kinds(platform.house, assignment)[-1] == "assignment.not_taken"
    said = desk.locator(".toast", has_text="not taken")
    expect(said).to_contain_text("“Job acknowledged”")
    expect(said).to_contain_text("Sudah padam")
    log = people.window()
    sign_in(log, people.server, "operator")
    log.goto("/operator")
    log.locator(f"[data-incident='{assignment.incident_id}']").first.click()
    expect(log.locator(".timeline")).to_contain_text("a report from its phone was not taken")
    crew.reload()
    begun(crew)
    expect(refusal, "until it was read").to_be_visible()
    crew.locator("[data-dismiss=step]").click()
    expect(refusal).to_have_count(0)
