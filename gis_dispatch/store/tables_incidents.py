"""What happens: calls, incidents, referrals, assignments, closures, recommendations."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
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
REFERRAL_STATUSES = (
    "sent",
    "acknowledged",
    "ready",
    "not_ready",
    "accepted",
    "handed_back",
    "completed",
)
ASSIGNMENT_STATUSES = (
    "dispatched",
    "acknowledged",
    "en_route",
    "on_scene",
    "transporting",
    "at_hospital",
    "cleared",
    "cancelled",
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
    one_of("status", INCIDENT_STATUSES, "incident_status_known"),
    one_of("method", LOCATION_METHODS, "incident_method_known"),
    CheckConstraint("priority BETWEEN 1 AND 4", name="incident_priority_1_to_4"),
    CheckConstraint(
        "status <> 'closed'"
        " OR (outcome IS NOT NULL AND summary IS NOT NULL AND closed_at IS NOT NULL)",
        name="incident_closed_needs_report",
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

referrals = Table(
    "referrals",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    text("role", nullable=False, server_default="support"),
    text("status", nullable=False, server_default="sent"),
    text("note"),
    stamp("sent_at", nullable=False),
    Column("sent_by", ForeignKey("users.id")),
    stamp("acknowledged_at"),
    stamp("ready_at"),
    stamp("accepted_at"),
    stamp("handed_back_at"),
    text("hand_back_reason"),
    stamp("completed_at"),
    text("completion_note"),
    one_of("status", REFERRAL_STATUSES, "referral_status_known"),
    one_of("role", ("lead", "support"), "referral_role_known"),
    CheckConstraint(
        "status <> 'handed_back' OR (handed_back_at IS NOT NULL AND hand_back_reason IS NOT NULL)",
        name="hand_back_needs_reason",
    ),
    CheckConstraint(
        "status NOT IN ('acknowledged', 'ready', 'not_ready', 'accepted', 'completed')"
        " OR acknowledged_at IS NOT NULL",
        name="referral_acknowledged_stamp",
    ),
    CheckConstraint(
        "status NOT IN ('accepted', 'completed') OR accepted_at IS NOT NULL",
        name="referral_accepted_stamp",
    ),
    CheckConstraint(
        "(status = 'completed') = (completed_at IS NOT NULL)", name="referral_completed_stamp"
    ),
    forward("referrals", "sent_at", "acknowledged_at", "ready_at", "accepted_at", "completed_at"),
    Index(None, "incident_id"),
    Index(
        "one_open_referral_per_agency",
        "incident_id",
        "agency_code",
        unique=True,
        postgresql_where=sql("status NOT IN ('handed_back', 'completed')"),
    ),
)

readiness_checks = Table(
    "readiness_checks",
    metadata,
    identity(),
    Column("referral_id", ForeignKey("referrals.id"), nullable=False),
    stamp("checked_at", nullable=False),
    Column("checked_by", ForeignKey("users.id")),
    Column("crew_ok", Boolean, nullable=False),
    Column("equipment_ok", Boolean, nullable=False),
    Column("vehicle_ok", Boolean, nullable=False),
    Column("ready", Boolean, nullable=False),
    text("missing"),
    text("note"),
    CheckConstraint("ready OR missing IS NOT NULL", name="not_ready_names_what_is_missing"),
    CheckConstraint(
        "NOT ready OR (crew_ok AND equipment_ok AND vehicle_ok)", name="ready_means_all_is_ready"
    ),
    Index(None, "referral_id"),
)

assignments = Table(
    "assignments",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("referral_id", ForeignKey("referrals.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    text("status", nullable=False, server_default="dispatched"),
    Column("recommendation_id", ForeignKey("recommendations.id")),
    text("overrule_reason"),
    stamp("dispatched_at", nullable=False),
    Column("dispatched_by", ForeignKey("users.id")),
    stamp("acknowledged_at"),
    stamp("en_route_at"),
    stamp("on_scene_at"),
    stamp("transporting_at"),
    stamp("at_hospital_at"),
    stamp("cleared_at"),
    stamp("cancelled_at"),
    text("cancel_reason"),
    one_of("status", ASSIGNMENT_STATUSES, "assignment_status_known"),
    CheckConstraint(
        "(status = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
        name="assignment_cancelled_needs_reason",
    ),
    CheckConstraint(
        "(status = 'cleared') = (cleared_at IS NOT NULL)", name="assignment_cleared_stamp"
    ),
    CheckConstraint(
        "status NOT IN ('on_scene', 'transporting', 'at_hospital', 'cleared')"
        " OR on_scene_at IS NOT NULL",
        name="assignment_on_scene_stamp",
    ),
    CheckConstraint(
        "status NOT IN ('en_route', 'on_scene', 'transporting', 'at_hospital', 'cleared')"
        " OR en_route_at IS NOT NULL",
        name="assignment_en_route_stamp",
    ),
    forward(
        "assignments",
        "dispatched_at",
        "acknowledged_at",
        "en_route_at",
        "on_scene_at",
        "transporting_at",
        "at_hospital_at",
        "cleared_at",
    ),
    Index(None, "incident_id"),
    Index(None, "referral_id"),
    Index(None, "unit_id"),
    Index(
        "one_open_assignment_per_unit",
        "unit_id",
        unique=True,
        postgresql_where=sql("cleared_at IS NULL AND cancelled_at IS NULL"),
    ),
)

closures = Table(
    "closures",
    metadata,
    identity(),
    Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), nullable=False),
    text("effect", nullable=False),
    Column("speed_kph", Float),
    Column("depth_cm", Float),
    Column("profiles", ARRAY(String)),
    text("reason", nullable=False),
    text("source", nullable=False, server_default="operator"),
    stamp("starts_at", nullable=False),
    stamp("ends_at"),
    stamp("lifted_at"),
    Column("created_by", ForeignKey("users.id")),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("sample", Boolean, nullable=False, server_default="false"),
    one_of("effect", ("closed", "slowed"), "closure_effect_known"),
    CheckConstraint("(effect = 'slowed') = (speed_kph IS NOT NULL)", name="slowed_names_its_speed"),
    CheckConstraint("speed_kph > 0 AND speed_kph <= 150", name="closure_speed_sane"),
    CheckConstraint("depth_cm > 0 AND depth_cm <= 1000", name="closure_depth_sane"),
    CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="times_forward_closures"),
    CheckConstraint("ST_IsValid(geom) AND NOT ST_IsEmpty(geom)", name="closure_shape_valid"),
    Index("ix_closures_geom", "geom", postgresql_using="gist"),
    Index(None, "starts_at"),
)

recommendations = Table(
    "recommendations",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id")),
    stamp("made_at", nullable=False),
    Column("made_by", ForeignKey("users.id")),
    document("inputs", nullable=False),
    document("result", nullable=False),
    text("sha256", nullable=False),
    Index(None, "incident_id"),
)
