"""Contacts, devices that signed up, the outbox of notices, and up to which event they were made.

Revision ID: 0016
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0008"
branch_labels = None
depends_on = None


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _moment(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), nullable=nullable)


def _to(
    table: str, column: str, target: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.create_table(
        "contacts",
        _id(),
        _words("agency_code"),
        _words("name"),
        _words("way"),
        _words("address"),
        sa.Column("locale", sa.String(), server_default="id", nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.CheckConstraint("way IN ('email', 'sms', 'whatsapp')", name="contact_way_known"),
        sa.CheckConstraint("locale IN ('id', 'en')", name="contact_locale_known"),
        _to("contacts", "agency_code", "agencies.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("agency_code", "way", "address", name="one_contact_per_address"),
    )
    op.create_table(
        "push_subscriptions",
        _id(),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        _words("device"),
        _words("endpoint"),
        _words("p256dh"),
        _words("auth"),
        _moment("created_at", nullable=False),
        _moment("revoked_at"),
        sa.CheckConstraint(
            "revoked_at IS NULL OR revoked_at >= created_at",
            name="times_forward_push_subscriptions",
        ),
        _to("push_subscriptions", "user_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
    )
    op.create_index(
        "one_subscription_per_endpoint",
        "push_subscriptions",
        ["endpoint"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_index(op.f("ix_push_subscriptions_user_id"), "push_subscriptions", ["user_id"])
    op.create_table(
        "notifications",
        _id(),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        _words("topic"),
        _words("way"),
        sa.Column("contact_id", sa.BigInteger()),
        sa.Column("subscription_id", sa.BigInteger()),
        _words("recipient"),
        _words("address", nullable=True),
        _words("agency_code", nullable=True),
        sa.Column("incident_id", sa.BigInteger()),
        sa.Column("referral_id", sa.BigInteger()),
        sa.Column("assignment_id", sa.BigInteger()),
        sa.Column("unit_id", sa.BigInteger()),
        _words("locale"),
        _words("title"),
        _words("text"),
        _words("page"),
        _moment("created_at", nullable=False),
        _moment("give_up_at", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _moment("last_attempt_at"),
        _moment("next_attempt_at"),
        _moment("delivered_at"),
        _moment("failed_at"),
        _words("last_error", nullable=True),
        _moment("told_at"),
        sa.Column("told_by", sa.BigInteger()),
        _words("told_note", nullable=True),
        sa.CheckConstraint(
            "way IN ('push', 'email', 'sms', 'whatsapp')", name="notification_way_known"
        ),
        sa.CheckConstraint(
            "(way = 'push') = (subscription_id IS NOT NULL)", name="push_goes_to_a_subscription"
        ),
        sa.CheckConstraint(
            "way = 'push' OR address IS NOT NULL", name="notification_has_an_address"
        ),
        sa.CheckConstraint(
            "num_nonnulls(delivered_at, failed_at, next_attempt_at) = 1",
            name="notification_waits_or_ended",
        ),
        sa.CheckConstraint(
            "failed_at IS NULL OR last_error IS NOT NULL", name="notification_failed_says_why"
        ),
        _to("notifications", "event_id", "events.id"),
        _to("notifications", "contact_id", "contacts.id", "SET NULL"),
        _to("notifications", "subscription_id", "push_subscriptions.id"),
        _to("notifications", "agency_code", "agencies.code"),
        _to("notifications", "incident_id", "incidents.id"),
        _to("notifications", "referral_id", "referrals.id"),
        _to("notifications", "assignment_id", "assignments.id"),
        _to("notifications", "unit_id", "units.id"),
        _to("notifications", "told_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    for name, columns, unique, where in (
        ("one_notification_per_event_and_contact", ["event_id", "contact_id"], True, None),
        ("one_notification_per_event_and_device", ["event_id", "subscription_id"], True, None),
        ("ix_notifications_due", ["next_attempt_at"], False, "next_attempt_at IS NOT NULL"),
        (
            "ix_notifications_undelivered",
            ["created_at"],
            False,
            "delivered_at IS NULL AND told_at IS NULL",
        ),
    ):
        op.create_index(
            name,
            "notifications",
            columns,
            unique=unique,
            postgresql_where=None if where is None else sa.text(where),
        )
    op.create_table(
        "notification_progress",
        sa.Column("single", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("single", name="one_notification_progress"),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_notification_progress")),
    )
    # What happened before there were notices is told nobody.
    op.execute(
        "INSERT INTO notification_progress (event_id) SELECT coalesce(max(id), 0) FROM events"
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
