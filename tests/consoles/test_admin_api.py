"""The administrator's half of the API, from the outside."""

import io

import pytest

from tests.consoles.town import PLACE, Browser, Town

STATIONS = "name,kind,agency,lon,lat\nPos Baru,fire_station,damkar,108.98,0.9\n"


@pytest.fixture
def admin(town: Town) -> Browser:
    return town.signed_in("administrator")


def upload(admin: Browser, what: str, text: str, *, dry_run: bool) -> tuple[int, dict]:
    answer = admin.client.post(
        f"/api/v1/imports/{what}?dry_run={'true' if dry_run else 'false'}",
        data={"file": (io.BytesIO(text.encode()), f"{what}.csv")},
        headers={"X-CSRFToken": admin.csrf()},
        content_type="multipart/form-data",
    )
    return answer.status_code, answer.get_json()


def test_a_new_user_gets_a_password_once_and_signs_in_with_it(town: Town, admin: Browser) -> None:
    made = admin.post("/users", {"username": "siti", "display_name": "Siti", "role": "operator"})
    assert made.status_code == 201
    user_id, secret = made.get_json()["id"], made.get_json()["secret"]
    siti = Browser(town.app.test_client())
    assert siti.sign_in("siti", secret).status_code == 302
    assert secret not in admin.get("/users").text

    changed = admin.send("PATCH", f"/users/{user_id}", {"role": "planner"})
    assert changed.get_json()["role"] == "planner"
    assert siti.get("/reference").status_code == 401, "another role ends the session"

    other = admin.post(f"/users/{user_id}/password").get_json()["secret"]
    assert other != secret
    assert siti.sign_in("siti", other).status_code == 302


def test_a_token_opens_the_api_until_it_is_revoked(town: Town, admin: Browser) -> None:
    made = admin.post("/tokens", {"label": "PABX", "role": "telephony"}).get_json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    client = town.app.test_client()
    assert client.get("/api/v1/reference", headers=bearer).status_code == 200
    assert admin.send("DELETE", f"/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/reference", headers=bearer).status_code == 401
    assert admin.send("DELETE", "/tokens/99999").status_code == 404


def test_a_phone_is_told_what_to_type_into_it(admin: Browser) -> None:
    made = admin.post("/devices", {"label": "HP 1", "unit_id": 1}).get_json()
    assert made["server_url"].endswith("/phones/osmand")
    assert made["device_identifier"] == made["secret"]
    assert [row["unit_call_sign"] for row in admin.get("/devices").get_json()["items"]] == [
        "Damkar 1"
    ]
    assert admin.send("DELETE", f"/devices/{made['id']}").status_code == 204


def test_a_station_is_added_moved_and_removed(admin: Browser) -> None:
    body = {"name": "Pos Utara", "kind": "fire_station", "agency_code": "damkar", **PLACE}
    station = admin.post("/stations", body)
    assert station.status_code == 201
    id = station.get_json()["id"]
    moved = admin.send("PATCH", f"/stations/{id}", {"lon": 108.95, "lat": 0.95}).get_json()
    assert (moved["lon"], moved["lat"], moved["name"]) == (108.95, 0.95, "Pos Utara")
    assert admin.send("DELETE", f"/stations/{id}").status_code == 204
    assert id not in [row["id"] for row in admin.get("/stations").get_json()["items"]]
    refused = admin.send("DELETE", "/stations/1")
    assert refused.status_code == 409
    assert "2 units are based at Mako Damkar" in admin.send("DELETE", "/stations/1").text


def test_a_unit_is_added_with_crew_and_changed(admin: Browser) -> None:
    body = {
        "call_sign": "Damkar 9",
        "agency_code": "damkar",
        "type_code": "tangki",
        "station_id": 1,
        "crew": [{"name": "Budi", "duty_role": "pengemudi"}],
    }
    unit = admin.post("/units", body).get_json()
    assert unit["type"]["code"] == "tangki"
    assert [one["name"] for one in unit["crew"]] == ["Budi"]
    changed = admin.send("PATCH", f"/units/{unit['id']}", {"station_id": None}).get_json()
    assert changed["station"] is None
    assert len(changed["crew"]) == 1
    assert admin.send("DELETE", f"/units/{unit['id']}").status_code == 204
    assert admin.post("/units", {**body, "call_sign": "damkar 1"}).status_code == 409
    wrong = admin.post("/units", {**body, "call_sign": "X", "type_code": "submarine"})
    assert (wrong.status_code, wrong.get_json()["field"]) == (422, "type_code")


def test_a_kind_an_agency_and_a_plan_are_kept(admin: Browser) -> None:
    kind = admin.post(
        "/kinds",
        {"code": "perahu", "parent_code": "kebakaran", "name_id": "Perahu", "name_en": "Boat"},
    )
    assert kind.get_json()["code"] == "kebakaran.perahu"
    path = "/kinds/kebakaran.perahu"
    assert admin.send("PATCH", path, {"active": False}).get_json()["active"] is False
    agencies = admin.send("PUT", "/agencies/tagana", {"name": "Tagana", "short_name": "Tagana"})
    assert "tagana" in [row["code"] for row in agencies.get_json()["items"]]
    plan = {"kind": "kebakaran.perahu", "items": [{"agency": "tagana", "role": "lead"}]}
    plans = admin.send("PUT", "/response-plans", plan).get_json()["items"]
    mine = next(row for row in plans if row["kind"] == "kebakaran.perahu")
    assert mine["items"][0]["agency"] == "tagana"
    assert admin.send("DELETE", f"/response-plans/{mine['id']}").status_code == 204


def test_a_file_is_previewed_then_saved_and_a_wrong_one_refused_whole(admin: Browser) -> None:
    status, preview = upload(admin, "stations", STATIONS, dry_run=True)
    assert (status, preview["added"], preview["saved"]) == (200, 1, False)
    status, saved = upload(admin, "stations", STATIONS, dry_run=False)
    assert (status, saved["saved"]) == (200, True)
    wrong = STATIONS + "Pos Salah,castle,damkar,108.98,0.9\n"
    status, preview = upload(admin, "stations", wrong, dry_run=True)
    assert preview["rows"][1]["problems"][0]["field"] == "kind"
    status, problem = upload(admin, "stations", wrong, dry_run=False)
    assert (status, problem["field"]) == (422, "kind")
    assert "line 3" in problem["detail"]
    names = [row["name"] for row in admin.get("/stations").get_json()["items"]]
    assert "Pos Baru" in names
    assert "Pos Salah" not in names


@pytest.mark.parametrize("role", ["operator", "lead_operator", "dispatcher", "crew", "planner"])
def test_nobody_else_may_administer(calm_town: Town, role: str) -> None:
    browser = calm_town.signed_in(role)
    for path in ("/users", "/tokens", "/devices", "/agencies", "/kinds", "/response-plans"):
        assert browser.get(path).status_code == 403, path
    assert browser.post("/stations", {}).status_code in (403, 422)
    page = browser.client.get("/admin", headers={"Accept": "text/html"})
    assert page.status_code == 403


def test_profiles_say_where_they_are_from_what_is_wrong_and_what_is_lost(
    town: Town, admin: Browser
) -> None:
    folder = town.app.extensions["settings"].home / "profiles"
    folder.mkdir(parents=True)
    folder.joinpath("pickup.toml").write_text('like = "car"\nname_en = "Pick-up"\n')
    folder.joinpath("engine.toml").write_text("wings = 2\n")
    town.sql("UPDATE unit_types SET profile = 'boat' WHERE code = 'perahu'")
    said = admin.get("/profiles").get_json()
    rows = {row["name"]: row for row in said["items"]}
    assert list(rows) == ["car", "engine", "motorcycle", "pickup"]
    assert [row["source"] for row in rows.values()] == ["shipped", "shipped", "shipped", "own"]
    assert rows["pickup"]["name_en"] == "Pick-up"
    assert "pemadam" in rows["engine"]["unit_types"]
    assert len(said["problems"]) == 1
    assert said["problems"][0].startswith('engine.toml: there is no key "wings".')
    lost = {"profile": "boat", "unit_types": ["perahu"], "closures": []}
    assert said["lost"] == [lost]

    health = town.app.test_client().get("/healthz").get_json()["profiles"]
    assert health["ok"] is True
    assert health["problems"] == said["problems"]
    assert health["lost"] == ["boat"]
