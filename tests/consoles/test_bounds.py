"""What lies outside a role's own agency or unit stays outside, and what cannot be kept is said."""

from typing import Any

import pytest

from tests.consoles.town import Browser, Town

INCIDENT = {"kind": "kebakaran", "lon": 108.985, "lat": 0.905, "verified": True}


def by_token(town: Town, role: str) -> Any:
    headers = {"Authorization": f"Bearer {town.token(role)}"}
    client = town.app.test_client()
    return lambda path: client.get(f"/api/v1{path}", headers=headers)


def sent(town: Town) -> int:
    """An incident to which unit 1 was sent."""
    lead = town.signed_in("lead_operator")
    incident = lead.post("/incidents", INCIDENT).get_json()["id"]
    [referral] = lead.post(f"/incidents/{incident}/referrals", {"agencies": ["damkar"]}).get_json()[
        "items"
    ]
    path = f"/referrals/{referral['id']}"
    lead.post(f"{path}/acknowledge")
    check = dict.fromkeys(("crew_ok", "equipment_ok", "vehicle_ok", "ready"), True)
    lead.post(f"{path}/readiness", check)
    lead.post(f"{path}/accept")
    body = {"referral_id": referral["id"], "unit_ids": [1]}
    assert lead.post(f"/incidents/{incident}/assignments", body).status_code == 201
    return int(incident)


def numbers(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.get_json()["items"]]


def test_a_crew_without_a_unit_sees_nobodys_work(town: Town) -> None:
    incident = sent(town)
    ask = by_token(town, "crew")
    assert numbers(ask("/incidents?status=all")) == []
    assert numbers(ask("/assignments?state=all")) == []
    assert numbers(ask("/assignments?state=all&unit_id=1")) == []
    assert ask(f"/incidents/{incident}").status_code == 404


def test_a_crew_finds_its_incident_however_many_are_newer(town: Town) -> None:
    incident = sent(town)
    operator = town.signed_in("operator")
    for _ in range(3):
        operator.post("/incidents", INCIDENT)
    assert numbers(town.signed_in("crew").get("/incidents?limit=1")) == [incident]


def test_the_map_shows_each_its_own_incidents(town: Town) -> None:
    incident = sent(town)
    town.signed_in("operator").post("/incidents", INCIDENT)
    town.user("other", "dispatcher", "bpbd")
    shown = {
        who: [one["id"] for one in _on_the_map(town, who)]
        for who in ("operator", "dispatcher", "crew", "other")
    }
    assert len(shown["operator"]) == 2
    assert shown["dispatcher"] == shown["crew"] == [incident]
    assert shown["other"] == []
    assert town.signed_in("planner").get("/layers/incidents").status_code == 403


def _on_the_map(town: Town, who: str) -> list[Any]:
    answer = town.signed_in(who).get("/layers/incidents")
    assert answer.status_code == 200, answer.text
    return list(answer.get_json()["features"])


def test_another_agency_can_neither_read_nor_change(town: Town) -> None:
    incident = sent(town)
    town.user("other", "dispatcher", "bpbd")
    other = town.signed_in("other")
    assert other.get(f"/incidents/{incident}").status_code == 404
    for path in (
        "/assignments/1",
        f"/incidents/{incident}/history",
        f"/incidents/{incident}/track",
    ):
        assert other.get(path).status_code == 404
    assert numbers(other.get("/referrals?state=all&agency=damkar")) == []
    assert other.post("/referrals/1/complete").status_code == 403
    assert other.post("/assignments/1/cancel", {"reason": "x"}).status_code == 403
    assert other.post("/assignments/1/steps", {"step": "acknowledged"}).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/incidents?kind=a%00b", None),
        ("GET", f"/assignments?unit_id={2**70}", None),
        ("POST", "/incidents", {**INCIDENT, "description": "a\0b"}),
        ("POST", "/calls", {"caller_number": "0812", "caller_name": "a\0b"}),
    ],
)
def test_what_cannot_be_kept_is_not_our_failure(
    calm_town: Town, method: str, path: str, body: Any
) -> None:
    browser: Browser = calm_town.signed_in("operator")
    answer = browser.get(path) if method == "GET" else browser.send(method, path, body)
    assert answer.status_code == 422, answer.text
    assert answer.get_json()["type"] == "about:blank#value_unusable"


def test_wrong_tokens_do_not_shut_out_the_right_one(town: Town) -> None:
    client = town.app.test_client()
    for _ in range(31):
        client.get("/api/v1/reference", headers={"Authorization": "Bearer guessed"})
    assert by_token(town, "telephony")("/reference").status_code == 200
