"""What the data centre gets of a case: whole, by the published schema, without who called."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gis_dispatch.domain.receivers import PERSONAL, reduced
from gis_dispatch.exchange import osmand
from gis_dispatch.services.build_case_document import build, intervals
from gis_dispatch.services.deliver_case import canonical
from gis_dispatch.services.facts_files import FactsWrong
from gis_dispatch.services.facts_receivers import read_receivers
from gis_dispatch.store import PostgresStore
from tests.exchange.conftest import StillClock
from tests.whose import ISSUER

FILE = osmand.__file__.replace("osmand.py", "case_document.schema.json")

CASE = """
INSERT INTO incidents (id, number, kind_code, priority, status, description, caller_name,
    caller_number, received_at, point, accuracy_m, method, sample)
VALUES (1, '20261123-0001', 'kebakaran', 1, 'received', 'Ruko terbakar', 'Ibu Sari',
    '081234567890', '2026-11-23T09:00:00Z', ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 25,
    'pin', false);
ALTER TABLE calls DISABLE TRIGGER USER;
INSERT INTO calls (caller_number, caller_name, received_at, answered_at, disposition, incident_id)
VALUES ('081234567890', 'Ibu Sari', '2026-11-23T08:59:50Z', '2026-11-23T09:00:00Z', 'incident', 1),
       ('112', NULL, '2026-11-23T09:01:00Z', NULL, 'incident', 1),
       (NULL, NULL, '2026-11-23T09:02:00Z', NULL, 'incident', 1);
UPDATE incidents SET status = 'verified', verified_at = '2026-11-23T09:00:40Z';
INSERT INTO referrals (id, incident_id, agency_code, role, status, sent_at)
VALUES (1, 1, 'damkar', 'lead', 'sent', '2026-11-23T09:01:00Z');
UPDATE referrals SET status = 'acknowledged', acknowledged_at = '2026-11-23T09:01:10Z';
INSERT INTO readiness_checks (referral_id, checked_at, crew_ok, equipment_ok, vehicle_ok, ready)
VALUES (1, '2026-11-23T09:01:20Z', true, true, true, true);
UPDATE referrals SET status = 'ready', ready_at = '2026-11-23T09:01:20Z';
UPDATE referrals SET status = 'accepted', accepted_at = '2026-11-23T09:01:30Z';
INSERT INTO assignments (incident_id, referral_id, unit_id, status, dispatched_at)
VALUES (1, 1, 1, 'dispatched', '2026-11-23T09:02:00Z');
UPDATE assignments SET status = 'acknowledged', acknowledged_at = '2026-11-23T09:02:10Z';
UPDATE assignments SET status = 'en_route', en_route_at = '2026-11-23T09:03:00Z';
UPDATE assignments SET status = 'on_scene', on_scene_at = '2026-11-23T09:09:00Z';
INSERT INTO events (occurred_at, entered_at, source, actor, kind, incident_id, unit_id, data)
VALUES ('2026-11-23T09:02:00Z', '2026-11-23T09:02:00Z', 'operator', 'Budi',
    'assignment.dispatched', 1, 1, '{"caller_number": "081234567890"}');
"""


@pytest.fixture
def document(store: PostgresStore, clock: StillClock) -> dict[str, Any]:
    with store.transaction() as tx:
        cast(Any, tx).connection.exec_driver_sql(CASE)
        return build(tx, 1, ISSUER)


def validator() -> Draft202012Validator:
    with open(FILE, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_it_follows_the_published_schema(document: dict[str, Any]) -> None:
    plain = json.loads(json.dumps(document))
    assert [error.message for error in validator().iter_errors(plain)] == []


@pytest.mark.parametrize("wrong", [{"case_id": "1"}, {"extra": 1}, {"priority": 9}, {"events": {}}])
def test_the_schema_notices_what_is_wrong(document: dict[str, Any], wrong: dict[str, Any]) -> None:
    assert not validator().is_valid(document | wrong)


def test_it_says_which_case_and_who_vouches(document: dict[str, Any]) -> None:
    assert (document["case_id"], document["sequence"]) == ("20261123-0001.1", 1)
    assert document["issuer"] == {
        "city": "Kota Singkawang",
        "service": "SIGAP 112",
        "sop_number": "000.8.3.3/07/IKP-B/2023",
    }


def test_nothing_tells_who_called(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert "Sari" not in text
    assert "081234567890" not in text
    assert [call["caller_number"] for call in document["calls"]] == [None, None, None]


@given(may_see=st.sets(st.sampled_from(sorted(PERSONAL))))
def test_a_receiver_is_told_what_its_file_names_and_nothing_else(may_see: set[str]) -> None:
    """Every datum that may be of a person is marked; only those to be seen are in the bytes."""
    document: dict[str, Any] = {}
    for datum, paths in PERSONAL.items():
        for path in paths:
            _mark(document, path.split("."), f"<{datum}>")
    told = canonical(reduced(document, frozenset(may_see))).decode()
    for datum in PERSONAL:
        assert (f"<{datum}>" in told) == (datum in may_see), datum
    assert f"<{min(PERSONAL)}>" in canonical(document).decode(), "the original is left as it was"


def _mark(value: Any, path: list[str], mark: str) -> None:
    name, *rest = path
    if rest and rest[0] == "*":
        _mark(value.setdefault(name, [{}, {}])[0], rest[1:], mark)
    elif rest:
        _mark(value.setdefault(name, {}), rest, mark)
    else:
        value[name] = mark


def test_no_personal_datum_that_the_data_centre_may_not_see_is_in_the_outbox(
    store: PostgresStore, clock: StillClock
) -> None:
    with store.transaction() as tx:
        cast(Any, tx).connection.exec_driver_sql(CASE)
        kept = canonical(build(tx, 1, ISSUER, read_receivers())).decode()
    assert "Ruko terbakar" in kept, "words may be seen"
    for private in ("Sari", "081234567890", "7890"):
        assert private not in kept


def test_a_file_of_receivers_is_refused_with_what_would_be_right(tmp_path: Path) -> None:
    file = tmp_path / "receivers.toml"
    file.write_text('[[receivers]]\ncode = "data_centre"\nname = "Kominfo"\nmay_see = ["face"]\n')
    with pytest.raises(FactsWrong, match="caller_name, caller_number, words, address"):
        read_receivers(tmp_path)
    file.write_text('[[receivers]]\ncode = "polres"\nname = "Polres"\n')
    with pytest.raises(FactsWrong, match="data_centre"):
        read_receivers(tmp_path)


def test_every_stamp_and_interval_is_there(document: dict[str, Any]) -> None:
    assert document["intervals"] == {
        "answer_s": 10.0,
        "processing_s": 120.0,
        "turnout_s": 60.0,
        "response_s": 420.0,
        "total_response_s": 550.0,
        "resolution_s": None,
    }
    [assignment] = document["assignments"]
    assert assignment["unit"]["call_sign"] == "Damkar 01"
    assert assignment["on_scene_at"].startswith("2026-11-23T09:09:00")
    assert document["referrals"][0]["readiness"][0]["ready"] is True
    assert [event["kind"] for event in document["events"]] == ["assignment.dispatched"]


def test_an_interval_that_would_run_backwards_is_not_told() -> None:
    stamps = {"answered_at": "2026-11-23T09:05:00Z", "received_at": "2026-11-23T09:00:00Z"}
    unit = dict.fromkeys(("en_route_at", "on_scene_at"))
    told = intervals(
        {
            "calls": [stamps],
            "assignments": [unit | {"dispatched_at": "2026-11-23T09:04:00Z"}],
            "received_at": "2026-11-23T09:00:00Z",
            "resolved_at": None,
        }
    )
    assert told["processing_s"] is None
    assert told["answer_s"] == 300


def test_a_case_closed_again_has_the_next_number(
    store: PostgresStore, clock: StillClock, document: dict[str, Any]
) -> None:
    with store.transaction() as tx:
        tx.deliveries.queue(1, document, clock.now())
        assert build(tx, 1, ISSUER)["case_id"] == "20261123-0001.2"
