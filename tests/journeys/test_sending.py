"""The recommended set at one key, what it leaves behind told before, alarms, and a notice shown."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ask, ready, tell

FIT = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
PLACE = {"lon": 11.9707, "lat": 57.7035}


def accepted(lead: Page) -> dict[str, Any]:
    """A fire that Damkar has taken on."""
    incident = tell(
        lead, "/incidents", {"kind": "kebakaran", "method": "pin", "verified": True, **PLACE}
    )
    body = {"agencies": ["damkar"]}
    [referral] = tell(lead, f"/incidents/{incident['id']}/referrals", body)["items"]
    for verb, given in (("acknowledge", {}), ("readiness", FIT), ("accept", {})):
        tell(lead, f"/referrals/{referral['id']}/{verb}", given)
    return dict(referral)


def test_a_set_is_sent_by_one_key_after_it_was_said_what_stays_covered(desk: Desk) -> None:
    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    ready(lead)
    referral = accepted(lead)
    page = desk.sign_in("dispatcher", username="damkar")
    page.goto("/dispatcher")
    ready(page)
    page.locator(f"[data-referral='{referral['id']}']").click()
    expect(page.locator(".left-behind .left-word")).to_be_visible(timeout=30_000)
    expect(page.locator(".left-group").first).to_contain_text("→")
    # What is known of the case is folded: the set and the first of the list are on the screen.
    more = page.locator("#case .case-more")
    assert more.get_attribute("open") is None
    expect(page.locator(".best-set")).to_be_in_viewport(ratio=1)
    expect(page.locator(".rank-row .rank-main").first).to_be_in_viewport(ratio=1)
    page.keyboard.press("d")
    assert more.get_attribute("open") is not None
    page.keyboard.press("d")
    page.keyboard.press("j")
    page.fill("dialog [name=promise]", "Kabar lewat telepon")
    page.fill("dialog [name=promised_to]", "Pelapor")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    [promised] = ask(page, "/promises")["items"]
    assert promised["incident_id"] == referral["incident_id"]
    page.keyboard.press("n")
    expect(page.locator("dialog [name=level]")).to_have_value("2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#case [data-alarm='2']")).to_be_visible()
    expect(page.locator(".best-set [data-alarm='2']")).to_be_visible()
    ranking = ask(page, f"/incidents/{referral['incident_id']}/ranking?agency=damkar")
    chosen = ranking["best_set"]
    in_set = {row["unit_id"] for row in chosen["chosen"]}
    other = next(row["unit"] for row in ranking["ranked"] if row["unit"]["id"] not in in_set)
    page.locator(f"#send-{other['id']}").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog [name=overrule_reason]")).to_be_visible()
    expect(page.locator("dialog .dialog-body p").first).to_contain_text(
        ranking["ranked"][0]["unit"]["call_sign"]
    )
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.locator(".assignment")).to_have_count(len(chosen["chosen"]))
    assert desk.errors == []


def test_what_a_push_service_delivers_is_shown(desk: Desk) -> None:
    page = desk.window()
    page.context.grant_permissions(["notifications"])
    page.goto("/sign-in")
    page.evaluate(
        """async () => {
            const made = await navigator.serviceWorker.register("/static/push/worker.js");
            const worker = made.installing ?? made.waiting ?? made.active;
            if (worker.state !== "activated") {
                await new Promise((done) => {
                    worker.onstatechange = () => worker.state === "activated" && done();
                });
            }
        }"""
    )
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    notice = {"title": "Penugasan baru untuk AMB-2", "body": "Kejadian 1", "page": "/field"}
    session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": page.evaluate("location.origin"),
            "registrationId": found[-1],
            "data": json.dumps(notice),
        },
    )
    page.wait_for_function(
        """async () => {
            const made = await navigator.serviceWorker.getRegistration("/static/push/");
            const [shown] = await made.getNotifications();
            return shown?.title === "Penugasan baru untuk AMB-2" && shown.data.page === "/field";
        }"""
    )
