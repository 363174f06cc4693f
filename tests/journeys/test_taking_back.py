"""A wrong key is taken back with Z, a wrong time corrected; what waits for Kominfo is seen."""

import os
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk

pytestmark = pytest.mark.journey


def _api(page: Page, path: str, body: Any = None) -> Any:
    """Asked with the cookie and the forgery token of whoever sits at this window."""
    token = page.locator("meta[name=csrf-token]").get_attribute("content")
    if body is None:
        answer = page.request.get(f"/api/v1{path}")
    else:
        answer = page.request.post(
            f"/api/v1{path}", data=body, headers={"X-CSRFToken": token or ""}
        )
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def _look(page: Page, name: str) -> None:
    """Somebody who wants to see it names a folder."""
    folder = os.environ.get("GIS_DISPATCH_LOOK")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def _recorded(page: Page) -> Any:
    centre = _api(page, "/reference")["map"]
    call = _api(page, "/calls", {"caller_number": "0812555"})
    _api(page, f"/calls/{call['id']}/answer", {})
    place = {"lon": centre["lon"], "lat": centre["lat"]}
    return _api(page, "/incidents", {"kind": "kebakaran", "call_id": call["id"], **place})


def _desk(desk: Desk) -> Page:
    page = desk.sign_in("lead_operator")
    page.goto("/operator")
    page.wait_for_selector("#operator[data-ready]")
    return page


def test_a_verification_is_taken_back_and_a_time_corrected(desk: Desk) -> None:
    page = _desk(desk)
    incident = _recorded(page)
    page.locator(f"[data-incident='{incident['id']}']").first.click()
    page.wait_for_selector(".case-head")
    page.keyboard.press("v")
    expect(page.locator("[data-undo]")).to_be_visible()
    _look(page, "undo")
    page.keyboard.press("z")
    expect(page.locator(".timeline")).to_contain_text("Langkah ditarik kembali")
    assert _api(page, f"/incidents/{incident['id']}")["status"] == "received"
    page.locator("[data-correct=call]").first.click()
    _look(page, "correct")
    page.fill("dialog [name=reason]", "jam dinding terlambat")
    before = page.input_value("dialog [name=to]")
    hour, minute, second = (before + ":00").split(":")[:3]
    # Nobody answers before it rings: the server says so, and the question stays open.
    earlier = f"{hour}:{(int(minute) + 58) % 60:02}:{second}"
    page.fill("dialog [name=to]", earlier)
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    assert not desk.errors


def test_what_waits_for_the_data_centre_is_on_the_operators_screen(desk: Desk) -> None:
    page = _desk(desk)
    page.keyboard.press("Shift+F9")
    expect(page.locator(".work-scroll h2")).to_have_text("Menunggu pusat data")
    _look(page, "deliveries")
    assert not desk.errors
