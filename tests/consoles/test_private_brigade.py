"""A private brigade's desk: its own units and what it was asked for, and nothing of the others."""

import pytest

from tests.consoles.town import Browser, Town

FIRE = {"kind": "kebakaran.bangunan", "lon": 108.985, "lat": 0.905, "verified": True}
CHECK = {"supplies": {"fuel": 70}}


@pytest.fixture
def brigade(town: Town) -> Browser:
    """The desk of BPBD's units, as if these were a factory's own."""
    town.sql("UPDATE agencies SET kind = 'private' WHERE code = 'bpbd'")
    town.user("pabrik", "dispatcher", "bpbd")
    return town.signed_in("pabrik")


def test_it_sees_its_own_units_only(town: Town, brigade: Browser) -> None:
    town.sql(
        "INSERT INTO unit_positions (unit_id, recorded_at, received_at, point, source)"
        " SELECT id, now(), now(), ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'device'"
        " FROM units"
    )
    other = town.signed_in("dispatcher")
    assert len(other.get("/units").get_json()["items"]) == 3
    for path in ("/units", "/units?agency=damkar", "/readiness?agency=damkar"):
        assert [u["id"] for u in brigade.get(path).get_json()["items"]] == [3], path
    assert [p["unit_id"] for p in brigade.get("/positions").get_json()["items"]] == [3]
    for path in ("/units/1", "/units/1/track"):
        assert brigade.get(path).status_code == 404, path
    assert brigade.get("/units/1/readiness").status_code == 403
    assert brigade.get("/units/3").status_code == 200


def test_it_hears_of_its_own_units_and_referrals_only(town: Town, brigade: Browser) -> None:
    operator, lead = town.signed_in("operator"), town.signed_in("lead_operator")
    for unit_id in (1, 3):
        assert lead.post(f"/units/{unit_id}/checks", CHECK).status_code == 200
    theirs, own = (operator.post("/incidents", FIRE).get_json()["id"] for _ in range(2))
    for incident, agency in ((theirs, "damkar"), (own, "bpbd")):
        answer = operator.post(f"/incidents/{incident}/referrals", {"agencies": [agency]})
        assert answer.status_code == 201
    seen = brigade.get("/events").get_json()["items"]
    assert {e["unit_id"] for e in seen if e["kind"] == "unit.checked"} == {3}
    assert {e["incident_id"] for e in seen if e["incident_id"]} == {own}
    assert [one["id"] for one in brigade.get("/incidents?status=all").get_json()["items"]] == [own]
    assert brigade.get(f"/incidents/{theirs}").status_code == 404


def test_it_reads_no_call_sign_of_others_anywhere(town: Town, brigade: Browser) -> None:
    operator, lead = town.signed_in("operator"), town.signed_in("lead_operator")
    incident = operator.post("/incidents", FIRE).get_json()["id"]
    answer = operator.post(f"/incidents/{incident}/referrals", {"agencies": ["bpbd", "damkar"]})
    own, other = (one["id"] for one in answer.get_json()["items"])
    fit = dict.fromkeys(("crew_ok", "equipment_ok", "vehicle_ok", "ready"), True)
    for id in (own, other):
        for verb, body in (("acknowledge", {}), ("readiness", fit | {"note": "Damkar 01 siap"})):
            assert lead.post(f"/referrals/{id}/{verb}", body).status_code == 200
    assert lead.post(f"/referrals/{other}/accept", {}).status_code == 200
    body = {"referral_id": other, "unit_ids": [1]}
    [sent] = lead.post(f"/incidents/{incident}/assignments", body).get_json()["items"]
    shown = lead.get(f"/incidents/{incident}/ranking").get_json()["recommendation_id"]
    signs = {u["call_sign"] for u in lead.get("/units").get_json()["items"] if u["id"] != 3}
    paths = (
        f"/incidents/{incident}", f"/incidents/{incident}/ranking", f"/incidents/{incident}/track",
        f"/incidents/{incident}/ranking?agency=damkar", f"/incidents/{incident}/history",
        f"/incidents/{incident}/scene", "/ranking?lon=108.98&lat=0.9", "/events", "/assignments",
        f"/referrals/{own}/others", "/moves", f"/replay?incident_id={incident}", "/desk",
        f"/chat?incident_id={incident}",
    )  # fmt: skip
    for path in paths:
        answer = brigade.get(path)
        assert answer.status_code == 200, path
        found = {sign for sign in signs if sign in answer.get_data(as_text=True)}
        assert not found, (path, found)
    assert brigade.get(f"/assignments/{sent['id']}").status_code == 404
    assert brigade.get(f"/recommendations/{shown}/units/1").status_code == 404
    ranked = brigade.get(f"/incidents/{incident}/ranking").get_json()
    path = f"/recommendations/{ranked['recommendation_id']}/units"
    assert brigade.get(f"{path}/1").status_code == 404
    assert brigade.get(f"{path}/3").status_code == 200
