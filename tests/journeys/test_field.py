"""The crew's phone: its position goes out by itself; a step pressed without signal is not lost."""

import time
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.browsers import PHONE_SIZE, Desk
from tests.journeys.crew_phone import press, until_sent
from tests.journeys.talking import ask, ready, sent_to_a_fire

pytestmark = pytest.mark.journey


def test_a_phone_sends_its_position_and_keeps_steps_without_signal(desk: Desk) -> None:
    lead = desk.sign_in("lead_operator")
    crew = desk.sign_in("crew", size=PHONE_SIZE)
    crew.context.grant_permissions(["geolocation"])
    crew.context.set_geolocation({"longitude": 11.99, "latitude": 57.71, "accuracy": 9})
    crew.goto("/field")
    ready(crew)
    unit = ask(crew, f"/units/{ask(crew, '/reference')['me']['unit_id']}")
    assignment = sent_to_a_fire(lead, unit)

    crew.locator("[data-step=acknowledged]").click()
    expect(crew.locator("[data-step=en_route]")).to_be_visible()
    expect(crew.locator("#position [data-ago]")).to_be_visible()
    [position] = [p for p in ask(lead, "/positions")["items"] if p["unit_id"] == unit["id"]]
    assert (position["source"], position["lon"], position["lat"]) == ("field", 11.99, 57.71)

    until_sent(crew)
    crew.context.set_offline(True)
    pressed = press(crew, "en_route")
    time.sleep(3)
    assert ask(lead, f"/assignments/{assignment['id']}")["status"] == "acknowledged"
    crew.context.set_offline(False)
    until_sent(crew)
    kept = ask(lead, f"/assignments/{assignment['id']}")
    assert kept["status"] == "en_route"
    told = datetime.fromisoformat(kept["en_route_at"])
    assert pressed.is_when(told), "the time it was pressed, not when it was sent"
