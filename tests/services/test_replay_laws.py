"""The laws of a replay: the whole record is the tables of now, any moment what was live then.

Acts are chosen by hypothesis and done on one database one after the other: the laws hold for any
history, so each example continues the history of those before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.picture import (
    Known,
    KnownAssignment,
    KnownCall,
    KnownClosure,
    KnownIncident,
    KnownMove,
    KnownPromise,
    KnownReferral,
    KnownUnit,
)
from gis_dispatch.ports import House
from gis_dispatch.services.replay_sight import Sight
from gis_dispatch.services.replay_span import picture_at, replay_span
from gis_dispatch.services.replay_spans import Span
from tests.fakes import FakeClock
from tests.services.acting import ACTS, Room

ALL = Sight(sees_all=True, agency_code=None, words=True)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OVER = {"closed", "cancelled", "duplicate", "out_of_area"}
Kept = dict[str, dict[int, tuple[Any, ...]]]

acts = st.lists(
    st.tuples(
        st.sampled_from([*sorted(ACTS), *["course"] * 5, *["step"] * 3]),
        st.integers(0, 11),
        st.integers(1, 90),
    ),
    min_size=5,
    max_size=25,
)


@dataclass
class Watched:
    """What the live lists said at moments of the history so far."""

    moments: list[tuple[datetime, Kept]] = field(default_factory=list)


def shaped(known: Iterable[Known]) -> Kept:
    """A picture in the few facts that the live lists tell too."""
    found: Kept = {
        "call": {}, "incident": {}, "referral": {}, "assignment": {}, "unit": {}, "closure": {},
        "move": {}, "promise": {},
    }  # fmt: skip
    for one in known:
        match one:
            case KnownCall():
                facts: tuple[Any, ...] = (
                    one.channel, one.received_at, one.answered_at, one.ended_at,
                    one.disposition, one.incident_id,
                )  # fmt: skip
            case KnownIncident():
                facts = (
                    one.number, one.kind, one.priority, one.status, one.received_at,
                    round(one.lon, 9), round(one.lat, 9), one.address, one.verified,
                    one.alarm_level,
                )  # fmt: skip
            case KnownReferral():
                facts = (one.incident_id, one.agency_code, one.role, one.status)
            case KnownAssignment():
                facts = (one.incident_id, one.referral_id, one.unit_id, one.status)
            case KnownUnit():
                facts = (
                    one.call_sign, one.agency_code, one.type_code, one.station_id, one.active,
                    one.duty, one.duty_reason,
                )  # fmt: skip
            case KnownClosure():
                facts = (one.lifted_at,)
            case KnownMove():
                facts = (one.unit_id, one.station_id, one.station, one.status)
            case KnownPromise():
                facts = (
                    one.agency_code, one.incident_id, one.promise, one.due_at, one.ended_at,
                )  # fmt: skip
        found[one.thing][one.id] = facts
    return found


def lived(house: House, *, every: bool) -> Kept:
    """The same facts as the live lists tell them now: of what is open, or of everything."""
    read = house.store.reads.all
    most = 100_000
    incidents = read("list_incidents", status="all" if every else "open", limit=most)
    shown = {row["id"] for row in incidents}
    units = read("list_units", include_inactive=True)
    closures = (
        read("list_closures", state="all")
        if every
        else read("list_closures_at", moment=house.clock.now())
    )
    return {
        "call": {
            r["id"]: (
                r["channel"], r["received_at"], r["answered_at"], r["ended_at"],
                r["disposition"], r["incident_id"],
            )
            for r in read("list_calls", state="all" if every else "open", limit=most)
        },
        "incident": {
            r["id"]: (
                r["number"], r["kind"], r["priority"], r["status"], r["received_at"],
                round(r["location"]["lon"], 9), round(r["location"]["lat"], 9),
                r["location"]["address"], r["location"]["verified"], r["alarm_level"],
            )
            for r in incidents
        },
        "referral": {
            r["id"]: (r["incident_id"], r["agency"]["code"], r["role"], r["status"])
            for r in read("list_referrals", limit=most)
            if r["incident_id"] in shown
        },
        "assignment": {
            r["id"]: (r["incident_id"], r["referral_id"], r["unit"]["id"], r["status"])
            for r in read("list_assignments", state="all" if every else "open", limit=most)
        },
        "unit": {
            r["id"]: (
                r["call_sign"], r["agency_code"], r["type"]["code"],
                r["station"]["id"] if r["station"] else None, r["active"],
                r["duty"], r["duty_reason"],
            )
            for r in units
        },
        "closure": {r["id"]: (r.get("lifted_at"),) for r in closures},
        "move": {
            r["id"]: (r["unit"]["id"], r["station"]["id"], r["station"]["name"], r["status"])
            for r in read("list_moves", state="all" if every else "open")
        },
        "promise": {
            r["id"]: (
                r["agency_code"], r["incident_id"], r["promise"], r["due_at"], r["ended_at"],
            )
            for agency in (None, "damkar")
            for still in ((True, False) if every else (True,))
            for r in read("list_promises", agency=agency, open=still)
        },
    }  # fmt: skip


def in_hand(house: House, known: Kept, moment: datetime) -> Kept:
    """Of a picture what the live lists show: what was open, and closures that held."""
    held = house.store.reads.all("list_closures", state="all")
    times = {row["id"]: (row["starts_at"], row["ends_at"]) for row in held}
    incidents = {id: facts for id, facts in known["incident"].items() if facts[3] not in OVER}
    return {
        **known,
        "call": {id: facts for id, facts in known["call"].items() if facts[4] is None},
        "incident": incidents,
        "referral": {i: facts for i, facts in known["referral"].items() if facts[0] in incidents},
        "assignment": {
            id: facts
            for id, facts in known["assignment"].items()
            if facts[3] not in {"cleared", "cancelled"}
        },
        "move": {id: facts for id, facts in known["move"].items() if facts[3] == "ordered"},
        "promise": {id: facts for id, facts in known["promise"].items() if facts[4] is None},
        "closure": {
            id: facts
            for id, facts in known["closure"].items()
            if facts[0] is None
            and times[id][0] <= moment
            and (times[id][1] is None or times[id][1] > moment)
        },
    }


def places(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[Any, ...]]:
    return {r["unit_id"]: (r["lon"], r["lat"], r["recorded_at"]) for r in rows}


def differing(recalled: Kept, live: Kept) -> dict[str, dict[int, Any]]:
    """Each thing of which the two say different, with what the replay says and what was live."""
    found = {
        thing: {
            id: (recalled[thing].get(id), live[thing].get(id))
            for id in recalled[thing].keys() | live[thing].keys()
            if recalled[thing].get(id) != live[thing].get(id)
        }
        for thing in live
    }
    return {thing: rows for thing, rows in found.items() if rows}


HISTORY: dict[int, Watched] = {}


@given(done=acts)
@settings(
    max_examples=12,
    # Nothing is shrunk: an example is told apart from its history only by being its last part.
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_record_tells_what_the_tables_hold_and_what_was_live(
    town: House, clock: FakeClock, done: list[tuple[str, int, int]]
) -> None:
    room = Room(town, clock)
    watched = HISTORY.setdefault(id(town), Watched())
    for name, which, seconds in done:
        clock.forward(seconds)
        room.act(name, which)
        positions = places(town.store.reads.all("live_positions"))
        watched.moments.append((clock.now(), {**lived(town, every=False), "position": positions}))
    everything = replay_span(town, Span(LONG_AGO, clock.now()), ALL)
    assert not everything["more"] or len(everything["events"]) == 5000
    assert differing(whole_record(town), lived(town, every=True)) == {}
    for moment, live in watched.moments[-8:] + watched.moments[:: max(1, len(done))]:
        picture = shaped(picture_at(town, moment, ALL).values())
        then = in_hand(town, picture, moment)
        span = Span(moment, moment + timedelta(seconds=1))
        recalled = places(replay_span(town, span, ALL)["positions"])
        assert differing({**then, "position": recalled}, live) == {}, moment


def whole_record(house: House) -> Kept:
    """The fold of every event there is, over the units as they were before the first one."""
    from gis_dispatch.domain.recalling import recalled
    from gis_dispatch.services.replay_span import _recorded

    rows = house.store.reads.all(
        "replay_events", from_at=LONG_AGO, to_at=house.clock.now(), after=0, sees_all=True
    )
    picture = recalled(picture_at(house, LONG_AGO, ALL), map(_recorded, rows))
    return shaped(picture.values())
