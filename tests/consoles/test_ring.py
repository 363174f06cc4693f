"""The memory of events says the same as the table, to whoever asks, from wherever they read on."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_dispatch.consoles.roles import ROLES, may
from gis_dispatch.consoles.streaming import ring
from gis_dispatch.consoles.streaming.ring import Events
from gis_dispatch.consoles.streaming.sight import Sight
from gis_dispatch.consoles.streaming.streams import events_after
from gis_dispatch.domain.people import Actor
from tests.consoles.town import Town

KINDS = (
    "incident.received", "referral.sent", "assignment.dispatched", "unit.duty", "unit.changed",
    "closure.made", "roads.imported", "user.changed", "token.made", "device.made", "wall.made",
    "call.received", "case.queued", "layer.changed",
)  # fmt: skip
AGENCIES, UNITS, INCIDENTS = ("damkar", "bpbd"), (1, 2, 3), (1, 2, 3)
# Who is concerned is what counts here, not whether the procedure allows it.
BEGIN = """
ALTER TABLE referrals DISABLE TRIGGER USER;
ALTER TABLE assignments DISABLE TRIGGER USER;
DELETE FROM assignments;
DELETE FROM referrals;
INSERT INTO incidents (id, number, kind_code, priority, point, method, received_at)
OVERRIDING SYSTEM VALUE
SELECT n, 'K-' || n, 'kebakaran', 2, ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin', now()
FROM generate_series(1, 3) AS n
ON CONFLICT DO NOTHING;
"""
REFER = """
INSERT INTO referrals (incident_id, agency_code, sent_at)
SELECT %(incident)s, %(agency)s, now()
WHERE NOT EXISTS (
    SELECT 1 FROM referrals WHERE incident_id = %(incident)s AND agency_code = %(agency)s
)
"""
ASSIGN = """
INSERT INTO assignments (incident_id, referral_id, unit_id, dispatched_at)
SELECT %(incident)s, id, %(unit)s, now() FROM referrals
WHERE
    incident_id = %(incident)s AND agency_code = 'damkar'
    AND NOT EXISTS (SELECT 1 FROM assignments WHERE unit_id = %(unit)s)
"""
EVENT = """
INSERT INTO events (occurred_at, entered_at, source, actor, kind, incident_id, unit_id, data)
VALUES (now(), now(), 'system', 'x', %(kind)s, %(incident)s, %(unit)s, '{"caller_name": "Sari"}')
"""

events = st.tuples(
    st.sampled_from(KINDS),
    st.none() | st.sampled_from(INCIDENTS),
    st.none() | st.sampled_from(UNITS),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("event"), events),
        st.tuples(
            st.just("refer"), st.tuples(st.sampled_from(INCIDENTS), st.sampled_from(AGENCIES))
        ),
        st.tuples(st.just("assign"), st.tuples(st.sampled_from(INCIDENTS), st.sampled_from(UNITS))),
        st.tuples(st.just("read"), st.none()),
    ),
    max_size=12,
)


def viewers() -> list[Actor]:
    """One of every role that follows events, and every agency and unit."""
    said = [Actor(1, role, role) for role in ROLES.values() if may(role, "events.read")]
    said += [
        Actor(1, "d", "dispatcher", agency, private=private)
        for agency in AGENCIES
        for private in (False, True)
    ]
    return said + [Actor(1, "c", "crew", "damkar", unit) for unit in UNITS]


def read(town: Town, kept: Events) -> None:
    kept.add(town.store.reads.all("list_new_events", after=kept.newest_id, most=500))


def do(town: Town, kept: Events, what: str, given: Any) -> None:
    """What services do: every change of who is concerned comes with an event of the incident."""
    if what == "event":
        kind, incident, unit = given
        town.sql(EVENT, kind=kind, incident=incident, unit=unit)
    elif what == "refer":
        town.sql(REFER, incident=given[0], agency=given[1])
        town.sql(EVENT, kind="referral.sent", incident=given[0], unit=None)
    elif what == "assign":
        town.sql(REFER, incident=given[0], agency="damkar")
        town.sql(ASSIGN, incident=given[0], unit=given[1])
        town.sql(EVENT, kind="assignment.dispatched", incident=given[0], unit=given[1])
    else:
        read(town, kept)


def ids(frames: list[bytes]) -> list[int]:
    said = [
        dict(line.split(": ", 1) for line in one.decode().splitlines() if line) for one in frames
    ]
    assert {one["event"] for one in said} <= {"event"}
    assert "Sari" not in str(said)
    assert [int(one["id"]) for one in said] == [json.loads(one["data"])["id"] for one in said]
    return [int(one["id"]) for one in said]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_memory_and_table_agree_for_everybody(town: Town, steps: list[tuple[str, Any]]) -> None:
    town.sql(BEGIN)
    kept = Events()
    floor = town.store.reads.value("newest_event_id")
    kept.begin(floor, [])
    for what, about in steps:
        do(town, kept, what, about)
    read(town, kept)
    for viewer in viewers():
        for after in range(floor, kept.newest_id + 1):
            table = [row["id"] for row in events_after(town.house, viewer, after)]
            found = kept.after(after, Sight.of(viewer))
            assert found is not None
            assert (ids(found[0]), found[1]) == (table, kept.newest_id)


def row(id: int) -> dict[str, Any]:
    empty = dict.fromkeys(("incident_id", "unit_id", "agency_code", "data"))
    return {"id": id, "kind": "closure.made", "agencies": [], "units": [], **empty}


def test_what_is_no_longer_kept_has_to_be_read_from_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ring, "KEPT", 4)
    kept, sight = Events(), Sight.of(Actor(1, "o", "operator"))
    assert kept.after(0, sight) is None
    kept.begin(10, [])
    for id in range(12, 40, 2):  # ids may have gaps: a transaction that failed took one
        kept.add([row(id)])
        for after in range(40):
            found = kept.after(after, sight)
            if found is None:
                assert after < kept.floor
            else:
                assert ids(found[0]) == [one for one in range(12, id + 1, 2) if one > after]
        assert kept.newest_id - kept.floor <= 2 * 2 * 4
    assert kept.floor > 10
