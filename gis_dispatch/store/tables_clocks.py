"""The time an agency is allowed for each step of a referral, and who is told when it passes."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from gis_dispatch.store.tables_base import identity, metadata, one_of, stamp, text

CLOCK_STEPS = ("acknowledge", "check", "decide")
RAISED_TO = ("role", "user", "contact")
CHAIN_ROLES = ("dispatcher", "operator", "lead_operator")

referral_allowances = Table(
    "referral_allowances",
    metadata,
    identity(),
    # NULL: every agency that has none of its own.
    text("agency_code", ForeignKey("agencies.code")),
    Column("priority", SmallInteger, nullable=False),
    text("step", nullable=False),
    Column("allowed_s", Integer, nullable=False),
    one_of("step", CLOCK_STEPS, "allowance_step_known"),
    CheckConstraint("priority BETWEEN 1 AND 4", name="allowance_priority_1_to_4"),
    CheckConstraint("allowed_s BETWEEN 10 AND 86400", name="allowance_10_to_86400_s"),
    UniqueConstraint(
        "agency_code",
        "priority",
        "step",
        name="one_allowance_per_agency_priority_and_step",
        postgresql_nulls_not_distinct=True,
    ),
)

escalation_levels = Table(
    "escalation_levels",
    metadata,
    identity(),
    # NULL: the chain of every agency that has none of its own.
    text("agency_code", ForeignKey("agencies.code")),
    Column("level", SmallInteger, nullable=False),
    Column("after_s", Integer, nullable=False),
    text("kind", nullable=False),
    text("role"),
    Column("user_id", ForeignKey("users.id")),
    text("title"),
    text("phone"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL")),
    one_of("kind", RAISED_TO, "level_kind_known"),
    one_of("role", CHAIN_ROLES, "level_role_known"),
    CheckConstraint("level BETWEEN 1 AND 9", name="level_1_to_9"),
    CheckConstraint("after_s BETWEEN 1 AND 86400", name="level_after_1_to_86400_s"),
    CheckConstraint(
        "(kind = 'role') = (role IS NOT NULL) AND (kind = 'user') = (user_id IS NOT NULL)"
        " AND (kind <> 'contact' OR title IS NOT NULL)"
        " AND (contact_id IS NULL OR kind = 'contact')",
        name="level_names_whom",
    ),
    UniqueConstraint(
        "agency_code",
        "level",
        name="one_level_per_agency_and_number",
        postgresql_nulls_not_distinct=True,
    ),
)

# Level 0 is the lateness itself; `began_at` tells one round of a step from the next.
referral_raises = Table(
    "referral_raises",
    metadata,
    identity(),
    Column("referral_id", ForeignKey("referrals.id"), nullable=False),
    text("step", nullable=False),
    stamp("began_at", nullable=False),
    Column("level", SmallInteger, nullable=False),
    stamp("due_at", nullable=False),
    stamp("raised_at", nullable=False),
    text("kind", nullable=False),
    text("role"),
    text("title"),
    Column("user_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("names", ARRAY(String), nullable=False, server_default="{}"),
    text("phone"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL")),
    one_of("step", CLOCK_STEPS, "raise_step_known"),
    one_of("kind", RAISED_TO, "raise_kind_known"),
    CheckConstraint("level BETWEEN 0 AND 9", name="raise_level_0_to_9"),
    CheckConstraint(
        "due_at >= began_at AND raised_at >= due_at", name="times_forward_referral_raises"
    ),
    UniqueConstraint("referral_id", "step", "began_at", "level", name="each_level_is_raised_once"),
)
"""Who was told of a late step, and when."""

referral_takeovers = Table(
    "referral_takeovers",
    metadata,
    identity(),
    Column("referral_id", ForeignKey("referrals.id"), nullable=False),
    text("step", nullable=False),
    stamp("began_at", nullable=False),
    stamp("taken_at", nullable=False),
    Column("taken_by", ForeignKey("users.id")),
    one_of("step", CLOCK_STEPS, "takeover_step_known"),
    CheckConstraint("taken_at >= began_at", name="times_forward_referral_takeovers"),
    Index(None, "referral_id"),
)
"""A lead operator took a late step in hand: the chain rests for a while."""
