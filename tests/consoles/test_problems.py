"""Every error as one sentence: problem documents for programs, a page for people."""

import re

import pytest

from gis_dispatch import errors
from gis_dispatch.consoles.refusals import PROBLEMS, status_of
from tests.consoles.town import Town

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.CallNotFound(id=1), 404),
        (errors.AgencyNotYours(agency="bpbd"), 403),
        (errors.TextMissing(field="reason"), 422),
        (errors.UnitAlreadyAssigned(unit="D1", incident="1"), 409),
        (errors.DatabaseUnavailable(), 503),
        (errors.Refusal(), 409),
    ],
)
def test_a_refusals_base_decides_its_status(refusal: errors.Refusal, status: int) -> None:
    assert status_of(refusal) == status


def test_every_refusal_has_a_status_that_has_words() -> None:
    for refusal in errors.every_refusal():
        assert status_of(refusal.__new__(refusal)) in PROBLEMS


def test_a_wrong_field_is_named_with_what_would_be_right(calm_town: Town) -> None:
    browser = calm_town.signed_in("operator")
    body = {"kind": "kebakaran", "lon": "east", "prioritty": 1}
    answer = browser.post("/incidents", body)
    problem = answer.get_json()
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    said = {one["field"]: one["detail"] for one in problem["errors"]}
    assert said["lat"] == "this is needed."
    assert said["lon"] == "give a number."
    assert said["prioritty"] == "this is not a field we know."
    assert problem["field"] in said


def test_a_body_that_is_no_json_is_said_so(calm_town: Town) -> None:
    secret = calm_town.token("operator")
    answer = calm_town.app.test_client().post(
        "/api/v1/incidents", data="{broken", headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 422
    assert answer.get_json()["detail"] == "body: send a JSON object."


def test_an_unknown_parameter_is_refused(calm_town: Town) -> None:
    answer = calm_town.signed_in("operator").get("/calls?stat=open")
    assert answer.get_json()["field"] == "stat"


def test_what_is_not_there(calm_town: Town) -> None:
    problem = calm_town.signed_in("operator").get("/incidents/999").get_json()
    assert problem["type"] == "about:blank#incident_not_found"
    assert problem["detail"] == "There is no incident 999."


def test_no_route_and_no_method_are_problems_too(calm_town: Town) -> None:
    browser = calm_town.signed_in("operator")
    assert browser.get("/nothing").get_json()["status"] == 404
    answer = browser.send("DELETE", "/incidents")
    assert answer.get_json()["status"] == 405 and "GET" in answer.headers["Allow"]


def test_a_failure_of_ours_is_logged_and_its_reference_told(
    calm_town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setitem(calm_town.app.view_functions, "health.healthz", broken)
    problem = calm_town.app.test_client().get("/healthz").get_json()
    reference = re.search(r"logged as (\w+)", problem["detail"])
    assert problem["status"] == 500 and reference
    assert reference[1] in caplog.text and "ZeroDivisionError" in caplog.text
    assert "secret detail" not in str(problem)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_database_that_is_away_is_said_to_everybody(
    calm_town: Town, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    def away(*_query: object, **_parameters: object) -> None:
        raise errors.DatabaseUnavailable

    browser = calm_town.signed_in("operator")
    monkeypatch.setattr(calm_town.store.reads, "find", away)
    monkeypatch.setattr(calm_town.house.roads, "status", away, raising=False)
    answer = browser.client.get("/operator", headers={"Accept": accept})
    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    health = calm_town.app.test_client().get("/healthz")
    assert health.status_code == 503 and "database" in health.get_json()["reason"]


def test_people_get_a_page(calm_town: Town) -> None:
    answer = calm_town.app.test_client().get("/no-such-page", headers=HTML)
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")
    assert PROBLEMS[404][2] in answer.text


def test_nobody_signed_in_is_told_how(calm_town: Town) -> None:
    answer = calm_town.app.test_client().get("/api/v1/calls")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_status_nobody_knows_is_refused_not_answered_with_nothing(calm_town: Town) -> None:
    answer = calm_town.signed_in("operator").get("/incidents?status=opne")
    assert answer.status_code == 422
    assert answer.get_json()["field"] == "status"
    assert "in_progress" in answer.get_json()["detail"]
