"""The chat of a case on the crew's phone: new words are loud until read, own ones wait in turn."""

import time

import pytest
from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import CREW, Actor
from gis_dispatch.services.chat import list_unread, read_chat, say
from tests.journeys.browsers import Desk, sign_in
from tests.journeys.crew_phone import SLOW_MS, begun, until_sent
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.shaky import Shaky

pytestmark = pytest.mark.journey


def _crew(platform: Shaky) -> Actor:
    user_id = platform.house.store.reads.value("user_of_name", username="crew")
    return Actor(user_id, "Crew", CREW, "damkar", 1)


def test_what_the_desk_writes_is_loud_until_it_was_read(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    say(platform.house, DISPATCHES, "Jembatan putus", assignment.incident_id)
    new = crew.locator(".field-unread")
    expect(new).to_contain_text("Jembatan putus")
    expect(new).to_contain_text("Agus")
    crew.context.set_offline(True)
    crew.locator("[data-chat=read]").click()
    expect(new).to_have_count(0)
    expect(crew.locator(".field-chat")).to_contain_text("Jembatan putus")
    crew.reload()
    begun(crew)
    expect(crew.locator(".field-chat"), "also without a signal").to_contain_text("Jembatan putus")
    expect(new).to_have_count(0)
    crew.context.set_offline(False)
    say(platform.house, DISPATCHES, "Lewat utara", assignment.incident_id)
    expect(new).to_contain_text("Lewat utara")
    expect(new).not_to_contain_text("Jembatan")
    crew.locator("[data-chat=read]").click()
    give_up = time.monotonic() + 20
    while list_unread(platform.house, _crew(platform), sees_all=False):
        assert time.monotonic() < give_up, "the server was never told that it was read"
        time.sleep(0.1)


def test_what_the_crew_writes_without_a_signal_comes_with_its_time(
    platform: Shaky, people: Desk, crew: Page, assignment: Assignment
) -> None:
    crew.context.set_offline(True)
    crew.locator("[data-chat=write]").click()
    crew.locator("dialog textarea").fill("Butuh tangki air")
    crew.locator("dialog [type=submit]").click()
    written_at = time.time()
    expect(crew.locator(".field-chat")).to_contain_text("Butuh tangki air")
    crew.reload()
    begun(crew)
    expect(crew.locator(".field-chat")).to_contain_text("Butuh tangki air")
    crew.wait_for_timeout(3000)
    assert not read_chat(platform.house, DISPATCHES, assignment.incident_id, None)["items"]
    crew.context.set_offline(False)
    until_sent(crew)
    [message] = read_chat(platform.house, DISPATCHES, assignment.incident_id, None)["items"]
    assert (message["text"], message["role"]) == ("Butuh tangki air", "crew")
    assert abs(message["at"].timestamp() - written_at) < 3
    expect(crew.locator(".field-message")).to_contain_text("Butuh tangki air")
    expect(crew.locator(".field-unread"), "one's own words are not new").to_have_count(0)

    desk = people.window()
    desk.set_default_timeout(SLOW_MS)
    sign_in(desk, people.server, "dispatcher")
    desk.goto("/dispatcher")
    desk.locator(f"[data-referral='{assignment.referral_id}']").first.click()
    expect(desk.locator(".chat")).to_contain_text("Butuh tangki air")
