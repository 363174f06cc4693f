"""Signing in: right and wrong, forgery, limits, where one is sent, and when a session ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.consoles.urls import safe_next
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.services.manage_tokens import revoke_token
from gis_dispatch.services.manage_users import change_user, reset_password
from tests.consoles.town import PASSWORD, Browser, Town

HTML = {"Accept": "text/html"}


def test_the_right_password_opens_the_page_asked_for(stranger: Browser) -> None:
    answer = stranger.sign_in("operator", next="/operator?case=3")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/operator?case=3")
    assert stranger.get("/reference").get_json()["me"]["username"] == "operator"


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(stranger: Browser) -> None:
    cookie = stranger.sign_in("operator").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


@pytest.mark.parametrize("name", ["operator", "nobody", ""])
def test_a_wrong_password_says_the_same_for_every_name_and_keeps_it(
    stranger: Browser, name: str
) -> None:
    answer = stranger.sign_in(name, "not the password")
    assert answer.status_code == 403
    assert "do not belong together" in answer.text
    assert f'value="{name}"' in answer.text
    assert "not the password" not in answer.text
    assert stranger.get("/reference").status_code == 401


def test_somebody_who_left_cannot_sign_in(town: Town, stranger: Browser) -> None:
    [(number,)] = town.sql("SELECT id FROM users WHERE username = 'operator'")
    change_user(town.house, SYSTEM_ACTOR, number, {"active": False})
    assert stranger.sign_in("operator").status_code == 403


def test_guessing_one_name_is_slowed_down_but_others_still_get_in(town: Town) -> None:
    guesser = Browser(town.app.test_client())
    answers = [guesser.sign_in("operator", f"guess {n}").status_code for n in range(9)]
    assert answers == [403] * 8 + [429]
    assert Browser(town.app.test_client()).sign_in("dispatcher").status_code == 302


def test_guessing_tokens_is_slowed_down(town: Town) -> None:
    client = town.app.test_client()
    wrong = {"Authorization": "Bearer guessed"}
    answers = [client.get("/api/v1/reference", headers=wrong).status_code for _ in range(31)]
    assert answers == [401] * 30 + [429]


def test_a_form_without_its_token_is_refused_and_nothing_typed_is_lost(stranger: Browser) -> None:
    form = {"username": "operator", "password": PASSWORD, "csrf_token": "old"}
    answer = stranger.client.post("/sign-in", data=form, headers=HTML)
    assert answer.status_code == 403
    assert 'value="operator"' in answer.text and "Nothing was lost" in answer.text


def test_a_script_with_a_stale_token_is_given_a_fresh_one(town: Town) -> None:
    browser = town.signed_in("operator")
    body = {"caller_number": "0812"}
    stale = browser.client.post("/api/v1/calls", json=body, headers={"X-CSRFToken": "old"})
    problem = stale.get_json()
    assert (stale.status_code, problem["type"]) == (403, "about:blank#form_too_old")
    fresh = {"X-CSRFToken": problem["csrf_token"]}
    assert browser.client.post("/api/v1/calls", json=body, headers=fresh).status_code == 201


def test_a_cookie_is_worth_nothing_beside_a_wrong_token(town: Town) -> None:
    browser = town.signed_in("operator")
    wrong = {"Authorization": "Bearer guessed"}
    answer = browser.client.post("/api/v1/calls", json={}, headers=wrong)
    assert answer.status_code == 401


def test_a_token_needs_no_forgery_protection_and_ends_when_revoked(town: Town) -> None:
    secret = town.token("telephony")
    bearer = {"Authorization": f"Bearer {secret}"}
    client = town.app.test_client()
    body = {"caller_number": "0812", "external_id": "pbx-1"}
    first = client.post("/api/v1/calls", json=body, headers=bearer)
    again = client.post("/api/v1/calls", json=body, headers=bearer)
    assert (first.status_code, first.get_json()["id"]) == (201, again.get_json()["id"])
    [(number, used)] = town.sql("SELECT id, last_used_at FROM api_tokens")
    assert used is not None
    revoke_token(town.house, SYSTEM_ACTOR, number)
    assert client.post("/api/v1/calls", json=body, headers=bearer).status_code == 401


def test_a_new_password_ends_the_sessions_of_the_old_one(town: Town) -> None:
    browser = town.signed_in("operator")
    [(number,)] = town.sql("SELECT id FROM users WHERE username = 'operator'")
    reset_password(town.house, SYSTEM_ACTOR, number)
    assert browser.get("/reference").status_code == 401


def test_another_role_ends_the_session(town: Town) -> None:
    browser = town.signed_in("operator")
    [(number,)] = town.sql("SELECT id FROM users WHERE username = 'operator'")
    change_user(town.house, SYSTEM_ACTOR, number, {"role": "planner"})
    assert browser.get("/reference").status_code == 401


def test_signing_out_ends_it(town: Town) -> None:
    browser = town.signed_in("operator")
    answer = browser.client.post("/sign-out", data={"csrf_token": browser.csrf()}, headers=HTML)
    assert answer.headers["Location"] == "/sign-in"
    assert browser.get("/reference").status_code == 401


def test_a_page_remembers_where_one_wanted_to_go(town: Town) -> None:
    answer = town.app.test_client().get("/operator?case=3", headers=HTML)
    assert answer.headers["Location"] == "/sign-in?next=/operator?case%3D3"


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "evil",
        "javascript:alert(1)",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(target: str | None) -> None:
    assert safe_next(target) == "/"


@given(st.text(alphabet="/\\:.@?#evilxn \t%", max_size=12))
def test_wherever_one_is_sent_is_a_path_here(text: str) -> None:
    target = safe_next(text)
    assert target.startswith("/") and not target.startswith(("//", "/\\"))
