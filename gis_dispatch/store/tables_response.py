"""Who is sent: referrals, readiness checks, assignments, and the rankings behind them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import (
    document,
    forward,
    identity,
    metadata,
    one_of,
    stamp,
    text,
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
    forward(
        "referrals",
        "sent_at",
        "acknowledged_at",
        "ready_at",
        "accepted_at",
        "handed_back_at",
        "completed_at",
    ),
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
    document("known"),
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
        "cancelled_at",
    ),
    Index(None, "incident_id"),
    Index(None, "referral_id"),
    Index(None, "unit_id"),
    Index(None, "recommendation_id"),
    Index(
        "one_open_assignment_per_unit",
        "unit_id",
        unique=True,
        postgresql_where=sql("cleared_at IS NULL AND cancelled_at IS NULL"),
    ),
)

recommendations = Table(
    "recommendations",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id")),
    stamp("made_at", nullable=False),
    Column("made_by", ForeignKey("users.id")),
    text("inputs", nullable=False),
    text("result", nullable=False),
    text("sha256", nullable=False),
    text("network_version"),
    text("closures_sha256"),
    text("profiles_sha256"),
    text("units_sha256"),
    Column("ranked_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Index(None, "incident_id"),
    Index(None, "network_version"),
)

"""Rankings as they were shown; `inputs` and `result` are JSON, to the byte as it was sealed."""

kept_documents = Table(
    "kept_documents",
    metadata,
    text("sha256", primary_key=True),
    document("content", nullable=False),
    stamp("kept_at", nullable=False),
)
"""What many recommendations were made from (closures, profiles, units), once by its hash."""

assignment_etas = Table(
    "assignment_etas",
    metadata,
    Column(
        "assignment_id", ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True,
        autoincrement=False,
    ),
    stamp("made_at", nullable=False),
    stamp("position_at", nullable=False),
    stamp("arrives_at", nullable=False),
    Column("driving_time_s", Float, nullable=False),
    Column("length_m", Float, nullable=False),
)  # fmt: skip
"""When each unit on its way will be there, by the roads and closures of `made_at`."""
