"""What is late turns loud and is taken in hand; people talk about a case; a shift goes over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ask, ready, tell

pytestmark = pytest.mark.journey

SHORT = """async () => {
    const {api} = await import("/static/shared/api.js");
    const agreed = await api.get("/referral-clock");
    const soon = (one) => ({...one, allowed_s: one.step === "acknowledge" ? 10 : 600});
    const allowed = agreed.allowed.map(soon);
    const levels = [{kind: "contact", title: "Kepala piket", phone: "0812-111", after_s: 2}];
    await api.put("/referral-clock", {allowed, levels});
}"""


def _open(desk: Desk, role: str, path: str, username: str | None = None) -> Page:
    page = desk.sign_in(role, username=username)
    page.goto(path)
    ready(page)
    return page


def _fire(page: Page) -> int:
    centre = ask(page, "/reference")["map"]
    place = {"lon": centre["lon"], "lat": centre["lat"], "method": "pin", "verified": True}
    made = tell(page, "/incidents", {"kind": "kebakaran.bangunan", **place})
    tell(page, f"/incidents/{made['id']}/referrals", {"agencies": ["damkar"]})
    return int(made["id"])


def test_what_is_late_is_loud_until_somebody_acts(desk: Desk) -> None:
    _open(desk, "administrator", "/admin#clocks").evaluate(SHORT)
    lead = _open(desk, "lead_operator", "/operator")
    damkar = _open(desk, "dispatcher", "/dispatcher", "damkar")
    _fire(lead)
    card = damkar.locator("#queue .referral-card").first
    expect(card.locator(".due")).to_be_visible()
    for page in (lead, damkar):
        expect(page.locator(".band-late")).to_be_visible(timeout=30_000)
    expect(card.locator(".due.badge-solid")).to_be_visible()
    expect(lead.locator(".band-late")).to_contain_text("Kepala piket", timeout=30_000)
    lead.keyboard.press("Shift+F8")
    row = lead.locator(".late-row").first
    expect(row.locator('a[href="tel:0812111"]').first).to_be_visible()
    row.locator(".button-primary").click()
    expect(row).to_have_class(re.compile("is-in-hand"))
    expect(damkar.locator(".band-late")).to_contain_text("Operator Utama")
    damkar.keyboard.press("Shift+F8")
    damkar.keyboard.press("a")
    for page in (lead, damkar):
        expect(page.locator(".band-late")).to_be_hidden()
    expect(lead.locator(".late-row")).to_have_count(0)


def test_people_talk_about_a_case_and_what_is_new_is_marked(desk: Desk) -> None:
    operator = _open(desk, "operator", "/operator")
    case = _fire(operator)
    damkar = _open(desk, "dispatcher", "/dispatcher", "damkar")
    damkar.locator("#queue .referral-card.is-sent").first.click()
    expect(damkar.locator("#chat textarea")).to_be_visible()
    damkar.keyboard.press("c")
    damkar.keyboard.type("Ada gas?")
    damkar.keyboard.press("Enter")
    card = operator.locator(f"[data-incident='{case}']")
    expect(card.locator(".chat-new")).to_have_text("1")
    card.click()
    expect(operator.locator(".chat-message")).to_contain_text("Ada gas?")
    operator.keyboard.press("c")
    operator.keyboard.type("Ya, dua tabung")
    operator.keyboard.press("Enter")
    expect(damkar.locator(".chat-message").last).to_contain_text("Ya, dua tabung")
    expect(card.locator(".chat-new")).to_have_count(0)
    expect(operator.locator(".timeline")).to_contain_text("Ya, dua tabung")


def test_a_shift_goes_from_one_to_another(desk: Desk) -> None:
    operator = _open(desk, "operator", "/handover")
    lead = _open(desk, "lead_operator", "/handover")
    operator.keyboard.press("n")
    operator.fill("#ask-promise", "Telepon balik")
    operator.fill("#ask-promised_to", "Ibu Ani")
    operator.keyboard.press("Control+Enter")
    expect(lead.locator("#now")).to_contain_text("Telepon balik")
    operator.fill("#note", "Jalan Diponegoro banjir")
    operator.locator("#give .button-primary").click()
    expect(operator.locator("#waiting")).to_be_visible()
    expect(operator.locator("#waiting .button")).to_have_count(0)
    expect(lead.locator("#waiting")).to_contain_text("Jalan Diponegoro banjir")
    lead.keyboard.press("t")
    lead.keyboard.press("Control+Enter")
    expect(lead.locator("#waiting")).to_be_hidden()
    expect(operator.locator("#before")).to_contain_text("Operator Utama")
    newest = ask(lead, "/handovers")["items"][0]["id"]
    # The first paper of a process cuts its fonts out first: seconds, on a busy machine many.
    paper = lead.request.get(f"/api/v1/handovers/{newest}.pdf", timeout=180_000)
    assert paper.ok and paper.body().startswith(b"%PDF")
