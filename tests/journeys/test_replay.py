"""A story is told and replayed: the slider, each status as it was, a late entry, link and file."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine

from tests.journeys.browsers import PHONE_SIZE, Desk
from tests.journeys.talking import accept, ask, tell

pytestmark = pytest.mark.journey

LATE_BY = timedelta(minutes=3)
DESCRIPTION = "Gudang terbakar, kata Ibu Ani"


def _story(lead: Page) -> dict[str, Any]:
    """A fire with one engine; that it left was entered only minutes after it did."""
    unit = next(
        one
        for one in ask(lead, "/units?agency=damkar")["items"]
        if one["duty"] == "available" and not one["busy"]
    )
    station = unit["station"]
    place = {"lon": station["lon"] + 0.004, "lat": station["lat"] + 0.003, "method": "pin"}
    told = {"kind": "kebakaran.bangunan", "verified": True, "description": DESCRIPTION}
    call = tell(lead, "/calls", {"channel": "phone", "caller_number": "081255500000"})
    incident = tell(lead, "/incidents", {**place, **told, "call_id": call["id"]})
    path = f"/incidents/{incident['id']}"
    [referral] = tell(lead, f"{path}/referrals", {"agencies": ["damkar"]})["items"]
    accept(lead, referral)
    sent = {"referral_id": referral["id"], "unit_ids": [unit["id"]]}
    [assignment] = tell(lead, f"{path}/assignments", sent)["items"]
    steps = f"/assignments/{assignment['id']}/steps"
    tell(lead, steps, {"step": "acknowledged"})
    return {**incident, "unit": unit, "steps": steps}


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("body[data-ready]", state="attached")


def _slide_to(page: Page, at_s: int) -> None:
    """The slider, dragged as far as so many seconds after its beginning."""
    page.locator("#slider").evaluate(
        "(node, s) => { node.value = s; node.dispatchEvent(new Event('input', {bubbles: true})); }",
        at_s,
    )


def _age_the_record(desk: Desk, minutes: int) -> None:
    """What was just told happened a while ago: only then can a step come minutes late."""
    engine = create_engine(desk.server.database_url.replace("postgres://", "postgresql://", 1))
    ago = f"interval '{minutes} minutes'"
    with engine.begin() as connection:
        for table, columns in AGED.items():
            changes = ", ".join(f"{column} = {column} - {ago}" for column in columns)
            # The record never changes otherwise: its own guards stand aside for this once.
            for step in (
                f"ALTER TABLE {table} DISABLE TRIGGER USER",
                f"UPDATE {table} SET {changes}",
                f"ALTER TABLE {table} ENABLE TRIGGER USER",
            ):
                connection.exec_driver_sql(step)
    engine.dispose()


AGED = {
    "events": ("occurred_at", "entered_at"),
    "calls": ("received_at", "answered_at", "ended_at"),
    "incidents": ("received_at", "verified_at", "created_at"),
    "referrals": ("sent_at", "acknowledged_at", "ready_at", "accepted_at"),
    "assignments": ("dispatched_at", "acknowledged_at"),
}


def test_a_story_is_replayed_shared_and_taken_along(desk: Desk) -> None:
    lead = desk.sign_in("lead_operator")
    incident = _story(lead)
    _age_the_record(desk, 10)
    left_at = datetime.now(UTC) - LATE_BY
    tell(lead, incident["steps"], {"step": "en_route", "occurred_at": left_at.isoformat()})
    sign = incident["unit"]["call_sign"]

    _open(lead, f"/replay?incident={incident['id']}")
    expect(lead.locator("#band")).to_contain_text("bukan siaran langsung")
    expect(lead.locator("#band")).to_contain_text(incident["number"])
    expect(lead.locator("[data-live-state]")).to_have_count(0)
    expect(lead.locator(f".replay-incident[data-incident='{incident['id']}']")).to_have_count(0)
    expect(lead.locator(".replay-steps li")).not_to_have_count(0)

    # It begins two minutes before the first call, which was ten minutes ago.
    unit = lead.locator(f".replay-unit[data-unit='{incident['unit']['id']}']")
    _slide_to(lead, int((10 * 60 + 120) - LATE_BY.total_seconds()) + 60)
    expect(unit).to_contain_text("Tugas diterima")
    late = lead.locator(".replay-record li.is-unknown")
    expect(late).to_have_count(2)  # that it left, and that the incident is being handled since
    expect(late.filter(has_text=sign)).to_contain_text("◇ belum diketahui saat itu")
    moment = lead.locator("#moment").text_content()

    lead.locator("body").press("ArrowRight")
    expect(unit).to_contain_text("Menuju lokasi")
    expect(lead.locator(".replay-record li.is-unknown")).to_have_count(0)
    expect(lead.locator(".replay-late").first).to_contain_text("◆ dicatat belakangan")
    lead.keyboard.press("Home")
    expect(lead.locator("#slider")).to_have_value("0")
    _slide_to(lead, 119)  # a second before the call; at the beginning nobody had made the unit yet
    expect(unit).to_contain_text("Siaga")

    _slide_to(lead, int((10 * 60 + 120) - LATE_BY.total_seconds()) + 60)
    lead.locator("#share").click()
    link = lead.locator("#link").input_value()
    lead.keyboard.press("Escape")
    _same_moment_elsewhere(desk, link, moment, incident)
    _taken_along(lead, incident)


def _same_moment_elsewhere(
    desk: Desk, link: str, moment: str | None, incident: dict[str, Any]
) -> None:
    planner = desk.sign_in("planner", size=PHONE_SIZE)
    _open(planner, link)
    expect(planner.locator("#moment")).to_have_text(moment or "")
    planner.locator("[data-tab-button=units]").click()
    expect(planner.locator(f".replay-unit[data-unit='{incident['unit']['id']}']")).to_contain_text(
        "Tugas diterima"
    )
    assert "Ibu Ani" not in planner.content()
    answer = desk.sign_in("crew").goto(link)
    assert answer is not None and answer.status == 403, "a crew has no replay"


def _taken_along(lead: Page, incident: dict[str, Any]) -> None:
    with lead.expect_download(timeout=180_000) as waiting:
        lead.keyboard.press("e")
    download = waiting.value
    assert download.suggested_filename == f"replay-{incident['number']}.zip"
    with zipfile.ZipFile(io.BytesIO(download.path().read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {
        "README.txt", "events.csv", "replay.json", "tracks.geojson", "timeline.pdf",
    }  # fmt: skip
    assert files["timeline.pdf"].startswith(b"%PDF")
    data = json.loads(files["replay.json"])
    late = [event["kind"] for event in data["events"] if event["late_s"]]
    assert late == ["assignment.en_route", "incident.in_progress"]
    assert json.loads(files["tracks.geojson"])["type"] == "FeatureCollection"
    text = b"".join(body for name, body in files.items() if name != "timeline.pdf").decode()
    assert "rekaman" in text and incident["number"] in text
    for personal in ("Ibu Ani", "081255500000", DESCRIPTION):
        assert personal not in text
    history = ask(lead, f"/incidents/{incident['id']}/history")["items"]
    assert history[-1]["kind"] == "replay.exported"


def test_it_plays_by_the_keyboard_and_asks_nothing_meanwhile(desk: Desk) -> None:
    page = desk.sign_in("administrator")
    until = datetime.now(UTC).replace(microsecond=0)
    span = {"from": until - timedelta(minutes=20), "to": until, "at": until - timedelta(minutes=19)}
    query = "&".join(f"{name}={at:%Y-%m-%dT%H:%M:%SZ}" for name, at in span.items())
    _open(page, f"/replay?{query}&speed=60")
    expect(page.locator("main progress")).to_have_count(0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press(" ")
    expect(page.locator("#slider")).not_to_have_value("60")
    page.keyboard.press(" ")
    stopped = page.locator("#slider").input_value()
    page.keyboard.press("End")
    expect(page.locator("#slider")).to_have_value("1200")
    page.keyboard.press("1")
    expect(page.locator("[data-speed='1']")).to_have_attribute("aria-pressed", "true")
    assert int(stopped) > 60
    assert [url for url in asked if "/replay" in url] == []
