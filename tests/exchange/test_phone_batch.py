"""Many positions in one request: good ones are kept, bad ones named, limits said."""

import json
from typing import Any

import pytest

from gis_dispatch.consoles import phones
from gis_dispatch.exchange.phone_batch import BatchUnreadable, split
from gis_dispatch.services.manage_devices import create_device
from gis_dispatch.services.track_together import Turns
from gis_dispatch.simulation.keys import ACTOR
from tests.consoles.town import Town
from tests.exchange.test_doors import HALF_AN_HOUR_AGO, point, stamp


@pytest.fixture
def phone(town: Town) -> str:
    return create_device(town.house, ACTOR, label="HP", unit_id=1)[1]


def numbers(phone: str, second: int, **more: Any) -> dict[str, Any]:
    at = int(stamp(second))
    return {"id": phone, "timestamp": at, "lat": 0.9, "lon": 108.98, "speed": 10, **more}


def send(town: Town, body: Any) -> Any:
    text = body if isinstance(body, bytes) else json.dumps(body)
    return town.app.test_client().post("/phones/batch", data=text)


def test_a_buffer_is_kept_in_its_order_and_the_newest_is_shown(town: Town, phone: str) -> None:
    other = create_device(town.house, ACTOR, label="HP 2", unit_id=2)[1]
    answer = send(
        town, [numbers(phone, 1), numbers(phone, 3), numbers(other, 2), numbers(phone, 2)]
    )
    assert answer.status_code == 200
    assert answer.json == {
        "received": 4,
        "kept": 4,
        "shown": 3,
        "judgements": {"late": 1},
        "refused": 0,
        "problems": [],
    }
    shown = town.sql("SELECT unit_id, recorded_at, speed_kph FROM unit_positions ORDER BY 1")
    assert [(unit, (at - HALF_AN_HOUR_AGO).total_seconds()) for unit, at, _ in shown] == [
        (1, 3),
        (2, 2),
    ]
    assert {speed for *_, speed in shown} == {18.52}
    again = send(town, [numbers(phone, 1), numbers(phone, 3)])
    assert again.json["judgements"] == {"late": 1, "duplicate": 1}
    assert town.sql("SELECT count(*) FROM positions") == [(4,)]


def test_a_line_each_in_both_shapes(town: Town, phone: str) -> None:
    client = {
        "device_id": phone,
        "location": {
            "timestamp": HALF_AN_HOUR_AGO.isoformat(),
            "coords": {"latitude": 0.9, "longitude": 108.98, "speed": 10},
        },
    }
    lines = "\n".join([json.dumps(client), "", json.dumps(point(phone, timestamp=stamp(5)))])
    assert send(town, lines.encode()).json["kept"] == 2


def test_bad_points_are_named_and_good_ones_kept(town: Town, phone: str) -> None:
    timeless = {**numbers(phone, 0), "timestamp": None}
    answer = send(
        town,
        [numbers(phone, 1), numbers(phone, 2, lat=91), "x", numbers("nobody", 3), timeless],
    )
    assert (answer.status_code, answer.json["kept"], answer.json["refused"]) == (200, 1, 4)
    assert [(one["point"], one["code"], one["field"]) for one in answer.json["problems"]] == [
        (2, "phone_place_impossible", "lat"),
        (3, "point_unreadable", "point"),
        (4, "device_unknown", None),
        (5, "phone_field_missing", "timestamp"),
    ]


def test_where_nothing_can_be_kept_the_answer_is_no(town: Town, phone: str) -> None:
    town.sql("UPDATE devices SET revoked_at = now()")
    assert send(town, [numbers(phone, 1), numbers(phone, 2)]).status_code == 404
    assert send(town, b'[{"id": 3}]').status_code == 400
    for unreadable in (b"", b"[1", b"hello", b"{"):
        assert send(town, unreadable).status_code == 400, unreadable
    assert send(town, []).json["received"] == 0


def test_limits_are_said(town: Town, phone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    most = town.app.extensions["settings"].batch_positions
    long = send(town, [1] * (most + 1))
    assert (long.status_code, str(most) in long.json["detail"]) == (413, True)
    monkeypatch.setattr(phones, "LARGEST_BATCH_KB", 1)
    large = send(town, [numbers(phone, second) for second in range(20)])
    assert (large.status_code, "1 kB" in large.json["detail"]) == (413, True)
    busy = Turns(0)
    monkeypatch.setitem(town.app.extensions, "batches", busy)
    busy.inside = 1
    full = send(town, [numbers(phone, 1)])
    assert (full.status_code, full.headers["Retry-After"]) == (503, "2")
    assert town.sql("SELECT count(*) FROM positions") == [(0,)]


def test_a_body_is_split_or_refused() -> None:
    assert split(b' [1, {"a": 2}] ') == [1, {"a": 2}]
    assert split(b'{"a": 1}\r\n\n{"b"\n') == [{"a": 1}, None]
    with pytest.raises(BatchUnreadable):
        split(b"a=1")


def test_a_phone_that_reports_too_often_is_told_when_to_come_again(town: Town, phone: str) -> None:
    client = town.app.test_client()
    town.app.extensions["counting"]._most = 1
    answers = [client.post("/phones/osmand", data=point(phone)) for _ in range(30)]
    refused = [one for one in answers if one.status_code == 429]
    assert refused and len(refused) < 30
    assert refused[0].headers["Retry-After"] == "1"
    assert refused[0].json["type"] == "about:blank#phone_too_often"


def test_a_body_larger_than_a_position_is_refused_with_the_limit(town: Town, phone: str) -> None:
    large = point(phone, altitude="1" * 70_000)
    answer = town.app.test_client().post("/phones/osmand", data=large)
    assert (answer.status_code, "64 kB" in answer.json["detail"]) == (413, True)
