"""What PostgreSQL itself refuses, whoever asks: each broken rule becomes a named refusal."""

from datetime import UTC, datetime, timedelta

import pytest
from psycopg2.extensions import connection as PgConnection  # noqa: N812

from gis_dispatch import errors
from gis_dispatch.services.move_refusals import UnitIsMoving
from gis_dispatch.store import PostgresStore

T0 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

INCIDENT = """
    INSERT INTO incidents (number, kind_code, priority, received_at, point, method)
    VALUES (%s, 'kebakaran', 1, %s, ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin')
    RETURNING id
"""
REFERRAL = """
    INSERT INTO referrals (incident_id, agency_code, sent_at) VALUES (%s, 'damkar', %s)
    RETURNING id
"""
CHECK = """
    INSERT INTO readiness_checks (referral_id, checked_at, crew_ok, equipment_ok, vehicle_ok, ready)
    VALUES (%s, %s, true, true, true, true)
"""
ASSIGNMENT = """
    INSERT INTO assignments (incident_id, referral_id, unit_id, dispatched_at)
    VALUES (%s, %s, %s, %s) RETURNING id
"""
EVENT = """
    INSERT INTO events (occurred_at, entered_at, source, actor, kind)
    VALUES (now(), now(), 'system', 'test', 'unit.changed') RETURNING id
"""


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


class Sql:
    """Raw SQL, committed statement by statement, refusals translated as in the product."""

    def __init__(self, store: PostgresStore) -> None:
        self.store = store

    def __call__(self, statement: str, *values: object) -> int:
        with self.store.transaction() as tx:
            connection: PgConnection = tx.connection.connection.dbapi_connection  # type: ignore[attr-defined]
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                row = cursor.fetchone() if cursor.description else None
        return int(row[0]) if row else 0

    def accepted(self, number: str) -> tuple[int, int]:
        incident = self(INCIDENT, number, T0)
        self(
            "UPDATE incidents SET status = 'verified', verified_at = %s WHERE id = %s",
            at(1),
            incident,
        )
        referral = self(REFERRAL, incident, at(1))
        self("UPDATE incidents SET status = 'dispatched' WHERE id = %s", incident)
        self(CHECK, referral, at(3))
        for status, column, minute in (
            ("acknowledged", "acknowledged_at", 2),
            ("ready", "ready_at", 3),
            ("accepted", "accepted_at", 4),
        ):
            self(
                f"UPDATE referrals SET status = %s, {column} = %s WHERE id = %s",
                status,
                at(minute),
                referral,
            )
        return incident, referral

    def assigned(self, number: str = "A", unit_id: int = 1) -> int:
        return self(ASSIGNMENT, *self.accepted(number), unit_id, at(5))


@pytest.fixture
def sql(store: PostgresStore) -> Sql:
    return Sql(store)


def test_a_unit_that_is_out_stays_on_duty_and_in_use(sql: Sql) -> None:
    sql.assigned("A")
    for change in ("duty = 'off_duty'", "active = false"):
        with pytest.raises(errors.UnitIsOut, match="DMK-1 is on incident A"):
            sql(f"UPDATE units SET {change} WHERE id = 1")
    sql("UPDATE units SET call_sign = 'DMK-1' WHERE id = 1")


def test_a_unit_on_a_move_stays_on_duty_and_in_use(sql: Sql) -> None:
    sql("INSERT INTO moves (unit_id, station_id, ordered_at) VALUES (1, 2, now())")
    for change in ("duty = 'off_duty'", "active = false"):
        with pytest.raises(UnitIsMoving, match="DMK-1 is already on its way"):
            sql(f"UPDATE units SET {change} WHERE id = 1")


def test_a_unit_has_at_most_one_open_assignment(sql: Sql) -> None:
    sql.assigned("A")
    with pytest.raises(errors.UnitAlreadyAssigned) as refused:
        sql.assigned("B")
    assert str(refused.value) == (
        "DMK-1 is already on its way for incident A. Choose another unit."
    )


def test_an_agency_has_at_most_one_open_referral_of_an_incident(sql: Sql) -> None:
    incident, _ = sql.accepted("A")
    with pytest.raises(errors.AgencyAlreadyReferred, match="damkar"):
        sql(REFERRAL, incident, at(9))


def test_a_referral_does_not_skip_a_state(sql: Sql) -> None:
    referral = sql(REFERRAL, sql(INCIDENT, "A", T0), at(1))
    with pytest.raises(errors.StateOrderBroken):
        sql(
            "UPDATE referrals SET status = 'accepted', acknowledged_at = %s, accepted_at = %s"
            " WHERE id = %s",
            at(2),
            at(3),
            referral,
        )


def test_an_assignment_does_not_skip_a_state(sql: Sql) -> None:
    assignment = sql.assigned()
    with pytest.raises(errors.StateOrderBroken):
        sql(
            "UPDATE assignments SET status = 'on_scene', en_route_at = %s, on_scene_at = %s"
            " WHERE id = %s",
            at(6),
            at(7),
            assignment,
        )


def test_nothing_begins_in_the_middle(sql: Sql) -> None:
    incident = sql(INCIDENT, "A", T0)
    with pytest.raises(errors.StateOrderBroken):
        sql(
            "INSERT INTO referrals (incident_id, agency_code, sent_at, status, acknowledged_at)"
            " VALUES (%s, 'bpbd', %s, 'acknowledged', %s)",
            incident,
            at(1),
            at(2),
        )


@pytest.mark.parametrize("table", ["calls", "referrals", "assignments"])
def test_times_do_not_run_backwards(sql: Sql, table: str) -> None:
    assignment = sql.assigned()
    call = sql("INSERT INTO calls (received_at) VALUES (%s) RETURNING id", T0)
    broken = {
        "calls": ("UPDATE calls SET answered_at = %s WHERE id = %s", at(-1), call),
        "referrals": ("UPDATE referrals SET acknowledged_at = %s WHERE id > %s", at(-1), 0),
        "assignments": (
            "UPDATE assignments SET status = 'acknowledged', acknowledged_at = %s WHERE id = %s",
            at(4),
            assignment,
        ),
    }
    with pytest.raises(errors.TimesOutOfOrder):
        sql(*broken[table])


@pytest.mark.parametrize("act", ["UPDATE events SET actor = 'x'", "DELETE FROM events"])
def test_the_record_is_only_added_to(sql: Sql, act: str) -> None:
    sql(EVENT)
    with pytest.raises(errors.HistoryIsFixed):
        sql(act)


def test_a_unit_off_duty_is_not_sent(sql: Sql) -> None:
    sql("UPDATE units SET duty = 'off_duty' WHERE id = 1")
    with pytest.raises(errors.UnitNotAvailable, match="DMK-1 is not available"):
        sql.assigned()


def test_an_incident_is_not_closed_without_a_report(sql: Sql) -> None:
    incident, referral = sql.accepted("A")
    assignment = sql(ASSIGNMENT, incident, referral, 1, at(5))
    for status, minute in (("acknowledged", 6), ("en_route", 7)):
        sql(
            f"UPDATE assignments SET status = '{status}', {status}_at = %s WHERE id = %s",
            at(minute),
            assignment,
        )
    sql("UPDATE incidents SET status = 'in_progress' WHERE id = %s", incident)
    resolve = "UPDATE incidents SET status = 'resolved', resolved_at = %s WHERE id = %s"
    with pytest.raises(errors.ReferralsStillOpen):
        sql(resolve, at(9), incident)
    sql(
        "UPDATE assignments SET status = 'cancelled', cancelled_at = %s, cancel_reason = 'x'"
        " WHERE id = %s",
        at(8),
        assignment,
    )
    sql(
        "UPDATE referrals SET status = 'completed', completed_at = %s WHERE id = %s",
        at(9),
        referral,
    )
    sql(resolve, at(9), incident)
    with pytest.raises(errors.StepWithoutEvidence):
        sql(
            "UPDATE incidents SET status = 'closed', closed_at = %s WHERE id = %s", at(10), incident
        )


def test_any_other_broken_rule_is_named(sql: Sql) -> None:
    with pytest.raises(errors.RuleBroken, match="call_channel_known"):
        sql("INSERT INTO calls (channel, received_at) VALUES ('pigeon', %s)", T0)


def test_a_referral_is_not_completed_while_a_unit_is_out(sql: Sql) -> None:
    sql.assigned("A")
    with pytest.raises(errors.UnitsStillOut) as refused:
        sql("UPDATE referrals SET status = 'completed', completed_at = %s", at(9))
    assert refused.value.fields == {"number": "A", "units": "DMK-1"}


def test_a_unit_of_another_agency_is_not_sent(sql: Sql) -> None:
    incident, referral = sql.accepted("A")
    [other] = sql.store.reads.all("list_units", agency="bpbd")
    with pytest.raises(errors.UnitOfOtherAgency, match="BPBD-1 belongs to bpbd"):
        sql(ASSIGNMENT, incident, referral, other["id"], at(5))


def test_no_unit_is_sent_before_its_agency_accepts(sql: Sql) -> None:
    incident = sql(INCIDENT, "A", T0)
    referral = sql(REFERRAL, incident, at(1))
    with pytest.raises(errors.ReferralNotAccepted, match="damkar has not accepted"):
        sql(ASSIGNMENT, incident, referral, 1, at(5))


@pytest.mark.parametrize(
    ("query", "value"), [("find_kind", {"code": "a\0b"}), ("list_assignments", {"unit_id": 2**70})]
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    store: PostgresStore, query: str, value: dict[str, object]
) -> None:
    with pytest.raises(errors.ValueUnusable):
        store.reads.find(query, **value)
