"""What happens: calls, and the incidents they are about."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import (
    LOCATION_METHODS,
    document,
    forward,
    identity,
    metadata,
    one_of,
    point,
    stamp,
    text,
)

CHANNELS = ("phone", "sms", "app", "radio", "walk_in", "social_media", "telephony")
DISPOSITIONS = ("incident", "hantu", "prank", "informasi", "salah_sambung", "terputus")
INCIDENT_STATUSES = (
    "received",
    "verified",
    "dispatched",
    "in_progress",
    "resolved",
    "closed",
    "reopened",
    "cancelled",
    "duplicate",
    "out_of_area",
)

calls = Table(
    "calls",
    metadata,
    identity(),
    text("channel", nullable=False, server_default="phone"),
    text("caller_number"),
    text("caller_name"),
    text("external_id", unique=True),
    stamp("received_at", nullable=False),
    stamp("answered_at"),
    stamp("ended_at"),
    text("disposition"),
    text("note"),
    Column("incident_id", ForeignKey("incidents.id")),
    Column("operator_id", ForeignKey("users.id")),
    point(nullable=True),
    Column("accuracy_m", Float),
    text("location_method"),
    Column("sample", Boolean, nullable=False, server_default="false"),
    one_of("channel", CHANNELS, "call_channel_known"),
    one_of("disposition", DISPOSITIONS, "call_disposition_known"),
    one_of("location_method", LOCATION_METHODS, "call_location_method_known"),
    CheckConstraint(
        "disposition IS DISTINCT FROM 'incident' OR incident_id IS NOT NULL",
        name="incident_call_names_incident",
    ),
    forward("calls", "received_at", "answered_at", "ended_at"),
    Index(None, "incident_id"),
    Index(None, "received_at"),
)

incidents = Table(
    "incidents",
    metadata,
    identity(),
    text("number", nullable=False, unique=True),
    text("kind_code", ForeignKey("kinds.code"), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    text("status", nullable=False, server_default="received"),
    text("description", nullable=False, server_default=""),
    text("needs"),
    text("caller_name"),
    text("caller_number"),
    stamp("received_at", nullable=False),
    point(nullable=False),
    Column("accuracy_m", Float),
    text("method", nullable=False),
    text("address"),
    text("village_code", ForeignKey("villages.code")),
    stamp("verified_at"),
    Column("verified_by", ForeignKey("users.id")),
    Column("duplicate_of", ForeignKey("incidents.id")),
    text("status_reason"),
    text("outcome"),
    text("summary"),
    document("casualties"),
    stamp("resolved_at"),
    stamp("closed_at"),
    Column("closed_by", ForeignKey("users.id")),
    Column("created_by", ForeignKey("users.id")),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("sample", Boolean, nullable=False, server_default="false"),
    Column("alarm_level", SmallInteger, nullable=False, server_default="1"),
    one_of("status", INCIDENT_STATUSES, "incident_status_known"),
    one_of("method", LOCATION_METHODS, "incident_method_known"),
    CheckConstraint("priority BETWEEN 1 AND 4", name="incident_priority_1_to_4"),
    CheckConstraint("alarm_level BETWEEN 1 AND 5", name="incident_alarm_1_to_5"),
    CheckConstraint(
        "status <> 'closed'"
        " OR (outcome IS NOT NULL AND summary IS NOT NULL AND closed_at IS NOT NULL)",
        name="incident_closed_needs_report",
    ),
    CheckConstraint(
        "(verified_at IS NULL OR verified_at >= received_at)"
        " AND (status <> 'closed' OR resolved_at IS NULL OR closed_at >= resolved_at)",
        name="times_forward_incidents",
    ),
    CheckConstraint("duplicate_of IS DISTINCT FROM id", name="incident_not_duplicate_of_itself"),
    CheckConstraint(
        "(status = 'duplicate') = (duplicate_of IS NOT NULL)", name="duplicate_names_the_other"
    ),
    CheckConstraint(
        "status IN ('received', 'cancelled', 'duplicate', 'out_of_area')"
        " OR verified_at IS NOT NULL",
        name="incident_needs_verification",
    ),
    Index("ix_incidents_point", "point", postgresql_using="gist"),
    Index("ix_incidents_received_at", "received_at"),
    Index(
        "ix_incidents_open",
        "received_at",
        postgresql_where=sql("status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')"),
    ),
)

incident_locations = Table(
    "incident_locations",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    point(nullable=False),
    Column("accuracy_m", Float),
    text("method", nullable=False),
    text("address"),
    Column("set_by", ForeignKey("users.id")),
    stamp("set_at", nullable=False),
    one_of("method", LOCATION_METHODS, "location_method_known"),
    Index(None, "incident_id"),
)
