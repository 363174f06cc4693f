"""Who is told what outside the screens: contacts, devices that signed up, and every notice."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from gis_dispatch.store.tables_base import identity, metadata, one_of, stamp, text

WAYS = ("push", "email", "sms", "whatsapp")
LOCALES = ("id", "en")

contacts = Table(
    "contacts",
    metadata,
    identity(),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    text("name", nullable=False),
    text("way", nullable=False),
    text("address", nullable=False),
    text("locale", nullable=False, server_default="id"),
    Column("topics", ARRAY(String), nullable=False),
    Column("active", Boolean, nullable=False, server_default="true"),
    one_of("way", WAYS[1:], "contact_way_known"),
    one_of("locale", LOCALES, "contact_locale_known"),
    UniqueConstraint("agency_code", "way", "address", name="one_contact_per_address"),
)
"""People of an agency who hear by e-mail, SMS or WhatsApp, and of which events."""

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    identity(),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("session_version", Integer, nullable=False),
    text("device", nullable=False),
    text("endpoint", nullable=False),
    text("p256dh", nullable=False),
    text("auth", nullable=False),
    stamp("created_at", nullable=False),
    stamp("revoked_at"),
    CheckConstraint(
        "revoked_at IS NULL OR revoked_at >= created_at", name="times_forward_push_subscriptions"
    ),
    Index(
        "one_subscription_per_endpoint",
        "endpoint",
        unique=True,
        postgresql_where=sql("revoked_at IS NULL"),
    ),
    Index(None, "user_id"),
)
"""Browsers that asked to be told while no page is open; good for one session version of a user."""

notifications = Table(
    "notifications",
    metadata,
    identity(),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    text("topic", nullable=False),
    text("way", nullable=False),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL")),
    Column("subscription_id", ForeignKey("push_subscriptions.id")),
    text("recipient", nullable=False),
    text("address"),
    text("agency_code", ForeignKey("agencies.code")),
    Column("incident_id", ForeignKey("incidents.id")),
    Column("referral_id", ForeignKey("referrals.id")),
    Column("assignment_id", ForeignKey("assignments.id")),
    Column("unit_id", ForeignKey("units.id")),
    text("locale", nullable=False),
    text("title", nullable=False),
    text("text", nullable=False),
    text("page", nullable=False),
    stamp("created_at", nullable=False),
    stamp("give_up_at", nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    stamp("last_attempt_at"),
    stamp("next_attempt_at"),
    stamp("delivered_at"),
    stamp("failed_at"),
    text("last_error"),
    text("last_reason"),
    stamp("told_at"),
    Column("told_by", ForeignKey("users.id")),
    text("told_note"),
    one_of("way", WAYS, "notification_way_known"),
    CheckConstraint(
        "(way = 'push') = (subscription_id IS NOT NULL)", name="push_goes_to_a_subscription"
    ),
    CheckConstraint("way = 'push' OR address IS NOT NULL", name="notification_has_an_address"),
    CheckConstraint(
        "num_nonnulls(delivered_at, failed_at, next_attempt_at) = 1",
        name="notification_waits_or_ended",
    ),
    CheckConstraint(
        "failed_at IS NULL OR last_error IS NOT NULL", name="notification_failed_says_why"
    ),
    Index("one_notification_per_event_and_contact", "event_id", "contact_id", unique=True),
    Index("one_notification_per_event_and_device", "event_id", "subscription_id", unique=True),
    Index(
        "ix_notifications_due",
        "next_attempt_at",
        postgresql_where=sql("next_attempt_at IS NOT NULL"),
    ),
    Index(
        "ix_notifications_undelivered",
        "created_at",
        postgresql_where=sql("delivered_at IS NULL AND told_at IS NULL"),
    ),
)
"""The outbox of notices: each goes by one way to one person or device."""

notification_progress = Table(
    "notification_progress",
    metadata,
    Column("single", Boolean, primary_key=True, server_default="true"),
    Column("event_id", BigInteger, nullable=False),
    CheckConstraint("single", name="one_notification_progress"),
)
"""Up to which event notices were made: the event record itself is what is still to be told."""
