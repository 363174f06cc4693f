"""Every recorded shape of a phone, judged by the pure steps and through the door it knocks on."""

from datetime import UTC, datetime, timedelta

import pytest

from gis_dispatch.domain.tracking import LastKnown, Sent, judge_in_turn
from gis_dispatch.services.manage_devices import create_device
from gis_dispatch.simulation.keys import ACTOR
from tests.consoles.town import Town
from tests.exchange.recorded_phones import Number, body_of, filled, report_of, shapes

SHAPES = shapes()
BEGAN_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
KEY = "s3cret-of-this-phone"


def _is(said: Number | None, value: float | None) -> bool:
    if said is None:
        return True
    return value is None if said == "none" else value == pytest.approx(said, abs=0.01)


@pytest.mark.parametrize("name", SHAPES)
def test_the_steps_judge_it_so(name: str) -> None:
    shape = SHAPES[name]
    last: dict[int, LastKnown] = {}
    for number, request in enumerate(shape.requests, 1):
        report = report_of(shape, request, KEY, BEGAN_AT)
        assert (report is not None) == request.position, number
        if report is None:
            continue
        assert _is(request.speed_kph, report.speed_kph), (number, report.speed_kph)
        assert _is(request.heading_deg, report.heading_deg), (number, report.heading_deg)
        assert _is(request.battery_percent, report.battery_percent), number
        came_at = BEGAN_AT + timedelta(seconds=request.at_s)
        sent = Sent(1, 1, "device", report, came_at)
        [judged] = judge_in_turn([sent], last, BEGAN_AT - timedelta(days=30))
        told = (list(judged.flags), judged.kept, judged.shown)
        assert told == (request.flags, request.kept, request.shown), number


@pytest.mark.parametrize("name", SHAPES)
def test_the_door_takes_it_so(town: Town, name: str) -> None:
    shape = SHAPES[name]
    phone = create_device(town.house, ACTOR, label="HP", unit_id=1, encrypted=shape.encrypted)
    key = phone.payload_key or ""
    began_at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=shape.span_s)
    client = town.app.test_client()
    for number, request in enumerate(shape.requests, 1):

        def fill(text: str) -> str:
            return filled(text, phone.secret, began_at)

        if shape.door == "/phones/owntracks":
            body = body_of(shape, request, phone.secret, key, began_at)
            answer = client.post(shape.door, json=body, auth=("DMK-1", phone.secret))
            assert (answer.status_code, answer.json) == (200, []), (number, answer.text)
            continue
        if request.get:
            answer = client.get(shape.door, query_string=fill(request.get))
        elif request.post:
            answer = client.post(shape.door, query_string=fill(request.post))
        elif request.form:
            kind = "application/x-www-form-urlencoded"
            answer = client.post(shape.door, data=fill(request.form), content_type=kind)
        else:
            text = fill(request.body or "")
            answer = client.post(shape.door, data=text, content_type="application/json")
        told = {"kept": request.kept, "shown": request.shown, "judgement": request.flags}
        assert (answer.status_code, answer.json) == (200, told), number
    positions = [request for request in shape.requests if request.position]
    kept = [",".join(request.flags) or None for request in positions if request.kept]
    rows = town.sql("SELECT judgement FROM positions")
    assert sorted(str(row[0]) for row in rows) == sorted(str(flags) for flags in kept)


def test_every_way_of_sending_is_recorded() -> None:
    """Otherwise a door could close unnoticed."""
    requests = [request for shape in SHAPES.values() for request in shape.requests]
    for way in ("get", "post", "form", "body"):
        assert any(getattr(request, way) for request in requests), way
    for flag in ("late", "duplicate", "jump", "future_clock", "invalid", "stopped"):
        assert any(flag in request.flags for request in requests), flag
    assert {shape.encrypted for shape in SHAPES.values()} == {True, False}
    assert {shape.arrival for shape in SHAPES.values()} == {True, False}
