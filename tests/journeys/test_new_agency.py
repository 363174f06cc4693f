"""An agency from nothing: imported on screen, its dispatcher signs in and gets a referral."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import Desk
from tests.journeys.talking import ask, ready, tell

pytestmark = pytest.mark.journey

PLACE = {"lon": 11.96162, "lat": 57.70102}
"""In the sample city."""
HEAD = "row;code;agency;name;short_name;kind;lon;lat;call_sign;type;station;role;starts_at;ends_at"
NOW = datetime.now(ZoneInfo("Asia/Pontianak"))
SHIFT = f"{NOW - timedelta(hours=1):%Y-%m-%d %H:%M};{NOW + timedelta(hours=8):%Y-%m-%d %H:%M}"
ROWS = (
    "instansi;pabrik;;Regu Pemadam Pabrik;Pabrik;swasta",
    "pos;;pabrik;Pos Pabrik;;fire_station;11.9616;57.7012",
    "unit;;pabrik;;;;;;BPKS-1;pemadam;Pos Pabrik",
    "petugas;;pabrik;Joko Sembiring;;;;;BPKS-1;;;pengemudi",
    "petugas;;pabrik;Ani Lestari;;;;;BPKS-1;;;petugas",
    "peralatan;;;Alat bantu napas;;;;;BPKS-1",
    f"giliran;;;Joko Sembiring;;;;;BPKS-1;;;;{SHIFT}",
    f"giliran;;;Ani Lestari;;;;;BPKS-1;;;;{SHIFT}",
)


def sheet(*rows: str) -> dict[str, object]:
    text = "\n".join([HEAD, *rows])
    return {"name": "pabrik.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_an_agency_is_set_up_from_nothing(desk: Desk) -> None:
    admin = desk.sign_in("administrator")
    _import(admin)
    password = _make_dispatcher(admin)
    page = _sign_in(desk, password)
    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    own = _referred(lead, ["pabrik"], "Gudang pabrik terbakar")
    _referred(lead, ["damkar"], "Rumah terbakar")
    _first_referral(page, own)
    _fill_up_and_check(page)


def _import(page: Page) -> None:
    """A wrong row is told by its line and nothing is saved; the right file is saved whole."""
    page.goto("/admin#imports")
    ready(page)
    page.set_input_files("#import-file", sheet(*ROWS, "peralatan;;;Selang;;;;;BPKS-9"))  # type: ignore[arg-type]
    wrong = page.locator(".problem-list li")
    expect(wrong).to_have_text(re.compile("BPKS-9"))
    expect(page.locator("tr", has=wrong).locator("td").first).to_have_text("line 10")
    save = page.get_by_role("button", name="Simpan semua baris")
    expect(save).to_have_count(0)
    page.set_input_files("#import-file", sheet(*ROWS))  # type: ignore[arg-type]
    save.click()
    expect(page.locator(".toast")).to_contain_text("8 ditambah")


def _make_dispatcher(page: Page) -> str:
    """On screen; the password is told once."""
    page.goto("/admin#users")
    page.locator("[data-new]").click()
    page.fill("dialog [name=username]", "pabrik")
    page.fill("dialog [name=display_name]", "Dispatcher Pabrik")
    page.select_option("dialog [name=role]", "dispatcher")
    page.select_option("dialog [name=agency_code]", "pabrik")
    page.keyboard.press("Control+Enter")
    secret = page.locator(".secret-line code").nth(1)
    expect(secret).to_be_visible()
    return secret.inner_text()


def _sign_in(desk: Desk, password: str) -> Page:
    page = desk.window()
    page.goto("/sign-in")
    page.fill("#username", "pabrik")
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url("**/dispatcher")
    ready(page)
    expect(page.locator("#agency")).to_have_text("Regu Pemadam Pabrik")
    return page


def _referred(page: Page, agencies: list[str], words: str) -> int:
    made = tell(
        page,
        "/incidents",
        {**PLACE, "kind": "kebakaran.bangunan", "verified": True, "description": words},
    )
    tell(page, f"/incidents/{made['id']}/referrals", {"agencies": agencies})
    return int(made["id"])


def _first_referral(page: Page, own: int) -> None:
    """It rings here and nowhere else; the check begins with what the unit lacks by name."""
    expect(page.locator(".referral-card.is-sent")).to_have_count(1)
    assert [one["id"] for one in ask(page, "/incidents?status=open")["items"]] == [own]
    page.keyboard.press("a")
    lacks = page.locator(".known-list li").first
    expect(lacks).to_contain_text("BPKS-1")
    expect(lacks.locator(".finding-list.tone-red")).to_have_text("Petugas pemadamOperator pompa")
    expect(page.locator(".readiness [name=crew_ok]")).not_to_be_checked()
    expect(page.locator(".readiness [name=vehicle_ok]")).to_be_checked()
    expect(page.locator("#missing")).to_have_value(re.compile("BPKS-1: .*Operator pompa"))


def _fill_up_and_check(page: Page) -> None:
    """Two more people join the unit and the tank is filled; then nothing is missing."""
    for name, role in (("Edi Salim", "operator pompa"), ("Tina Bun", "petugas")):
        tell(page, "/people", {"agency_code": "pabrik", "name": name, "duty_role": role})
    [unit] = ask(page, "/readiness?agency=pabrik")["items"]
    people = [one["id"] for one in ask(page, "/people")["items"]]
    page.evaluate(
        """async ([path, body]) => (await import("/static/shared/api.js")).api.put(path, body)""",
        [
            f"/units/{unit['id']}/shift",
            {
                "starts_at": (NOW - timedelta(hours=1)).isoformat(),
                "ends_at": (NOW + timedelta(hours=8)).isoformat(),
                "people": people,
            },
        ],
    )
    page.goto("/readiness")
    ready(page)
    level = page.locator(".supply-input").first
    level.fill("80")
    level.press("Enter")
    expect(page.locator(".ready-unit .badge")).to_have_text("lengkap")
    page.goto("/dispatcher")
    ready(page)
    expect(page.locator(".readiness [name=crew_ok]")).to_be_checked()
    page.click(".readiness button[value=yes]")
    expect(page.locator(".readiness-facts .badge[data-status=ready]")).to_be_visible()
