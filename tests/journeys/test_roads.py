"""What people see of the roads: why a unit, the whole set, one closed road, a station's reach."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.flooding import flood_the_best_way
from tests.journeys.talking import READY, accept, ask, ready, tell

pytestmark = pytest.mark.journey

# In the sample city Pos Damkar Barat and Pos Damkar Pusat are there within seconds of each other.
BETWEEN_TWO_STATIONS = (11.96162, 57.70102)


def test_a_flood_is_explained_and_a_picked_road_is_closed(desk: Desk) -> None:
    lead = desk.sign_in("lead_operator")
    incident = _accepted_fire(lead)
    page = desk.sign_in("dispatcher", username="damkar")
    page.goto("/dispatcher")
    ready(page)
    expect(page.locator(".rank-row").first).to_be_visible()
    best = page.locator(".rank-row").first.get_attribute("data-unit")

    flood_the_best_way(page)
    expect(page.locator(".rank-row").first).not_to_have_attribute("data-unit", str(best))
    _see_why(page, str(best))
    _see_why_not(page)
    _tick_the_set(page, incident)
    _close_one_road(page)


def _accepted_fire(page: Page) -> dict[str, Any]:
    """A verified fire that the fire service has accepted."""
    lon, lat = BETWEEN_TWO_STATIONS
    place = {"kind": "kebakaran.bangunan", "lon": lon, "lat": lat, "method": "pin"}
    made = tell(page, "/incidents", {**place, "verified": True, "description": "Ruko terbakar"})
    sent = tell(page, f"/incidents/{made['id']}/referrals", {"agencies": ["damkar"]})
    accept(page, sent["items"][0])
    return dict(made)


def _see_why(page: Page, unit_id: str) -> None:
    """`M` on the line of the unit that was first: it would be first again without the flood."""
    page.locator(f"#why-{unit_id}").focus()
    page.keyboard.press("m")
    panel = page.locator("#why")
    flood = panel.locator("tr[data-closure]", has_text="banjir")
    expect(flood).to_have_count(1)
    expect(flood.locator("td").first).to_have_text(re.compile(r"^urutan 1, "))
    expect(flood.locator(".why-saved")).to_contain_text("−")
    expect(panel.locator(".is-main td").first).not_to_have_text(re.compile(r"^urutan 1, "))
    expect(page.locator("path.route")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(f"#why-{unit_id}")).to_be_focused()


def _see_why_not(page: Page) -> None:
    """A unit that is not in the list is explained too."""
    page.locator(".left-out summary").click()
    row = page.locator(".left-out li").first
    reason = row.locator("span").first.inner_text()
    row.locator(".rank-why").click()
    expect(page.locator("#why .why-reason")).to_contain_text(reason)
    page.keyboard.press("Escape")


def _tick_the_set(page: Page, incident: dict[str, Any]) -> None:
    """One key ticks exactly the units of the recommended set, whatever was ticked before."""
    ranking = ask(page, f"/incidents/{incident['id']}/ranking?agency=damkar")
    wanted = {row["unit_id"] for row in ranking["best_set"]["chosen"]}
    others = [row["unit"]["id"] for row in ranking["ranked"] if row["unit"]["id"] not in wanted]
    assert len(wanted) > 1 and others
    page.check(f"#send-{others[0]}")
    page.locator("#send-best-set").click()
    ticked = page.locator(".rank-row input:checked")
    expect(ticked).to_have_count(len(wanted))
    assert {one.get_attribute("id") for one in ticked.all()} == {f"send-{id}" for id in wanted}
    expect(page.locator("#send-best-set")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#send")).to_contain_text(str(len(wanted)))


def _close_one_road(page: Page) -> None:
    """`F9`, the road under the cross, Enter twice: exactly that line is closed."""
    before = {one["id"] for one in ask(page, "/closures")["features"]}
    page.keyboard.press("F9")
    expect(page.locator(".road-pick")).to_be_visible()
    with page.expect_response(re.compile(r"/roads/edge\?")) as asked:
        page.keyboard.press("Enter")
    road = asked.value.json()
    expect(page.locator("path.picked-road")).to_have_count(1)
    expect(page.locator(".road-pick strong")).to_be_visible()
    page.keyboard.press("Enter")
    page.fill("dialog [name=reason]", "pohon tumbang")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".closure-count")).to_contain_text("2")
    [closed] = [one for one in ask(page, "/closures")["features"] if one["id"] not in before]
    assert closed["geometry"] == road["geometry"]
    assert closed["properties"]["reason"] == "pohon tumbang"


def test_a_planner_sees_what_a_station_reaches(desk: Desk) -> None:
    page = desk.sign_in("planner")
    page.goto("/planner")
    page.wait_for_selector(READY, state="attached")
    page.keyboard.press("j")
    expect(page.locator("#reach-station")).to_be_focused()
    with page.expect_response(re.compile(r"/roads/reach\?")) as asked:
        page.select_option("#reach-station", index=1)
    features = asked.value.json()["features"]
    limits = [feature["properties"]["limit_s"] for feature in features]
    assert limits == [900.0, 600.0, 300.0], "the largest first"
    expect(page.locator("path.reach-outline")).to_have_count(3)
    rows = page.locator("#map-legend li")
    expect(rows).to_have_count(3)
    for row, limit in zip(rows.all(), reversed(limits), strict=True):
        expect(row).to_contain_text(f"{limit / 60:.0f} mnt")
        expect(row.locator("svg")).to_be_visible()
    # Another place, by a click, with fewer minutes: asked again, drawn again.
    page.locator("#reach label", has_text="15").click()
    with page.expect_response(re.compile(r"/roads/reach\?.*minutes=5%2C10&")) as again:
        page.locator("#map").click(position={"x": 400, "y": 250})
    assert len(again.value.json()["features"]) == 2
    expect(page.locator("path.reach-outline")).to_have_count(2)
    expect(page.locator("#reach-station")).to_have_value("")
