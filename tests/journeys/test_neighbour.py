"""A neighbour of the city: set up on screen, proposed to who is not ready, told by telephone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ready, tell

pytestmark = pytest.mark.journey

PLACE = {"lon": 11.96162, "lat": 57.70102}
NOT_READY = {
    "crew_ok": False, "equipment_ok": True, "vehicle_ok": True, "ready": False,
    "missing": "semua unit keluar",
}  # fmt: skip


def test_a_neighbour_is_asked_and_its_answer_is_noted(desk: Desk) -> None:
    admin = desk.sign_in("administrator")
    admin.goto("/admin#agencies")
    ready(admin)
    admin.click("#new-neighbour")
    admin.fill("dialog [name=code]", "bengkayang")
    admin.fill("dialog [name=name]", "Damkar Kabupaten Bengkayang")
    admin.fill("dialog [name=short_name]", "Bengkayang")
    admin.fill("dialog [name=phone]", "0562 441113")
    admin.check("dialog [name='capabilities:fire_suppression']")
    admin.fill("dialog [name=arrival_min]", "40")
    admin.keyboard.press("Control+Enter")
    expect(admin.locator("tr", has_text="Bengkayang")).to_contain_text("Tetangga")

    operator = desk.sign_in("operator")
    operator.goto("/operator")
    ready(operator)
    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    ready(lead)
    incident = tell(lead, "/incidents", {**PLACE, "kind": "kebakaran", "verified": True})
    [referral] = tell(lead, f"/incidents/{incident['id']}/referrals", {"agencies": ["damkar"]})[
        "items"
    ]
    tell(lead, f"/referrals/{referral['id']}/acknowledge", {})
    tell(lead, f"/referrals/{referral['id']}/readiness", NOT_READY)
    page = desk.sign_in("dispatcher", username="damkar")
    page.goto("/dispatcher")
    ready(page)
    page.locator(f".referral-card[data-referral='{referral['id']}']").click()
    row = page.locator(".other-agency[data-agency=bengkayang]")
    expect(row).to_contain_text("40")
    row.locator("button").last.click()
    page.keyboard.press("Control+Enter")
    expect(row.locator("button")).to_have_count(0)

    operator.goto(f"/operator#{incident['id']}")
    operator.reload()
    ready(operator)
    operator.locator(f"[data-incident='{incident['id']}']").first.click()
    operator.locator("button[data-neighbour=bengkayang]").click()
    operator.fill("dialog [name=spoke_with]", "Pak Darwis")
    operator.keyboard.press("Control+Enter")
    line = operator.locator("li", has=operator.locator("button[data-neighbour=bengkayang]"))
    expect(line).to_contain_text("Pak Darwis")
    expect(line.locator(".badge[data-status=accepted]")).to_be_visible()
    assert desk.errors == []
