"""Whose phone it is, how it is pressed with gloves, and what it brings from the scene."""

import time
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_users import create_user
from gis_dispatch.services.report_step import report_step
from tests.consoles.town import PASSWORD
from tests.journeys.browsers import PHONE_SIZE, Desk, sign_in
from tests.journeys.crew_phone import SLOW_MS, begun, kinds, press, seen, until_has, until_sent
from tests.journeys.dispatching import DISPATCHES
from tests.journeys.shaky import Shaky
from tests.looking import events_of

pytestmark = pytest.mark.journey


def test_two_phones_of_one_crew_see_the_same_and_nothing_is_doubled(
    platform: Shaky, people: Desk, crew: Page, assignment: Assignment
) -> None:
    other = people.window(PHONE_SIZE)
    other.set_default_timeout(SLOW_MS)
    sign_in(other, people.server, "crew")
    other.goto("/field")
    begun(other)

    crew.context.set_offline(True)
    press(crew, "acknowledged")
    time.sleep(2)
    press(other, "acknowledged")
    first_at = until_has(platform.house, assignment, "acknowledged")
    crew.context.set_offline(False)
    expect(crew.locator(".field-refused")).to_be_visible()
    assert seen(platform.house, assignment)["acknowledged_at"] == first_at
    assert kinds(platform.house, assignment).count("assignment.acknowledged") == 1

    press(other, "en_route")
    expect(crew.locator("[data-step=on_scene]")).to_be_visible()
    # The earlier press may still be told beside it: which of the two goes first is the clock's.
    expect(crew.locator(".toast", has_text="“En route” at")).to_contain_text("another phone")


def test_what_one_person_pressed_is_sent_by_that_person_only(
    platform: Shaky, people: Desk, crew: Page, assignment: Assignment
) -> None:
    create_user(
        platform.house, SYSTEM_ACTOR, username="crew.lain", display_name="Kru lain", role="crew",
        agency_code="damkar", unit_id=1, locale="en", password=PASSWORD,
    )  # fmt: skip
    crew.context.set_offline(True)
    press(crew, "acknowledged")
    crew.context.clear_cookies()
    crew.context.set_offline(False)
    expect(crew.locator("#outbox a[href='/sign-in?next=/field']")).to_be_visible()
    assert seen(platform.house, assignment)["acknowledged_at"] is None

    def enter(username: str) -> None:
        crew.goto("/sign-in?next=/field")
        crew.fill("#username", username)
        crew.fill("#password", PASSWORD)
        crew.press("#password", "Enter")
        crew.wait_for_url("**/field")
        begun(crew)

    enter("crew.lain")
    expect(crew.locator("#outbox")).to_contain_text("crew")
    crew.wait_for_timeout(6000)
    assert seen(platform.house, assignment)["acknowledged_at"] is None
    crew.context.clear_cookies()
    enter("crew")
    until_has(platform.house, assignment, "acknowledged")
    [event] = [e for e in events_of(platform.house.store) if _acknowledges(e, assignment)]
    assert event["actor"] == "Crew"


def _acknowledges(event: Row, assignment: Assignment) -> bool:
    return bool(
        event["assignment_id"] == assignment.id and event["kind"] == "assignment.acknowledged"
    )


def test_two_taps_are_one_step_and_a_step_can_be_taken_back(
    platform: Shaky, crew: Page, assignment: Assignment
) -> None:
    crew.locator("[data-step=acknowledged]").dblclick()
    crew.locator("[data-undo=acknowledged]").click()
    expect(crew.locator("[data-step=acknowledged]")).to_be_visible()
    crew.wait_for_timeout(5000)
    assert seen(platform.house, assignment)["acknowledged_at"] is None
    crew.locator("[data-step=acknowledged]").dblclick()
    until_has(platform.house, assignment, "acknowledged")
    crew.wait_for_timeout(2000)
    assert seen(platform.house, assignment)["status"] == "acknowledged", "not one step further"
    for button in crew.locator(".field-step").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 64, button.inner_text()
    crew.locator(".field-help").click()
    for button in crew.locator("dialog .dialog-foot .button").all():
        box = button.bounding_box()
        assert box is not None and box["height"] >= 64, button.inner_text()


def test_photos_and_counts_wait_too_and_are_seen_at_the_desk(
    platform: Shaky, people: Desk, crew: Page, assignment: Assignment
) -> None:
    for step in ("acknowledged", "en_route", "on_scene"):
        report_step(platform.house, DISPATCHES, assignment.id, step)
    expect(crew.locator("[data-count=open]")).to_be_visible()
    crew.context.set_offline(True)
    picture = BytesIO()
    exif = Image.Exif()
    exif[315] = "Nama Pemilik"
    Image.linear_gradient("L").resize((3000, 2000)).convert("RGB").save(picture, "JPEG", exif=exif)
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    crew.set_input_files("#camera", [file])
    expect(crew.locator(".photo.is-waiting img")).to_be_visible()
    crew.locator("[data-count=open]").click()
    for _ in range(2):
        crew.locator("[data-more=badly_hurt]").click()
    crew.locator("[data-count=send]").click()
    expect(crew.locator("dialog")).to_have_count(0)  # it closes when the phone has it
    crew.reload()
    begun(crew)
    expect(crew.locator(".photo.is-waiting img")).to_be_visible()

    crew.context.set_offline(False)
    until_sent(crew)
    reads = platform.house.store.reads
    [photo] = reads.all("list_photos", incident_id=assignment.incident_id)
    assert (photo["width"], photo["height"]) == (2048, 1365)
    assert b"Nama" not in bytes(reads.one("get_photo", id=photo["id"])["content"])
    [count] = reads.all("list_scene_counts", incident_id=assignment.incident_id)
    assert (count["badly_hurt"], count["dead"]) == (2, 0)

    desk = people.window()
    desk.set_default_timeout(SLOW_MS)
    sign_in(desk, people.server, "dispatcher")
    desk.goto("/dispatcher")
    desk.locator(f"[data-referral='{assignment.referral_id}']").first.click()
    expect(desk.locator(".scene .photo img")).to_be_visible()
    expect(desk.locator(".scene")).to_contain_text("2 badly hurt")


def test_signing_out_leaves_nothing_to_read_on_the_phone(platform: Shaky, crew: Page) -> None:
    crew.evaluate("document.querySelector(\"form[action='/sign-out']\").requestSubmit()")
    crew.wait_for_url("**/sign-in**")
    left = crew.evaluate(
        """async () => {
            const opened = await new Promise((resolve) => {
                const asked = indexedDB.open("gis-dispatch-field");
                asked.onsuccess = () => resolve(asked.result);
            });
            const count = await new Promise((resolve) => {
                const asked = opened.transaction("pictures").objectStore("pictures").count();
                asked.onsuccess = () => resolve(asked.result);
            });
            return [count, (await caches.keys()).filter((name) => name === "field-page")];
        }"""
    )
    assert left == [0, []]
