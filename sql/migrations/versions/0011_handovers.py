"""Promises, hand-overs of shifts, and how far each person has read the chat.

Revision ID: 0011
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0017"
branch_labels = None
depends_on = None


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "promises",
        _id(),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("promised_to", sa.String(), nullable=False),
        _moment("due_at"),
        _moment("made_at"),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        _moment("ended_at", nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (outcome IS NULL)", name="promise_ends_with_an_outcome"
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL OR made_at IS NULL OR ended_at >= made_at)",
            name="times_forward_promises",
        ),
        _to("promises", "agency_code", "agencies.code"),
        _to("promises", "incident_id", "incidents.id"),
        _to("promises", "made_by", "users.id"),
        _to("promises", "ended_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(
        "ix_promises_open", "promises", ["due_at"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index(op.f("ix_promises_incident_id"), "promises", ["incident_id"])
    op.create_table(
        "handovers",
        _id(),
        sa.Column("agency_code", sa.String(), nullable=True),
        _moment("since", nullable=True),
        _moment("handed_at"),
        sa.Column("handed_by", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("picture", postgresql.JSONB(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        _moment("taken_at", nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (taken_by IS NULL)", name="handover_taken_by_somebody"
        ),
        sa.CheckConstraint("taken_by <> handed_by", name="handover_taken_by_another"),
        sa.CheckConstraint(
            "(handed_at IS NULL OR since IS NULL OR handed_at >= since)"
            " AND (taken_at IS NULL OR since IS NULL OR taken_at >= since)"
            " AND (taken_at IS NULL OR handed_at IS NULL OR taken_at >= handed_at)",
            name="times_forward_handovers",
        ),
        _to("handovers", "agency_code", "agencies.code"),
        _to("handovers", "handed_by", "users.id"),
        _to("handovers", "taken_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(
        "one_waiting_handover_per_desk",
        "handovers",
        ["agency_code"],
        unique=True,
        postgresql_where=sa.text("taken_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "chat_reads",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        _to("chat_reads", "user_id", "users.id"),
        sa.PrimaryKeyConstraint("user_id", "channel", name=op.f("pk_chat_reads")),
    )
    op.create_index(
        "ix_events_chat", "events", ["id"], postgresql_where=sa.text("kind IN ('chat.said')")
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
