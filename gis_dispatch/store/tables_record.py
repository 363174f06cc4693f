"""What is remembered: events, deliveries to the data centre, received cases, state tables."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    TextClause,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import (
    STAMP_SOURCES,
    document,
    identity,
    metadata,
    one_of,
    stamp,
    text,
)

# By these an incident or a call leaves the room's hands.
ENDS = (
    "incident.closed",
    "incident.cancelled",
    "incident.duplicate",
    "incident.out_of_area",
    "call.ended",
    "call.closed",
    "call.linked",
)


def one_kind_of(kinds: tuple[str, ...]) -> TextClause:
    """Events of these kinds only, as an index says it."""
    return sql(f"kind IN ({', '.join(repr(kind) for kind in kinds)})")


# `id` has no default: the trigger gives it under a lock, so that ids are in commit order.
events = Table(
    "events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False, server_default=sql("0")),
    stamp("occurred_at", nullable=False),
    stamp("entered_at", nullable=False),
    text("source", nullable=False),
    Column("actor_id", ForeignKey("users.id")),
    text("actor", nullable=False),
    text("kind", nullable=False),
    Column("call_id", ForeignKey("calls.id")),
    Column("incident_id", ForeignKey("incidents.id")),
    Column("referral_id", ForeignKey("referrals.id")),
    Column("assignment_id", ForeignKey("assignments.id")),
    Column("unit_id", BigInteger),
    Column("closure_id", ForeignKey("closures.id")),
    text("agency_code"),
    document("data", nullable=False, server_default="{}"),
    one_of("source", STAMP_SOURCES, "event_source_known"),
    Index(None, "incident_id"),
    Index(None, "entered_at"),
    Index(None, "call_id"),
    Index("ix_events_ends", "entered_at", postgresql_where=one_kind_of(ENDS)),
    Index(
        "ix_events_late",
        "occurred_at",
        postgresql_where=sql("entered_at - occurred_at > interval '60 seconds'"),
    ),
    Index(
        "ix_events_unit",
        "unit_id",
        "kind",
        "id",
        postgresql_where=one_kind_of(("unit.duty", "unit.changed")),
    ),
    Index("ix_events_chat", "id", postgresql_where=one_kind_of(("chat.said",))),
    Index("ix_events_closure_id", "closure_id", postgresql_where=sql("closure_id IS NOT NULL")),
)

case_deliveries = Table(
    "case_deliveries",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    document("document", nullable=False),
    text("sha256", nullable=False),
    text("url"),
    stamp("queued_at", nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    stamp("last_attempt_at"),
    stamp("next_attempt_at"),
    stamp("delivered_at"),
    document("receipt"),
    text("last_error"),
    text("last_reason"),
    stamp("withdrawn_at"),
    Index("one_delivery_per_incident_and_sequence", "incident_id", "sequence", unique=True),
    Index("ix_case_deliveries_waiting", "queued_at", postgresql_where=sql("delivered_at IS NULL")),
)

received_cases = Table(
    "received_cases",
    metadata,
    identity(),
    text("case_id", nullable=False, unique=True),
    stamp("received_at", nullable=False),
    document("document", nullable=False),
    text("sha256", nullable=False),
    Column("signature_ok", Boolean, nullable=False),
)

state_transitions = Table(
    "state_transitions",
    metadata,
    text("machine", primary_key=True),
    text("from_status", primary_key=True),
    text("to_status", primary_key=True),
    Column("takes_back", Boolean, nullable=False, server_default="false"),
    Column("columns", ARRAY(String), nullable=False, server_default="{}"),
)
"""Which status may follow which; whether only to take a step back; what the step must leave."""

state_stamps = Table(
    "state_stamps",
    metadata,
    text("machine", primary_key=True),
    text("status", primary_key=True),
    text("stamp", primary_key=True),
    Column("needed", Boolean, nullable=False),
)
"""Which columns a status needs, and which must be empty in it; others may be either."""

incident_counters = Table(
    "incident_counters",
    metadata,
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)
