"""A step pressed by mistake is taken back on the phone itself: sent already, unsent, unheard."""

import time

import pytest
from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.services.report_step import report_step
from tests.journeys.crew_phone import begun, kinds, press, seen, until_has, until_sent
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.shaky import Shaky
from tests.looking import events_of

pytestmark = pytest.mark.journey

HELD_S = 4.5
"""A step that was held so long has been sent."""


def take_back(page: Page, step: str) -> float:
    page.locator(f"[data-undo={step}]").click()
    expect(page.locator(f"[data-step={step}]")).to_be_visible()
    return time.time()


def test_a_step_that_was_sent_is_taken_back_within_its_minute(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    press(crew, "acknowledged")
    until_has(platform.house, assignment, "acknowledged")
    until_sent(crew)
    crew.reload()
    begun(crew)
    take_back(crew, "acknowledged")
    until_sent(crew)
    assert seen(platform.house, assignment)["status"] == "dispatched"
    assert kinds(platform.house, assignment)[-2:] == [
        "assignment.acknowledged",
        "assignment.undone",
    ]
    expect(crew.locator("[data-undo]")).to_have_count(0)


def test_without_a_signal_it_is_taken_back_as_soon_as_there_is_one(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    press(crew, "acknowledged")
    until_has(platform.house, assignment, "acknowledged")
    until_sent(crew)
    crew.context.set_offline(True)
    pressed_at = take_back(crew, "acknowledged")
    crew.reload()
    begun(crew)
    expect(crew.locator("[data-step=acknowledged]")).to_be_visible()
    expect(crew.locator("[data-step=en_route]")).to_have_count(0)
    crew.context.set_offline(False)
    until_sent(crew)
    assert seen(platform.house, assignment)["status"] == "dispatched"
    [event] = [e for e in events_of(platform.house.store) if _undoes(e, assignment)]
    assert abs(event["occurred_at"].timestamp() - pressed_at) < 3, "when it was pressed"


def _undoes(event: dict[str, object], assignment: Assignment) -> bool:
    return (event["assignment_id"], event["kind"]) == (assignment.id, "assignment.undone")


def test_a_step_whose_answer_was_lost_is_taken_back_once_and_surely(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    platform.wire.deaf = True
    try:
        press(crew, "acknowledged")
        until_has(platform.house, assignment, "acknowledged")
        take_back(crew, "acknowledged")
    finally:
        platform.wire.deaf = False
    until_sent(crew)
    told = kinds(platform.house, assignment)
    assert seen(platform.house, assignment)["status"] == "dispatched"
    assert (told.count("assignment.acknowledged"), told.count("assignment.undone")) == (1, 1)


def test_an_end_pressed_by_mistake_brings_the_job_back(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    for step in ("acknowledged", "en_route", "on_scene"):
        report_step(platform.house, DISPATCHES, assignment.id, step)
    press(crew, "cleared")
    until_has(platform.house, assignment, "cleared")
    expect(crew.locator("[data-step=cleared]")).to_have_count(0)
    expect(crew.locator(".field-address")).to_have_count(0)
    crew.locator("[data-undo=cleared]").click()
    expect(crew.locator(".field-address")).to_be_visible()
    expect(crew.locator("[data-step=cleared]")).to_be_visible()
    assert seen(platform.house, assignment)["status"] == "on_scene"


def test_what_another_followed_meanwhile_stays_and_both_sides_are_told(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    press(crew, "acknowledged")
    until_has(platform.house, assignment, "acknowledged")
    until_sent(crew)
    crew.context.set_offline(True)
    take_back(crew, "acknowledged")
    report_step(platform.house, DISPATCHES, assignment.id, "en_route")
    crew.context.set_offline(False)
    expect(crew.locator(".field-refused")).to_contain_text("en route")
    assert seen(platform.house, assignment)["status"] == "en_route"
    assert kinds(platform.house, assignment)[-1] == "assignment.not_taken"
