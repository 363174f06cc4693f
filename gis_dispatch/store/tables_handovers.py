"""From one shift to the next: promises, hand-overs, and how far each person has read the chat."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy import text as sql

from gis_dispatch.store.tables_base import document, forward, identity, metadata, stamp, text

# `agency_code` NULL, here and below: the desk of the operators of 112.
promises = Table(
    "promises",
    metadata,
    identity(),
    text("agency_code", ForeignKey("agencies.code")),
    Column("incident_id", ForeignKey("incidents.id")),
    text("promise", nullable=False),
    text("promised_to", nullable=False),
    stamp("due_at", nullable=False),
    stamp("made_at", nullable=False),
    Column("made_by", ForeignKey("users.id")),
    stamp("ended_at"),
    Column("ended_by", ForeignKey("users.id")),
    text("outcome"),
    CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="promise_ends_with_an_outcome"),
    forward("promises", "made_at", "ended_at"),
    Index("ix_promises_open", "due_at", postgresql_where=sql("ended_at IS NULL")),
    Index(None, "incident_id"),
)

handovers = Table(
    "handovers",
    metadata,
    identity(),
    text("agency_code", ForeignKey("agencies.code")),
    stamp("since"),
    stamp("handed_at", nullable=False),
    Column("handed_by", ForeignKey("users.id"), nullable=False),
    text("note"),
    document("picture", nullable=False),
    text("sha256", nullable=False),
    stamp("taken_at"),
    Column("taken_by", ForeignKey("users.id")),
    text("taken_note"),
    CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="handover_taken_by_somebody"),
    CheckConstraint("taken_by <> handed_by", name="handover_taken_by_another"),
    forward("handovers", "since", "handed_at", "taken_at"),
    Index(
        "one_waiting_handover_per_desk",
        "agency_code",
        unique=True,
        postgresql_where=sql("taken_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    ),
)
"""What was open, late, promised and out of service at a change of shifts, as it was seen then."""

chat_reads = Table(
    "chat_reads",
    metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    text("channel", primary_key=True),
    Column("event_id", BigInteger, nullable=False),
)
"""Up to which message a person has read; what was said is in the event record itself."""
