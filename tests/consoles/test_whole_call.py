"""One whole call through the API, every answer held against its published schema."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from gis_dispatch.consoles.api.document import PREFIX
from tests.consoles.town import PLACE, Browser, Town

Answer = dict[str, Any]


class Checked:
    """A browser whose every answer is held against the OpenAPI document."""

    def __init__(self, town: Town, username: str) -> None:
        self._browser: Browser = town.signed_in(username)
        self._document = self._browser.get("/openapi.json").get_json()
        self._rules = town.app.url_map.bind("localhost")

    def get(self, path: str) -> Answer:
        """Read, and check the shape."""
        return self._check("GET", path, self._browser.get(path))

    def post(self, path: str, body: Answer | None = None, expect: int = 0) -> Answer:
        """Write, and check the shape."""
        answer = self._browser.post(path, body)
        assert not expect or answer.status_code == expect, answer.text
        return self._check("POST", path, answer)

    def send(self, method: str, path: str, body: Answer) -> Answer:
        """Change, and check the shape."""
        return self._check(method, path, self._browser.send(method, path, body))

    def _check(self, method: str, path: str, answer: TestResponse) -> Answer:
        template = self._template(method, path.split("?")[0])
        responses = self._document["paths"][template][method.lower()]["responses"]
        response = responses.get(str(answer.status_code), responses["default"])
        content = response["content"][answer.mimetype]
        schema = {**content["schema"], "components": self._document["components"]}
        made: Answer = answer.get_json()
        errors = list(Draft202012Validator(schema).iter_errors(made))
        assert not errors, (path, [(list(e.absolute_path), e.message) for e in errors][:5])
        return made

    def _template(self, method: str, path: str) -> str:
        pieces = (PREFIX + path).split("/")
        for template, methods in self._document["paths"].items():
            wanted = template.split("/")
            if method.lower() not in methods or len(wanted) != len(pieces):
                continue
            pairs = zip(wanted, pieces, strict=True)
            if all(want == piece or (want[:1] == "{" and piece.isdigit()) for want, piece in pairs):
                return str(template)
        raise AssertionError(f"{method} {path} is not described")


@pytest.fixture
def operator(town: Town) -> Checked:
    return Checked(town, "operator")


@pytest.fixture
def dispatcher(town: Town) -> Checked:
    return Checked(town, "dispatcher")


def take(operator: Checked) -> Answer:
    """From the ring to the referral."""
    call = operator.post("/calls", {"caller_number": "0812-1", "caller_name": "Ibu Sari"}, 201)
    operator.post(f"/calls/{call['id']}/answer")
    body = {"call_id": call["id"], "kind": "kebakaran", "description": "Asap tebal", **PLACE}
    body |= {"caller_number": "0812-1", "caller_name": "Ibu Sari", "priority": 1}
    incident = operator.post("/incidents", body, 201)
    assert incident["status"] == "received" and incident["call_count"] == 1
    operator.post(
        f"/incidents/{incident['id']}/referrals", {"agencies": ["damkar"], "verified": True}, 201
    )
    operator.post(f"/calls/{call['id']}/end")
    return operator.get(f"/incidents/{incident['id']}")


def accept(dispatcher: Checked) -> Answer:
    """From the referral to its acceptance."""
    [referral] = dispatcher.get("/referrals")["items"]
    assert "acknowledge" in referral["allowed"]
    path = f"/referrals/{referral['id']}"
    dispatcher.post(f"{path}/acknowledge")
    check = dict.fromkeys(("crew_ok", "equipment_ok", "vehicle_ok", "ready"), True)
    assert dispatcher.post(f"{path}/readiness", check)["readiness"]["ready"] is True
    return dispatcher.post(f"{path}/accept")


def send(dispatcher: Checked, referral: Answer) -> Answer:
    """From the ranking to the unit that goes."""
    incident_id = referral["incident_id"]
    ranking = dispatcher.get(f"/incidents/{incident_id}/ranking")
    assert [line["rank"] for line in ranking["ranked"]][:1] == [1]
    best = next(line["unit"] for line in ranking["ranked"] if line["unit"]["id"] == 1)
    body = {
        "referral_id": referral["id"],
        "unit_ids": [best["id"]],
        "recommendation_id": ranking["recommendation_id"],
    }
    [assignment] = dispatcher.post(f"/incidents/{incident_id}/assignments", body, 201)["items"]
    again = dispatcher.post(f"/incidents/{incident_id}/assignments", body, 409)
    assert again["type"] == "about:blank#unit_already_assigned"
    return dict(assignment)


def test_one_call_from_the_ring_to_the_case(
    town: Town, operator: Checked, dispatcher: Checked
) -> None:
    incident = take(operator)
    assert incident["status"] == "dispatched"
    assert operator.get(f"/incidents/{incident['id']}/proposal")["items"]
    near = f"/incidents/nearby?lon={PLACE['lon']}&lat={PLACE['lat']}"
    assert operator.get(near)["items"][0]["incident"]["id"] == incident["id"]

    assignment = send(dispatcher, accept(dispatcher))
    crew = Checked(town, "crew")
    path = f"/assignments/{assignment['id']}"
    assert crew.get("/assignments?state=open")["items"][0]["id"] == assignment["id"]
    assert crew.get(f"{path}/route")["driving_time_s"] > 0
    assert crew.get(f"/incidents/{incident['id']}")["caller_number"] == "0812-1"
    crew.post("/positions", {"lon": 108.98, "lat": 0.9}, 201)
    crew.post(f"{path}/backup", {"note": "butuh air"})
    for step in ("acknowledged", "en_route", "on_scene", "cleared"):
        assert crew.post(f"{path}/steps", {"step": step})["status"] == step
    dispatcher.post(f"/referrals/{assignment['referral_id']}/complete", {"note": "padam"})

    report = {"outcome": "handled", "summary": "Api padam", "casualties": {"injured": 1}}
    closed = operator.post(f"/incidents/{incident['id']}/close", report, 200)
    assert closed["status"] == "closed"
    assert closed["delivery"]["delivered_at"] is None
    assert [step["state"] for step in closed["procedure"]].count("current") <= 1
    assert operator.get(f"/incidents/{incident['id']}/document")["case_id"]
    assert operator.get("/deliveries")["items"][0]["incident_id"] == incident["id"]
    track = operator.get(f"/incidents/{incident['id']}/track")
    assert track["features"][0]["properties"]["unit_id"] == 1
    kinds = [
        event["kind"] for event in operator.get(f"/incidents/{incident['id']}/history")["items"]
    ]
    assert kinds[0] == "call.received" and "case.queued" in kinds
    assert town.notifier.cases
    again = operator.post(f"/incidents/{incident['id']}/reopen", {"reason": "asap lagi"})
    assert again["status"] == "reopened"


def test_lists_and_reference_have_their_shapes(operator: Checked) -> None:
    take(operator)
    reference = operator.get("/reference")
    assert reference["me"]["role"] == "operator" and len(reference["procedure"]) == 8
    assert {kind["code"] for kind in reference["kinds"]} >= {"kebakaran", "bencana_alam.banjir"}
    for path in ("/calls?state=all", "/units", "/stations", "/closures", "/positions", "/events"):
        operator.get(path)
    for path in ("/assignments?state=all", "/referrals?state=all", "/deliveries", "/roads"):
        operator.get(path)
    assert operator.get("/places?q=diponegoro")["items"][0]["lon"] == 108.98
    assert len(operator.get("/incidents?status=all&bbox=108,0,110,2&kind=kebakaran")["items"]) == 1
    assert operator.get("/incidents?bbox=1,1,2,2")["items"] == []
    assert operator.get("/incidents?bbox=1,2")["status"] == 422


def test_a_place_is_ranked_without_an_incident(operator: Checked) -> None:
    ranking = operator.get("/ranking?lon=108.985&lat=0.905&k=2")
    assert [line["unit"]["call_sign"] for line in ranking["ranked"]] == ["Damkar 1", "Damkar 2"]
    assert ranking["network"]["version"] == "test-1"
    assert ranking["recommendation_id"] is None
    assert ranking["ranked"][0]["from"]["source"] == "station"


def test_a_closure_is_made_and_lifted(operator: Checked) -> None:
    shape = {"type": "LineString", "coordinates": [[108.98, 0.9], [108.99, 0.9]]}
    body = {"type": "Feature", "geometry": shape, "properties": {"reason": "banjir"}}
    closure = operator.post("/closures", body, 201)
    assert closure["properties"]["active"] is True
    assert len(operator.get("/closures?active=true")["features"]) == 1
    operator.post(f"/closures/{closure['id']}/lift")
    assert operator.get("/closures")["features"] == []
    assert len(operator.get("/closures?state=all")["features"]) == 1


def test_what_is_changed_is_changed_once(operator: Checked) -> None:
    incident = take(operator)
    path = f"/incidents/{incident['id']}"
    changed = operator.send("PATCH", path, {"priority": 2, "version": incident["version"]})
    assert changed["priority"] == 2 and changed["description"] == "Asap tebal"
    late = operator.send("PATCH", path, {"priority": 3, "version": incident["version"]})
    assert late["type"] == "about:blank#changed_meanwhile"
    moved = operator.send("PUT", f"{path}/location", {"lon": 108.99, "lat": 0.91})
    assert moved["location"]["lon"] == 108.99


def test_an_administrator_sees_incidents_but_not_who_called(town: Town, operator: Checked) -> None:
    incident = take(operator)
    administrator = Checked(town, "administrator")
    seen = administrator.get(f"/incidents/{incident['id']}")
    assert seen["caller_number"] is None and seen["caller_name"] is None
    assert [call["caller_number"] for call in seen["calls"]] == [None]
    assert administrator.get("/calls?state=all")["items"][0]["caller_number"] is None
    assert "0812-1" not in str(administrator.get(f"/incidents/{incident['id']}/history"))


def test_a_crew_sets_its_own_duty_only(town: Town) -> None:
    crew = Checked(town, "crew")
    resting = crew.send("PUT", "/units/1/duty", {"duty": "off_duty"})
    assert resting["duty"] == "off_duty"
    assert crew.send("PUT", "/units/2/duty", {"duty": "off_duty"})["status"] == 403
