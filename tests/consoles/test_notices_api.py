"""Being told, over HTTP: devices that sign up, what did not arrive, and contacts of agencies."""

import base64
from typing import Any

import pytest

from gis_dispatch.services.deliver_notice import begin_notice, record_not_taken
from gis_dispatch.services.notify import notify_new
from tests.consoles.town import Browser, Town

KEY = base64.urlsafe_b64encode(b"\x04" + b"k" * 64).rstrip(b"=").decode()
AUTH = base64.urlsafe_b64encode(b"a" * 16).rstrip(b"=").decode()
ENDPOINT = "https://fcm.googleapis.com/fcm/send/1"
CONTACT = {
    "agency_code": "damkar", "name": "Kepala Jaga", "way": "sms", "address": "+62 812-3456-7890",
    "topics": ["referral.sent"],
}  # fmt: skip


def device(endpoint: str = ENDPOINT, **other: Any) -> dict[str, Any]:
    return {"device": "HP", "endpoint": endpoint, "keys": {"p256dh": KEY, "auth": AUTH}, **other}


def open_devices(town: Town) -> list[tuple[Any, ...]]:
    return town.sql("SELECT endpoint FROM push_subscriptions WHERE revoked_at IS NULL")


def test_a_device_signs_up_and_ends_with_the_session(town: Town) -> None:
    crew = town.signed_in("crew")
    key = crew.get("/push/key").get_json()["public_key"]
    assert len(base64.urlsafe_b64decode(key + "=")) == 65
    made = crew.post("/push/subscriptions", device())
    assert made.status_code == 201
    assert [one["device"] for one in made.get_json()["items"]] == ["HP"]
    assert ENDPOINT not in made.text, "what opens the door stays here"
    crew.client.post("/sign-out", data={"csrf_token": crew.csrf()})
    assert open_devices(town) == []


def test_a_browser_that_somebody_else_uses_is_theirs_no_longer(town: Town) -> None:
    town.signed_in("crew").post("/push/subscriptions", device())
    other = town.signed_in("dispatcher")
    other.post("/push/subscriptions", device())
    assert open_devices(town) == [(ENDPOINT,)]
    [mine] = other.get("/push/subscriptions").get_json()["items"]
    assert town.signed_in("crew").get("/push/subscriptions").get_json()["items"] == []
    path = f"/push/subscriptions/{mine['id']}"
    assert town.signed_in("operator").send("DELETE", path).status_code == 404, "not theirs"
    assert other.send("DELETE", path).status_code == 204


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example/push",
        "http://fcm.googleapis.com/fcm/send/1",
        "https://fcm.googleapis.com.evil.example/x",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "not an address",
        "https://[",
    ],
)
def test_only_known_push_services_are_ever_called(town: Town, endpoint: str) -> None:
    refused = town.signed_in("crew").post("/push/subscriptions", device(endpoint))
    assert refused.status_code == 422
    assert refused.get_json()["field"] == "endpoint"
    assert open_devices(town) == []


def test_a_program_and_a_broken_key_are_refused(town: Town) -> None:
    crew = town.signed_in("crew")
    broken = crew.post("/push/subscriptions", device(keys={"p256dh": "AAAA", "auth": AUTH}))
    assert (broken.status_code, broken.get_json()["field"]) == (422, "p256dh")
    headers = {"Authorization": f"Bearer {town.token('operator')}"}
    program = town.app.test_client().post(
        "/api/v1/push/subscriptions", json=device(), headers=headers
    )
    assert program.status_code == 403


@pytest.fixture
def admin(town: Town) -> Browser:
    return town.signed_in("administrator")


def test_contacts_are_kept_as_they_can_be_reached(admin: Browser) -> None:
    made = admin.post("/contacts", CONTACT)
    assert made.status_code == 201
    [row] = made.get_json()["items"]
    assert (row["address"], row["locale"], row["active"]) == ("+6281234567890", "id", True)
    assert "incident.alarm" in made.get_json()["topics"]
    changed = admin.send(
        "PUT", f"/contacts/{row['id']}", {**CONTACT, "way": "email", "address": "a@kota.id"}
    )
    assert changed.get_json()["items"][0]["way"] == "email"
    for wrong, field in (
        ({"address": "0812"}, "address"),
        ({"way": "email", "address": "kota.id"}, "address"),
        ({"topics": []}, "topics"),
        ({"topics": ["user.made"]}, "topics"),
        ({"agency_code": "atlantis"}, "agency_code"),
    ):
        refused = admin.post("/contacts", {**CONTACT, **wrong})
        assert (refused.status_code, refused.get_json()["field"]) == (422, field)
    assert admin.send("DELETE", f"/contacts/{row['id']}").status_code == 204
    assert admin.send("DELETE", f"/contacts/{row['id']}").status_code == 404


def test_the_desk_sees_what_did_not_arrive_and_says_that_it_told_them(
    town: Town, admin: Browser
) -> None:
    admin.post("/contacts", CONTACT)
    operator, desk = town.signed_in("operator"), town.signed_in("dispatcher")
    incident = operator.post(
        "/incidents",
        {"kind": "kebakaran", "lon": 108.987, "lat": 0.906, "method": "pin", "verified": True},
    ).get_json()
    operator.post(f"/incidents/{incident['id']}/referrals", {"agencies": ["damkar"]})
    store, now = town.house.store, town.house.clock.now()
    assert notify_new(store, now) == 1
    [(notice_id,)] = town.sql("SELECT id FROM notifications")
    assert desk.get("/notifications?state=undelivered").get_json()["items"] == []
    notice = begin_notice(store, notice_id, now)
    assert notice is not None
    record_not_taken(store, notice, "No gateway", "no_gateway", now, final=True)
    [shown] = desk.get("/notifications?state=undelivered").get_json()["items"]
    assert (shown["recipient"], shown["last_error"]) == ("Kepala Jaga", "No gateway")
    assert "812" not in str(shown), "a number is not told where it is not needed"
    kinds = [e["kind"] for e in desk.get("/events").get_json()["items"]]
    assert kinds[-1] == "notification.failed"
    path = f"/notifications/{notice_id}/told"
    assert town.signed_in("crew").post(path, {}).status_code == 403
    assert desk.post(path, {"note": "lewat radio"}).status_code == 204
    assert desk.post(path, {}).status_code == 409
    assert desk.get("/notifications?state=undelivered").get_json()["items"] == []
    [kept] = desk.get("/notifications").get_json()["items"]
    assert kept["told_note"] == "lewat radio"
