"""The operator's minute: from the ring to the agencies with the keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsers import PHONE_SIZE, Desk

pytestmark = pytest.mark.journey


def _open_console(desk: Desk, role: str = "operator", **kwargs: Any) -> Page:
    page = desk.sign_in(role, **kwargs)
    page.goto("/operator")
    page.wait_for_selector("#operator[data-ready]")
    expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")
    return page


def _ask(page: Page, path: str) -> Any:
    """Asked with the cookie of whoever sits at this window."""
    answer = page.request.get(f"/api/v1{path}")
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def _place(page: Page, north_m: float = 0) -> str:
    centre = _ask(page, "/reference")["map"]
    return f"{centre['lat'] + north_m / 111_320:.6f}, {centre['lon']:.6f}"


def _take_call(page: Page, number: str) -> None:
    with page.expect_response(re.compile(r"/calls/\d+/answer$")):
        page.keyboard.press("F2")
    expect(page.locator("#in-caller_number")).to_be_focused()
    page.keyboard.type(number)


def _type_place(page: Page, text: str) -> None:
    page.keyboard.press("F4")
    page.keyboard.type(text)
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    expect(page.locator("#in-kind")).to_be_focused()


def test_a_call_reaches_the_agencies_without_the_mouse(desk: Desk) -> None:
    page = _open_console(desk)
    _take_call(page, "081255501234")
    _type_place(page, _place(page))
    page.keyboard.type("1.1")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    expect(page.locator("#in-description")).to_be_focused()
    page.keyboard.type("Ruko terbakar, asap tebal")
    page.keyboard.press("F8")
    expect(page.locator("#in-verified")).to_be_checked()
    page.keyboard.press("Control+Enter")
    ticked = page.locator(".agency-row input:checked")
    expect(ticked.first).to_be_visible()
    proposed = [tick.get_attribute("value") for tick in ticked.all()]
    expect(page.locator("button[form=refer]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".badge[data-status=sent]")).to_have_count(len(proposed))

    [incident] = [
        one
        for one in _ask(page, "/incidents?status=open")["items"]
        if one["description"] == "Ruko terbakar, asap tebal"
    ]
    assert incident["status"] == "dispatched"
    assert incident["kind"] == "kebakaran.bangunan"
    assert incident["location"]["verified"]
    assert incident["location"]["method"] == "coordinates"
    assert [agency["code"] for agency in incident["agencies"]] == proposed
    page.reload()  # the case that was open is open again
    expect(page.locator(".badge[data-status=sent]")).to_have_count(len(proposed))


def test_a_reload_loses_nothing_that_was_typed(desk: Desk) -> None:
    page = _open_console(desk)
    _take_call(page, "081255505678")
    _type_place(page, _place(page, north_m=2500))
    page.keyboard.press("F6")
    page.keyboard.type("2.1")
    page.keyboard.press("Enter")
    page.keyboard.type("dua motor")
    page.reload()
    page.wait_for_selector("#intake")
    expect(page.locator("#in-caller_number")).to_have_value("081255505678")
    expect(page.locator("#in-description")).to_have_value("dua motor")
    expect(page.locator("[name=priority][value='1']")).to_be_checked()
    expect(page.locator(".place-line")).not_to_have_class(re.compile("is-missing"))
    page.keyboard.press("Alt+s")
    expect(page.locator("#intake")).to_have_count(0)


def test_a_late_list_of_calls_takes_nothing_from_who_types(desk: Desk) -> None:
    page = desk.sign_in("operator")
    held: list[Route] = []
    page.route(re.compile(r"/calls\?state=open"), lambda route: held.append(route))
    page.goto("/operator")
    page.wait_for_selector("#operator[data-ready]")
    _take_call(page, "0812")
    with page.expect_response(re.compile(r"/calls\?state=open")):
        for route in held:
            route.continue_()
    page.unroute_all(behavior="ignoreErrors")
    page.keyboard.type("55503333")
    expect(page.locator("#in-caller_number")).to_have_value("081255503333")
    page.keyboard.press("Alt+s")
    expect(page.locator("#intake")).to_have_count(0)


def test_one_key_closes_a_prank_and_a_second_takes_it_back(desk: Desk) -> None:
    page = _open_console(desk)
    _take_call(page, "081255500000")
    page.keyboard.press("Alt+p")
    expect(page.locator("#intake")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator("#in-caller_number")).to_have_value("081255500000")
    page.keyboard.press("Alt+p")
    expect(page.locator("#intake")).to_have_count(0)
    with page.expect_response(lambda answer: answer.url.endswith("/close")) as closing:
        pass
    call = closing.value.json()
    assert call["disposition"] == "prank"
    assert call["incident_id"] is None
    assert call["id"] in {one["id"] for one in _ask(page, "/calls?state=all")["items"]}


def test_a_second_caller_is_added_to_the_incident_that_is_known(desk: Desk) -> None:
    page = _open_console(desk)
    _take_call(page, "081255501111")
    _type_place(page, _place(page, north_m=-1500))
    page.keyboard.type("4.6")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    page.keyboard.type("pohon di jalan")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#refer .agency-row")
    page.keyboard.press("Escape")

    _take_call(page, "081255502222")
    _type_place(page, _place(page, north_m=-1470))
    expect(page.locator(".nearby-row")).to_have_count(1)
    page.keyboard.press("F9")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    [incident] = [
        one
        for one in _ask(page, "/incidents?status=open")["items"]
        if one["description"] == "pohon di jalan"
    ]
    assert incident["call_count"] == 2


def test_a_call_from_the_telephone_system_rings_at_once(desk: Desk) -> None:
    answering, watching = _open_console(desk), _open_console(desk, "lead_operator")
    answering.evaluate(
        """async () => (await import("/static/shared/api.js")).api.post("/calls",
        {caller_number: "081255503333", channel: "telephony", external_id: "pbx-1"})"""
    )
    ringing = "[data-ring]:has-text('081255503333')"
    for page in (answering, watching):
        expect(page.locator(ringing)).to_be_visible()
    answering.keyboard.press("F3")
    expect(answering.locator("#in-caller_number")).to_have_value("081255503333")
    expect(watching.locator(ringing)).to_have_count(0)
    answering.keyboard.press("Alt+h")
    expect(answering.locator("#intake")).to_have_count(0)


def test_the_console_fits_a_phone(desk: Desk) -> None:
    page = _open_console(desk, size=PHONE_SIZE)
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wider, "the page scrolls sideways"
    page.click("[data-tab-button=queue]")
    expect(page.locator("#new-call")).to_be_visible()
    page.click("[data-map-button]")
    expect(page.locator("#map")).to_be_visible()
