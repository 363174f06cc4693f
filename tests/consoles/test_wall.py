"""The wall: a display that is nobody is paired by a code, reads one thing, hears of no person."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gis_dispatch.consoles import wall
from gis_dispatch.consoles.auth import WALL_COOKIE, limiter
from gis_dispatch.services.pair_wall import CODE_LENGTH, LETTERS
from gis_dispatch.services.refresh_coverage import refresh_coverage
from tests.consoles.town import PLACE, Town

HTML = {"Accept": "text/html"}
NAME, NUMBER, WORDS = "Rahasia Bin Tertanda", "0899112233445", "anak saya bernama Melati"


def opened(client: FlaskClient) -> TestResponse:
    return client.get("/wall", headers=HTML)


def code_on(page: TestResponse) -> str:
    return page.text.split('id="code">')[1].split("<")[0]


@pytest.fixture
def display(town: Town) -> FlaskClient:
    return town.app.test_client()


@pytest.fixture(autouse=True)
def fresh_limits(town: Town) -> Iterator[None]:
    with town.app.app_context():
        limiter.reset()
    yield


def paired(town: Town, display: FlaskClient, name: str = "Ruang kendali") -> int:
    code = code_on(opened(display))
    answer = town.signed_in("administrator").post("/walls", {"code": code, "name": name})
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def test_a_new_display_shows_a_code_and_the_same_while_it_holds(display: FlaskClient) -> None:
    page = opened(display)
    code = code_on(page)
    assert len(code) == CODE_LENGTH and set(code) <= set(LETTERS)
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Max-Age=34560000" in cookie
    assert code_on(opened(display)) == code
    assert display.get("/api/v1/wall").status_code == 401


def test_a_code_that_ran_out_is_another_one_and_opens_nothing(
    town: Town, display: FlaskClient
) -> None:
    code = code_on(opened(display))
    town.sql("UPDATE wall_pairings SET begun_at = now() - interval '1 h', expires_at = now()")
    answer = town.signed_in("administrator").post("/walls", {"code": code, "name": "x"})
    assert answer.status_code == 422 and answer.get_json()["field"] == "code"
    assert code_on(opened(display)) != code


def test_paired_it_reads_the_wall_and_nothing_else(town: Town, display: FlaskClient) -> None:
    paired(town, display)
    assert 'id="incidents"' in opened(display).text
    assert display.get("/api/v1/wall").status_code == 200
    assert display.get("/api/v1/layers/coverage_fire").status_code == 200
    for path in ("incidents", "calls", "events", "units", "positions", "reference", "walls"):
        assert display.get(f"/api/v1/{path}").status_code == 403, path
    for path in ("/operator", "/admin", "/planner", "/dispatcher"):
        assert display.get(path, headers=HTML).status_code == 403, path
    assert display.get("/api/v1/layers/incidents").status_code == 403


def test_the_secret_is_not_kept_and_a_typed_code_may_be_spelt_freely(
    town: Town, display: FlaskClient
) -> None:
    code = code_on(opened(display))
    secret = display.get_cookie(WALL_COOKIE)
    assert secret is not None
    typed = f" {code[:3].lower()}-{code[3:]} "
    browser = town.signed_in("administrator")
    assert browser.post("/walls", {"code": typed, "name": "Kiri"}).status_code == 201
    assert browser.post("/walls", {"code": code, "name": "Kanan"}).status_code == 422
    [[kept]] = town.sql("SELECT token_hash FROM wall_displays")
    assert kept != secret.value and len(kept) == 64


def test_revoked_it_shows_a_code_again_at_once(town: Town, display: FlaskClient) -> None:
    number = paired(town, display)
    browser = town.signed_in("administrator")
    [listed] = browser.get("/walls").get_json()["items"]
    assert (listed["name"], listed["revoked_at"]) == ("Ruang kendali", None)
    assert browser.send("DELETE", f"/walls/{number}").status_code == 204
    assert browser.send("DELETE", f"/walls/{number}").status_code == 404
    assert display.get("/api/v1/wall").status_code == 401
    assert code_on(opened(display))
    kinds = [row[0] for row in town.sql("SELECT kind FROM events WHERE kind LIKE 'wall.%%'")]
    assert kinds == ["wall.paired", "wall.revoked"]


def test_who_may_see_the_wall_without_pairing(town: Town) -> None:
    for role, status in (
        ("lead_operator", 200), ("administrator", 200), ("planner", 200),
        ("operator", 403), ("dispatcher", 403), ("crew", 403),
    ):  # fmt: skip
        browser = town.signed_in(role)
        assert browser.get("/wall").status_code == status, role
        assert browser.client.get("/wall", headers=HTML).status_code == status, role


def test_codes_are_not_given_without_end(town: Town) -> None:
    for _ in range(wall.NEW_CODES.amount):
        assert opened(town.app.test_client()).status_code == 200
    assert opened(town.app.test_client()).status_code == 429
    assert town.sql("SELECT count(*) FROM wall_pairings") == [(wall.NEW_CODES.amount,)]


def test_when_it_was_seen_is_noted_once_a_minute(town: Town, display: FlaskClient) -> None:
    paired(town, display)
    display.get("/api/v1/wall")
    [[seen]] = town.sql("SELECT last_seen_at FROM wall_displays")
    display.get("/api/v1/wall")
    assert seen is not None and town.sql("SELECT last_seen_at FROM wall_displays") == [(seen,)]


def test_nothing_it_receives_names_a_person(town: Town, display: FlaskClient) -> None:
    """A call with a marked caller, recorded, referred, dispatched: every byte is looked through."""
    paired(town, display)
    lead = town.signed_in("lead_operator")
    call = lead.post("/calls", {"caller_number": NUMBER, "caller_name": NAME}).get_json()
    told = [display.get("/api/v1/wall")]
    assert told[0].get_json()["queue"]["waiting"] == 1
    lead.post(f"/calls/{call['id']}/answer")
    incident = lead.post(
        "/incidents",
        {
            "call_id": call["id"], "kind": "kebakaran", "description": WORDS, "verified": True,
            "method": "pin", **PLACE,
        },
    ).get_json()  # fmt: skip
    path = f"/incidents/{incident['id']}"
    [referral] = lead.post(f"{path}/referrals", {"agencies": ["damkar"]}).get_json()["items"]
    told.append(display.get("/api/v1/wall"))
    seen = told[-1].get_json()
    assert [one["number"] for one in seen["incidents"]] == [incident["number"]]
    assert [one["number"] for one in seen["referrals"]] == [incident["number"]]
    there = f"/referrals/{referral['id']}"
    lead.post(f"{there}/acknowledge")
    fit = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
    lead.post(f"{there}/readiness", fit)
    lead.post(f"{there}/accept")
    sent = lead.post(f"{path}/assignments", {"referral_id": referral["id"], "unit_ids": [1]})
    assert sent.status_code == 201, sent.text
    refresh_coverage(town.house, 900)
    told += [
        display.get("/api/v1/wall"), opened(display), display.get("/api/v1/layers"),
        display.get("/api/v1/layers/coverage_fire"),
    ]  # fmt: skip
    seen = told[2].get_json()
    [shown] = seen["incidents"]
    assert (shown["units"], shown["dispatched_at"] is not None) == (1, True)
    assert seen["referrals"] == []
    damkar = next(one for one in seen["agencies"] if one["name"] == "Damkar")
    assert (damkar["free"], damkar["busy"], damkar["out"]) == (1, 1, 0)
    assert [len(str(shown[axis]).partition(".")[2]) <= 3 for axis in ("lon", "lat")] == [True] * 2
    everything = "\n".join(f"{answer.headers}\n{answer.text}" for answer in told)
    # "Andi" drives unit 1; the others are who answered, recorded, sent and paired.
    for private in (NAME, NUMBER, WORDS, "Andi", "Lead_Operator", "caller", "description"):
        assert private not in everything, private
        assert json.dumps(private)[1:-1] not in everything
