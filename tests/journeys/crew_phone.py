"""A crew's phone in the hands of a test: what is on it, what it pressed, what the server has."""

import time
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.ports import House, Row
from tests.journeys.talking import READY
from tests.looking import events_of

SLOW_MS = 60_000
SLOW_S = SLOW_MS / 1000
IDLE = "#outbox[data-link=idle][data-waiting='0']"


def begun(page: Page) -> None:
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector("body[data-offline=ready]", state="attached")
    page.wait_for_selector(".field-job")


def seen(house: House, assignment: Assignment) -> Row:
    return house.store.reads.one("get_assignment", id=assignment.id)


def until_has(house: House, assignment: Assignment, step: str) -> datetime:
    """When the step happened, once the server has it."""
    give_up = time.monotonic() + SLOW_S
    while not (at := seen(house, assignment)[f"{step}_at"]):
        assert time.monotonic() < give_up, f"{step} never came"
        time.sleep(0.1)
    stamp: datetime = at
    return stamp


def until_sent(page: Page) -> None:
    """Nothing waits on the phone any more."""
    page.wait_for_selector(IDLE, state="attached", timeout=SLOW_MS)


@dataclass(frozen=True)
class Pressed:
    """Between which moments a button was pressed."""

    after: float
    before: float

    def is_when(self, happened_at: datetime) -> bool:
        """Whether this is that time; a page knows the server's clock to a second."""
        return self.after - 1.5 <= happened_at.timestamp() <= self.before + 1.5


def press(page: Page, step: str) -> Pressed:
    """One tap, and the page has it."""
    button = page.locator(f"[data-step={step}]:enabled")
    button.wait_for()
    after = time.time()
    button.click()
    before = time.time()
    expect(page.locator(f"[data-undo={step}]")).to_be_visible(timeout=SLOW_MS)
    return Pressed(after, before)


def kinds(house: House, assignment: Assignment) -> list[str]:
    return [e["kind"] for e in events_of(house.store) if e["assignment_id"] == assignment.id]
