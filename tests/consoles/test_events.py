"""Live events: in order, resumable, only what a viewer may see, and alive without a listener."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from gis_dispatch.consoles.streaming import live, looking, streams
from gis_dispatch.consoles.streaming.live import Hub
from gis_dispatch.domain.people import SYSTEM_ACTOR, Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.services.manage_tokens import revoke_token
from gis_dispatch.services.manage_users import change_user
from gis_dispatch.services.track_position import track_positions
from gis_dispatch.store.listening import Listener, ListenerLost
from tests.consoles.town import PLACE, Browser, Town
from tests.straight_roads import STATUS

STREAM = {"Accept": "text/event-stream"}

Frame = dict[str, Any]


def frames(browser: Browser, path: str = "/events", **headers: str) -> Iterator[Frame]:
    """The frames of a stream as a browser sees them, read as they come."""
    answer = browser.get(path, headers={**STREAM, **headers}, buffered=False)
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Accel-Buffering"] == "no"
    waiting = ""
    try:
        for piece in answer.response:
            waiting += piece.decode() if isinstance(piece, bytes) else piece
            while "\n\n" in waiting:
                block, waiting = waiting.split("\n\n", 1)
                frame: Frame = dict(line.split(": ", 1) for line in block.splitlines())
                if "data" in frame:
                    frame["data"] = json.loads(frame["data"])
                yield frame
    finally:
        answer.close()


def until_beat(found: Iterator[Frame]) -> list[Frame]:
    """Everything up to the first beat, which a stream sends when it has said what there is."""
    said = []
    for frame in found:
        said.append(frame)
        if frame.get("event") == "beat":
            return said
    raise AssertionError("the stream ended")


def kinds(said: list[Frame]) -> list[str]:
    return [frame["data"]["kind"] for frame in said if "id" in frame]


def record(operator: Browser, **more: Any) -> dict[str, Any]:
    body = {"kind": "kebakaran", "description": "Asap", **PLACE, "verified": True, **more}
    answer = operator.post("/incidents", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    return made


def refer(operator: Browser, incident_id: int, *agencies: str) -> None:
    answer = operator.post(f"/incidents/{incident_id}/referrals", {"agencies": list(agencies)})
    assert answer.status_code == 201, answer.text


def test_a_stream_begins_with_now_and_a_resumed_one_misses_nothing(town: Town) -> None:
    operator = town.signed_in("operator")
    first_id = record(operator)["id"]
    fresh = until_beat(frames(operator))
    assert kinds(fresh) == []
    assert fresh[0] == {"retry": "2000"}
    events = operator.get(f"/events?incident_id={first_id}").get_json()["items"]
    assert [event["kind"] for event in events] == ["incident.received", "incident.verified"]
    first = events[0]["id"]
    resumed = until_beat(frames(operator, **{"Last-Event-ID": str(first)}))
    after = until_beat(frames(operator, f"/events?after={first}"))
    assert kinds(resumed) == kinds(after) == ["incident.verified"]
    assert resumed[1]["data"]["incident_number"].endswith("-0001")


def test_who_signs_in_is_for_administrators_only(town: Town) -> None:
    town.user("new_operator", "operator")
    operator, administrator = town.signed_in("operator"), town.signed_in("administrator")
    seen = {event["kind"] for event in administrator.get("/events").get_json()["items"]}
    assert "user.changed" in seen
    assert operator.get("/events").get_json()["items"] == []


def test_what_happens_arrives_at_once(town: Town) -> None:
    operator = town.signed_in("operator")
    stream = frames(operator)
    until_beat(stream)
    assert town.hub.wait_until_listening(5)
    began = time.monotonic()
    record(town.signed_in("lead_operator"))
    frame = next(frame for frame in stream if "id" in frame)
    assert frame["data"]["kind"] == "incident.received"
    assert time.monotonic() - began < 3
    stream.close()  # type: ignore[attr-defined]


def test_a_dispatcher_follows_only_what_was_handed_to_the_own_agency(town: Town) -> None:
    operator, dispatcher = town.signed_in("operator"), town.signed_in("dispatcher")
    mine, other = record(operator, caller_name="Ibu Sari", caller_number="0812"), record(operator)
    refer(operator, mine["id"], "damkar")
    refer(operator, other["id"], "bpbd")
    seen = dispatcher.get("/events").get_json()["items"]
    assert {event["incident_id"] for event in seen} == {mine["id"]}
    assert dispatcher.get(f"/incidents/{other['id']}").status_code == 404
    assert [one["id"] for one in dispatcher.get("/incidents").get_json()["items"]] == [mine["id"]]


def test_a_closure_reaches_everybody_and_a_call_only_operators(town: Town) -> None:
    operator, crew = town.signed_in("operator"), town.signed_in("crew")
    operator.post("/calls", {"caller_number": "0812-999", "caller_name": "Ibu Sari"})
    shape = {"type": "LineString", "coordinates": [[108.98, 0.9], [108.99, 0.9]]}
    closure = {"type": "Feature", "geometry": shape, "properties": {"reason": "banjir"}}
    assert operator.post("/closures", closure).status_code == 201
    seen = [event["kind"] for event in crew.get("/events").get_json()["items"]]
    assert seen == ["closure.made"]
    all_of_it = operator.get("/events").text
    assert "call.received" in all_of_it
    assert "0812-999" not in all_of_it and "Ibu Sari" not in all_of_it


def items(frame: Frame) -> list[dict[str, Any]]:
    """Positions as they are sent: the names once, then the values of each unit."""
    fields = frame["data"]["fields"]
    return [dict(zip(fields, row, strict=True)) for row in frame["data"]["rows"]]


def test_only_units_that_moved_are_sent_and_only_what_moved(town: Town) -> None:
    for unit_id in (1, 2):
        actor = Actor(None, "crew", "crew", "damkar", unit_id, "device")
        track_positions(town.house, actor, unit_id, [Report(108.98, 0.9)])
    operator = town.signed_in("operator")
    stream = frames(operator)
    said = until_beat(stream)
    [first] = [frame for frame in said if frame.get("event") == "positions"]
    assert [one["unit_id"] for one in items(first)] == [1, 2]
    assert items(first)[0]["call_sign"] == "Damkar 1"
    assert "id" not in first
    began = time.monotonic()
    for step in range(1, 6):
        town.sql(
            "UPDATE unit_positions SET recorded_at = now(), received_at = now(),"
            " point = ST_SetSRID(ST_MakePoint(%(lon)s, 0.9), 4326) WHERE unit_id = 1",
            lon=108.98 + step / 1000,
        )
    last = 108.98 + 5 / 1000
    batches = []
    for frame in stream:
        if frame.get("event") == "positions":
            batches.append(items(frame))
            if abs(batches[-1][0]["lon"] - last) < 1e-9:
                break
    assert all([one["unit_id"] for one in batch] == [1] for batch in batches)
    assert not any("call_sign" in one for batch in batches for one in batch)
    assert len(batches) <= 2 + (time.monotonic() - began) / looking.EVERY_S
    town.sql("UPDATE units SET duty = 'off_duty' WHERE id = 1")
    town.sql("SELECT pg_notify('positions', '1')")
    described = next(frame for frame in stream if frame.get("event") == "positions")
    assert [(one["unit_id"], one["duty"]) for one in items(described)] == [(1, "off_duty")]


def test_a_crew_follows_its_own_unit_only(town: Town) -> None:
    for unit_id in (1, 2):
        actor = Actor(None, "crew", "crew", "damkar", unit_id, "device")
        track_positions(town.house, actor, unit_id, [Report(108.98, 0.9)])
    crew = town.signed_in("crew")
    listed = crew.get("/positions").get_json()["items"]
    assert [one["unit_id"] for one in listed] == [1]
    [sent] = [f for f in until_beat(frames(crew)) if f.get("event") == "positions"]
    assert [one["unit_id"] for one in items(sent)] == [1]


def test_a_stream_ends_with_the_session(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "VALID_FOR_S", 0.1)
    stream = frames(town.signed_in("operator"))
    until_beat(stream)
    [(number,)] = town.sql("SELECT id FROM users WHERE username = 'operator'")
    change_user(town.house, SYSTEM_ACTOR, number, {"active": False})
    assert all(frame.get("event") == "beat" for frame in stream)


def test_a_stream_ends_with_its_token(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "VALID_FOR_S", 0.1)
    bearer = {"Authorization": f"Bearer {town.token('operator')}"}
    stream = frames(Browser(town.app.test_client()), **bearer)
    until_beat(stream)
    [(number,)] = town.sql("SELECT id FROM api_tokens")
    revoke_token(town.house, SYSTEM_ACTOR, number)
    assert all(frame.get("event") == "beat" for frame in stream)


def test_without_a_listener_events_still_arrive(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POLL_EVERY_S", 0.2)

    def deaf() -> Any:
        raise ListenerLost("made deaf for this test")

    hub = Hub(town.house, deaf)
    town.app.extensions["live"] = hub
    operator = town.signed_in("operator")
    stream = frames(operator)
    until_beat(stream)
    record(town.signed_in("lead_operator"))
    assert next(frame for frame in stream if "id" in frame)["data"]["kind"] == "incident.received"
    health = town.app.test_client().get("/healthz")
    assert health.status_code == 503
    assert "made deaf" in health.get_json()["reason"]
    hub.stop()


def test_a_listener_that_is_cut_off_comes_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "POLL_EVERY_S", 0.2)
    operator = town.signed_in("operator")
    stream = frames(operator)
    until_beat(stream)
    assert town.hub.wait_until_listening(5)
    [(cut,)] = town.sql(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = 'gis-dispatch live' AND datname = current_database()"
    )
    assert cut == 1
    record(town.signed_in("lead_operator"))
    assert next(frame for frame in stream if "id" in frame)["data"]["kind"] == "incident.received"
    assert town.hub.wait_until_listening(10)


def test_a_health_check_names_every_part(calm_town: Town) -> None:
    answer = calm_town.app.test_client().get("/healthz")
    assert answer.status_code == 200, answer.text
    health = answer.get_json()
    assert health["database"]["ok"] and health["events"]["ok"]
    assert (health["roads"]["nodes"], health["roads"]["edges"]) == (4, 8)
    assert health["roads"]["version"] == STATUS.version


def test_an_event_id_that_is_none_is_refused(calm_town: Town) -> None:
    operator = calm_town.signed_in("operator")
    answer = operator.get("/events", headers={**STREAM, "Last-Event-ID": "soon"})
    assert answer.status_code == 422
    assert answer.get_json()["field"] == "Last-Event-ID"


def test_a_listener_hears_what_is_notified(town: Town) -> None:
    with Listener(town.url, ("events",)).open() as ear:
        town.sql("SELECT pg_notify('events', '7')")
        assert ear.wait(5) == [("events", "7")]
        assert ear.wait(0.01) == []
        ear.check()
