"""One whole call, four people at once: from the ring to the monthly report, on real roads."""

import re
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.browsers import PHONE_SIZE, Desk
from tests.journeys.flooding import flood_the_best_way
from tests.journeys.talking import ask, ready, tell

pytestmark = pytest.mark.journey

STORY = "Ruko dua lantai terbakar, ada orang di dalam"
# In the sample city Pos Damkar Pusat is there first, and Pos Damkar Barat half a minute later.
BETWEEN_TWO_STATIONS = (11.96162, 57.70102)

MARKER = """sign => {
    const {lon, lat} = document.querySelector(`[data-unit][data-sign="${sign}"]`)?.dataset ?? {};
    return lon && `${lon} ${lat}`;
}"""


def test_one_call_from_the_ring_to_the_monthly_report(desk: Desk) -> None:
    operator = _open(desk, "operator", "/operator")
    dispatcher = _open(desk, "dispatcher", "/dispatcher", username="damkar")
    crew = _open(desk, "crew", "/field", size=PHONE_SIZE)
    planner = desk.sign_in("planner")
    admin = desk.sign_in("administrator")

    unit = ask(crew, f"/units/{ask(crew, '/reference')['me']['unit_id']}")
    incident = _take_and_refer(operator, *BETWEEN_TWO_STATIONS)
    card = dispatcher.locator(".referral-card.is-sent")
    expect(card).to_have_count(1)
    expect(dispatcher).to_have_title(re.compile(r"^\(1\) "))

    _make_ready(dispatcher)
    _flood_the_best_way(dispatcher, operator)
    _send(dispatcher, unit)
    _drive_and_clear(crew, dispatcher, operator, admin, unit, incident)

    dispatcher.keyboard.press("s")
    dispatcher.fill("dialog [name=note]", "Api padam, dua orang dievakuasi")
    dispatcher.keyboard.press("Control+Enter")
    expect(dispatcher.locator(".referral-card")).to_have_count(0)

    _close(operator, incident)
    _delivered(admin, incident)
    _in_the_monthly_report(planner, incident)


def _open(desk: Desk, role: str, path: str, **kwargs: Any) -> Page:
    page = desk.sign_in(role, **kwargs)
    page.goto(path)
    ready(page)
    return page


def _take_and_refer(page: Page, lon: float, lat: float) -> dict[str, Any]:
    """Steps 2 to 5: answer, pin, look for duplicates, verify, refer to the fire service alone."""
    with page.expect_response(re.compile(r"/calls/\d+/answer$")):
        page.keyboard.press("F2")
    expect(page.locator("#in-caller_number")).to_be_focused()
    page.keyboard.type("081255507777")
    page.keyboard.press("F4")
    page.keyboard.type(f"{lat}, {lon}")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    with page.expect_response(re.compile(r"/incidents/nearby")) as nearby:
        page.keyboard.press("Enter")
    assert nearby.value.json()["items"] == [], "nothing is known here yet"
    page.keyboard.type("1.1")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    expect(page.locator("#in-description")).to_be_focused()
    page.keyboard.type(STORY)
    page.keyboard.press("F8")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".agency-row input:checked").first).to_be_visible()
    proposed = page.locator(".agency-row input:checked").all()
    for agency in [row.get_attribute("value") for row in proposed]:
        page.set_checked(f".agency-row input[value={agency}]", agency == "damkar")
    page.locator("button[form=refer]").click()
    expect(page.locator(".badge[data-status=sent]")).to_have_count(1)
    [incident] = [
        one for one in ask(page, "/incidents?status=open")["items"] if one["description"] == STORY
    ]
    return dict(incident)


def _make_ready(page: Page) -> None:
    """Step 6: acknowledge, check crew and equipment, accept."""
    page.keyboard.press("a")
    for check in ("crew_ok", "equipment_ok", "vehicle_ok"):
        page.check(f".readiness [name={check}]")
    page.click(".readiness button[value=yes]")
    expect(page.locator(".readiness-facts .badge[data-status=ready]")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#send")).to_be_visible()


def _order(page: Page) -> list[str]:
    return page.locator(".rank-row .rank-name strong").all_inner_texts()


def _flood_the_best_way(page: Page, operator: Page) -> None:
    """Draw water across the best unit's way with the mouse: the order changes, and says why."""
    before = _order(page)
    assert len(before) > 3
    left_out = page.locator(".left-out li")
    assert left_out.count() > 0, "units that cannot go are named with their reason"
    flood_the_best_way(page)
    expect(page.locator(".rank-row .rank-name strong").first).not_to_have_text(before[0])
    assert _order(page) != before
    expect(page.locator(".rank-row", has_text="banjir").first).to_be_visible()
    expect(operator.locator(".closure-label", has_text="banjir")).to_be_visible()


def _send(page: Page, crew_unit: dict[str, Any]) -> None:
    """Step 7: the crew whose phone we hold and the best of the others, at once."""
    others = page.locator(f".rank-row:not([data-unit='{crew_unit['id']}'])")
    for unit_id in (crew_unit["id"], others.first.get_attribute("data-unit")):
        page.check(f"#send-{unit_id}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".assignment")).to_have_count(2)
    expect(page.locator(".assignment", has_text=crew_unit["call_sign"])).to_be_visible()


def _drive_and_clear(
    crew: Page,
    dispatcher: Page,
    operator: Page,
    admin: Page,
    unit: dict[str, Any],
    incident: dict[str, Any],
) -> None:
    """The crew presses its buttons, its phone reports by the OsmAnd protocol, everyone sees it."""
    sign = unit["call_sign"]
    for step in ("acknowledged", "en_route"):
        crew.locator(f"[data-step={step}]").click()
        expect(_badge(dispatcher, sign, step)).to_be_visible()
    [assignment] = ask(crew, f"/assignments?state=open&unit_id={unit['id']}")["items"]
    way = ask(crew, f"/assignments/{assignment['id']}/route")["route"]["coordinates"]
    phone = tell(admin, "/devices", {"label": "Ponsel regu", "unit_id": unit["id"]})
    consoles = (operator, dispatcher, crew)
    before = [_marker(page, sign) for page in consoles]
    for lon, lat in _points(way):
        answer = httpx.post(
            f"{admin.url.split('/admin')[0]}/phones/osmand",
            data={
                "id": phone["device_identifier"],
                "timestamp": int(time.time()),
                "lat": lat,
                "lon": lon,
                "speed": 22.0,  # knots
                "bearing": 90,
                "accuracy": 6,
                "batt": 71,
            },
        )
        assert answer.status_code == 200, answer.text
        time.sleep(1.1)
    for page, old in zip(consoles, before, strict=True):
        page.wait_for_function(f"([sign, old]) => ({MARKER})(sign) !== old", arg=[sign, old])
    for arrives in (
        dispatcher.locator(".fleet-unit", has_text=sign).locator(".eta"),
        dispatcher.locator(".assignment", has_text=sign).locator(".eta"),
        dispatcher.locator(f"[data-unit][data-sign='{sign}']"),
        crew.locator(".eta"),
    ):
        expect(arrives).to_contain_text(re.compile(r"tiba \d\d:\d\d"))
    expect(dispatcher.locator(".fleet-unit", has_text=sign).locator(".fleet-age")).to_be_visible()
    for step in ("on_scene", "cleared"):
        crew.locator(f"[data-step={step}]").click()
        expect(_badge(dispatcher, sign, step)).to_be_visible()
    # The other unit says by radio that it is not needed: the dispatcher calls it back.
    other = dispatcher.locator(".assignment").filter(has_not_text=sign)
    other.locator(".button-danger").click()
    dispatcher.fill("dialog [name=reason]", "Cukup satu regu")
    dispatcher.keyboard.press("Control+Enter")
    expect(dispatcher.locator(".assignment .badge[data-status=cancelled]")).to_be_visible()
    assert ask(operator, f"/incidents/{incident['id']}")["status"] == "in_progress"


def _badge(page: Page, sign: str, status: str) -> Any:
    return page.locator(".assignment", has_text=sign).locator(f".badge[data-status={status}]")


def _marker(page: Page, sign: str) -> Any:
    """Where the page draws a unit, whatever part of the map is in view."""
    return page.evaluate(MARKER, sign)


def _points(way: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    for share in (0.3, 0.6, 1.0):
        lon, lat = way[round((len(way) - 1) * share)]
        yield lon, lat


def _close(page: Page, incident: dict[str, Any]) -> None:
    """Step 8: the operator's closing report; the line of the procedure is green to its end."""
    page.locator(f"[data-incident='{incident['id']}']").first.click()
    page.fill("#closing-summary", "Kebakaran ruko dipadamkan, dua orang selamat.")
    page.fill("#closing-evacuated", "2")
    page.click("#closing button[type=submit]")
    expect(page.locator("#closing")).to_have_count(0)
    detail = ask(page, f"/incidents/{incident['id']}")
    assert detail["status"] == "closed"
    assert [step["state"] for step in detail["procedure"]][:7] == ["done"] * 7
    assert detail["intervals"]["total_response_s"] is not None


def _delivered(admin: Page, incident: dict[str, Any]) -> None:
    """The worker takes the case to the data centre; its receipt is kept."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        deliveries = ask(admin, "/deliveries")["items"]
        mine = [one for one in deliveries if one["incident_number"] == incident["number"]]
        if mine and mine[0]["delivered_at"]:
            break
        time.sleep(0.5)
    else:
        pytest.fail(f"the case was not delivered: {mine}")
    received = admin.request.get("/try/data-centre", headers={"Accept": "application/json"}).json()[
        "items"
    ]
    assert any(incident["number"] in one["case_id"] for one in received)


def _in_the_monthly_report(page: Page, incident: dict[str, Any]) -> None:
    month = f"{incident['number'][:4]}-{incident['number'][4:6]}"
    report = ask(page, f"/reports/monthly/{month}")
    assert incident["number"] in str(report)
    paper = PdfReader(BytesIO(_download(page, f"/reports/monthly/{month}.pdf")))
    assert incident["number"] in "\n".join(sheet.extract_text() for sheet in paper.pages)
    book = load_workbook(BytesIO(_download(page, f"/reports/monthly/{month}.xlsx")))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert incident["number"] in cells


def _download(page: Page, path: str) -> bytes:
    answer = page.request.get(f"/api/v1{path}")
    assert answer.ok, answer.text()
    return answer.body()
