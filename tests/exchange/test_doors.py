"""The doors for machines: phones are answered as the protocol has it, cases are received once."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gis_dispatch.exchange.signatures import shared_secret, signature
from gis_dispatch.services.manage_devices import create_device
from gis_dispatch.simulation.keys import ACTOR
from tests.consoles.town import Town
from tests.exchange.test_osmand import CLIENT_9


@pytest.fixture
def phone(town: Town) -> str:
    return create_device(town.house, ACTOR, label="HP", unit_id=1)[1]


HALF_AN_HOUR_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)


def stamp(seconds: int = 0) -> str:
    return str(int(HALF_AN_HOUR_AGO.timestamp()) + seconds)


def point(phone: str, **more: str) -> dict[str, str]:
    return {"id": phone, "lat": "0.9", "lon": "108.98", "timestamp": stamp()} | more


def test_a_phone_reports_by_get_by_form_and_by_json(town: Town, phone: str) -> None:
    client = town.app.test_client()
    assert client.get("/phones/osmand", query_string=point(phone)).status_code == 200
    later = point(phone, timestamp=stamp(1))
    assert client.post("/phones/osmand", query_string=later).status_code == 200
    assert client.post("/phones/osmand", data=point(phone, timestamp=stamp(2))).json == {
        "kept": True,
        "shown": True,
        "judgement": [],
    }
    for later_s, headers in ((70, {"Content-Type": "application/json"}), (71, {})):
        moment = HALF_AN_HOUR_AGO + timedelta(seconds=later_s)
        body = CLIENT_9.replace("tok-123", phone)
        body = body.replace("2025-11-23T09:30:00.250Z", moment.isoformat())
        answer = client.post("/phones/osmand", data=body, headers=headers)
        assert answer.json is not None
        assert answer.json["shown"]
    assert town.sql("SELECT count(*) FROM positions") == [(5,)]
    assert town.sql("SELECT unit_id, speed_kph FROM unit_positions") == [(1, 36.0)]


def test_a_repeated_point_is_accepted_and_kept_once(town: Town, phone: str) -> None:
    client = town.app.test_client()
    for _ in range(3):
        assert client.post("/phones/osmand", data=point(phone)).status_code == 200
    assert town.sql("SELECT count(*) FROM positions") == [(1,)]


def test_a_bad_field_is_named_and_an_unknown_phone_is_not_found(town: Town, phone: str) -> None:
    client = town.app.test_client()
    bad = client.post("/phones/osmand", data=point(phone, lon="east"))
    assert (bad.status_code, bad.json["field"]) == (400, "lon")  # type: ignore[index]  # JSON
    assert client.get("/phones/osmand").status_code == 400
    assert client.head("/phones/osmand", query_string=point(phone)).status_code == 405
    assert client.post("/phones/osmand", data=point("nobody")).status_code == 404
    town.sql("UPDATE devices SET revoked_at = now()")
    assert client.post("/phones/osmand", data=point(phone)).status_code == 404


def deliver(town: Town, document: Any, **headers: str) -> Any:
    body = json.dumps(document).encode()
    secret = shared_secret(town.app.extensions["settings"])
    usual = {
        "X-Signature": signature(secret, body),
        "Idempotency-Key": document.get("case_id", "") if isinstance(document, dict) else "",
    }
    return town.app.test_client().post(
        "/try/data-centre",
        data=body,
        headers=usual | {k.replace("_", "-"): v for k, v in headers.items()},
    )


CASE = {"case_id": "20261123-0001.1", "number": "20261123-0001", "kind": {"name_en": "Fire"}}


def test_a_case_is_received_once_with_one_receipt(town: Town) -> None:
    first, again = deliver(town, CASE), deliver(town, CASE)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json["sha256"] == hashlib.sha256(json.dumps(CASE).encode()).hexdigest()
    assert first.json["receipt_id"].startswith("TRY-")
    assert town.sql("SELECT count(*) FROM received_cases") == [(1,)]
    assert deliver(town, CASE | {"number": "other"}).status_code == 409


def test_what_is_not_ours_is_not_received(town: Town) -> None:
    assert deliver(town, CASE, X_Signature="sha256=00").status_code == 403
    assert deliver(town, CASE, Idempotency_Key="another").status_code == 422
    assert deliver(town, [1]).status_code == 422
    assert town.sql("SELECT count(*) FROM received_cases") == [(0,)]


def test_planners_see_what_was_received(town: Town) -> None:
    deliver(town, CASE)
    client = town.app.test_client()
    assert client.get("/try/data-centre").status_code == 401
    seen = client.get("/try/data-centre", headers=bearer(town, "planner"))
    assert [one["case_id"] for one in seen.json["items"]] == ["20261123-0001.1"]
    page = client.get("/try/data-centre", headers=bearer(town, "planner") | {"Accept": "text/html"})
    assert page.status_code == 200
    assert b"20261123-0001.1" in page.data
    assert client.get("/try/data-centre", headers=bearer(town, "operator")).status_code == 403


def bearer(town: Town, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {town.token(role)}"}
