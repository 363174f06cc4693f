"""The state tables in PostgreSQL are those of the domain, and raw SQL cannot write past them.

Every pair of statuses of every machine is tried: a record is put in one status with its stamps, and
an UPDATE wants it in another with everything that one needs, and then with each thing missing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from gis_dispatch.domain.call import INCIDENT
from gis_dispatch.domain.correcting import ORDER
from gis_dispatch.domain.machines import MACHINES
from gis_dispatch.domain.states import Carried, Machine, Transition
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.migrating import stamp_rows, transition_rows
from gis_dispatch.store.refusals import refusal_of

T0 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TABLES = {
    "incident": "incidents", "referral": "referrals", "assignment": "assignments",
    "unit": "units", "call": "calls",
}  # fmt: skip
EVENT_OF = {"call": "call_id", "incident": "incident_id", "unit": "unit_id"}

SETTING = """
ALTER TABLE incidents DISABLE TRIGGER USER; ALTER TABLE referrals DISABLE TRIGGER USER;
ALTER TABLE assignments DISABLE TRIGGER USER; ALTER TABLE calls DISABLE TRIGGER USER;
ALTER TABLE units DISABLE TRIGGER USER;
INSERT INTO incidents (id, number, kind_code, priority, received_at, point, method)
OVERRIDING SYSTEM VALUE
SELECT n, 'I' || n, 'kebakaran', 1, '2026-03-02T02:00:00Z',
    ST_SetSRID(ST_MakePoint(108.98, 0.9), 4326), 'pin' FROM generate_series(1, 2) AS n;
INSERT INTO calls (id, received_at) OVERRIDING SYSTEM VALUE VALUES (1, '2026-03-02T02:00:00Z');
INSERT INTO referrals (id, incident_id, agency_code, status, sent_at, acknowledged_at, ready_at,
    accepted_at, completed_at)
OVERRIDING SYSTEM VALUE VALUES (1, 1, 'damkar', 'completed', '2026-03-02T02:00:00Z',
    '2026-03-02T02:00:00Z', '2026-03-02T02:00:00Z', '2026-03-02T02:00:00Z', '2026-03-02T02:09:00Z');
"""
ASSIGNMENT = """
INSERT INTO assignments (id, incident_id, referral_id, unit_id, status, dispatched_at,
    acknowledged_at, en_route_at, cancelled_at, cancel_reason)
OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 1, 'cancelled', '2026-03-02T02:00:00Z',
    '2026-03-02T02:01:00Z', '2026-03-02T02:02:00Z', '2026-03-02T02:03:00Z', 'x');
"""
CHECK = """
INSERT INTO readiness_checks
    (referral_id, checked_at, crew_ok, equipment_ok, vehicle_ok, ready, missing)
VALUES (1, '2026-03-02T02:00:00Z', true, true, true, %s, 'x')
"""
ACCEPTED = "UPDATE referrals SET status = 'accepted', completed_at = NULL"


class Tables:
    """Rows in one transaction that is never committed."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def run(self, statement: str, *values: object) -> None:
        self.cursor.execute(statement, values)

    def begin(self, machine: Machine, before: str) -> None:
        """One record of the machine in a status, with the records around it that steps need."""
        self.run(SETTING)
        if machine.name != "referral":
            self.run(ASSIGNMENT)
        if machine.name == "assignment":
            self.run(ACCEPTED)
        self._write(machine, before, values_of(machine, before))
        for table in TABLES.values():
            self.run(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def recorded(self, machine: Machine) -> None:
        """An event of every status there is."""
        column = EVENT_OF.get(machine.name, f"{machine.name}_id")
        ids = {"incident_id": 1, column: 1}
        for status in (*machine.statuses, "ended"):
            self.run(
                "INSERT INTO events"
                f" (occurred_at, entered_at, source, actor, kind, {', '.join(ids)})"
                f" VALUES (%s, %s, 'system', 'x', %s, {', '.join('1' for _ in ids)})",
                T0, T0, f"{machine.name}.{status}",
            )  # fmt: skip

    def step(self, machine: Machine, after: str, **without: None) -> str | None:
        """Try the step; what refused it, or None."""
        self.run("SAVEPOINT before")
        try:
            if machine.name == "referral":
                self.run(CHECK, after != "not_ready")
            self._write(machine, after, {**values_of(machine, after), **without})
        except psycopg2.IntegrityError as refused:
            self.run("ROLLBACK TO SAVEPOINT before")
            assert refusal_of(refused, lambda _query, **_parameters: None) is not None
            return refused.diag.constraint_name
        return None

    def _write(self, machine: Machine, status: str, values: dict[str, Any]) -> None:
        column = {"unit": "duty", "call": None}.get(machine.name, "status")
        told = values if column is None else {column: status, **values}
        changes = ", ".join(f"{name} = %s" for name in told)
        self.run(f"UPDATE {TABLES[machine.name]} SET {changes} WHERE id = 1", *told.values())


def values_of(machine: Machine, status: str) -> dict[str, Any]:
    """What a record in a status carries: times in their order, and a word where one is needed."""
    carried = machine.carries.get(status, Carried())
    if machine.name == "unit":
        return {"duty_reason": "x"}
    made: dict[str, Any] = {}
    for name in machine.stamps:
        if name.endswith("_at"):
            made[name] = T0 + timedelta(minutes=ORDER[machine.name].index(name))
        else:
            made[name] = {"duplicate_of": 2, "incident_id": 1}.get(name, "x")
        kept = {"verified_at", "status_reason", *carried.needed}
        optional = name in carried.allowed and name not in kept
        if name in machine.forbidden(status) or optional:
            made[name] = None
    if machine.name == "call" and made["disposition"]:
        made["disposition"] = "prank" if status == "closed" else INCIDENT
    return made


@pytest.fixture
def tables(store: PostgresStore) -> Iterator[Tables]:
    connection = psycopg2.connect(
        store.engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
    )
    with connection.cursor() as cursor:
        yield Tables(cursor)
    connection.rollback()
    connection.close()


def test_the_database_holds_the_tables_of_the_domain(store: PostgresStore) -> None:
    with store.engine.connect() as connection:
        steps = connection.exec_driver_sql(
            "SELECT machine, from_status, to_status, takes_back, columns FROM state_transitions"
        )
        found = {(*row[:4], tuple(row[4])) for row in steps}
        stamps = connection.exec_driver_sql(
            "SELECT machine, status, stamp, needed FROM state_stamps"
        )
        kept = {tuple(row) for row in stamps}
    assert found == {(*list(row.values())[:4], tuple(row["columns"])) for row in transition_rows()}
    assert kept == {tuple(row.values()) for row in stamp_rows()}


@pytest.mark.parametrize(
    "machine", [m for m in MACHINES if m.name in TABLES], ids=lambda machine: machine.name
)
def test_raw_sql_takes_the_steps_of_the_table_and_no_other(
    tables: Tables, machine: Machine
) -> None:
    for before in sorted(machine.statuses):
        for after in sorted(machine.statuses - {before}):
            tables.run("SAVEPOINT pair")
            tables.begin(machine, before)
            step = machine.find(before, after)
            if step is not None:
                assert _lacking(tables, machine, step) == [], (before, after)
                assert tables.step(machine, after) is None, (before, after)
            elif (before, after) in machine.undos:
                assert tables.step(machine, after) == f"{machine.name}_taken_back", (before, after)
                tables.recorded(machine)
                assert tables.step(machine, after) is None, (before, after)
            else:
                tables.recorded(machine)
                assert tables.step(machine, after) == f"{machine.name}_state_order", (before, after)
            tables.run("ROLLBACK TO SAVEPOINT pair")


def _lacking(tables: Tables, machine: Machine, step: Transition) -> list[str]:
    """What the step needs and yet went through without."""
    needed = set(machine.carries.get(step.to_status, Carried()).needed)
    needed |= {name for need in step.needs for name in machine.evidence.get(need, ())}
    if machine.name == "call":
        needed -= {"answered_at", "ended_at", "disposition"}  # without them it is another step
    return [
        name
        for name in sorted(needed)
        if tables.step(machine, step.to_status, **{name: None}) is None
    ]


def test_a_stamp_does_not_come_before_its_status(tables: Tables) -> None:
    [assignment] = [machine for machine in MACHINES if machine.name == "assignment"]
    tables.begin(assignment, "en_route")
    early: Any = {"on_scene_at": T0 + timedelta(minutes=9)}
    tables.run("SAVEPOINT before")
    with pytest.raises(psycopg2.IntegrityError, match="too early"):
        tables._write(assignment, "en_route", early)


def test_without_its_trigger_the_table_would_lie(tables: Tables) -> None:
    """The test above can fail: a step that no table knows goes through once nobody judges it."""
    [referral] = [machine for machine in MACHINES if machine.name == "referral"]
    tables.begin(referral, "sent")
    assert tables.step(referral, "accepted") == "referral_state_order"
    tables.run("ALTER TABLE referrals DISABLE TRIGGER referral_state_order")
    assert tables.step(referral, "accepted") is None
