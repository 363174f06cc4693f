"""What a journey says beside clicking: questions to the API with the window's own sign-in."""

from typing import Any

from playwright.sync_api import Page, expect

READY = "body[data-ready], [data-ready]"
DRAWN_PIXELS = """() => {
    let found = 0;
    for (const canvas of document.querySelectorAll(".leaflet-tile-pane canvas")) {
        if (!canvas.width) continue;
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set();
        for (let i = 0; i < data.length; i += 40) {
            colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
        }
        found += colours.size > 3;
    }
    return found > 3;
}"""


def ready(page: Page) -> None:
    """Wait until a console has drawn itself and its stream is live."""
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")


def ask(page: Page, path: str) -> Any:
    """Asked with the cookie of whoever sits at this window."""
    answer = page.request.get(f"/api/v1{path}")
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def tell(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Sent by the page's own script, with its CSRF token."""
    return page.evaluate(
        """async ([path, body]) =>
        (await import("/static/shared/api.js")).api.post(path, body)""",
        [path, body],
    )


def accept(page: Page, referral: dict[str, Any]) -> Any:
    """An agency acknowledges a referral, is ready, and takes it on."""
    there = f"/referrals/{referral['id']}"
    tell(page, f"{there}/acknowledge", {})
    fit = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
    tell(page, f"{there}/readiness", fit)
    return tell(page, f"{there}/accept", {})


def sent_to_a_fire(lead: Page, unit: dict[str, Any]) -> dict[str, Any]:
    """A verified incident, referred and accepted, with the unit sent to it."""
    station = unit["station"]
    incident = tell(
        lead,
        "/incidents",
        {
            "kind": "kebakaran.lahan",
            "lon": station["lon"] + 0.01,
            "lat": station["lat"] - 0.006,
            "method": "pin",
            "verified": True,
            "description": "Semak terbakar",
        },
    )
    path = f"/incidents/{incident['id']}"
    [referral] = tell(lead, f"{path}/referrals", {"agencies": [unit["agency_code"]]})["items"]
    accept(lead, referral)
    sent = {"referral_id": referral["id"], "unit_ids": [unit["id"]]}
    [assignment] = tell(lead, f"{path}/assignments", sent)["items"]
    return dict(assignment)
