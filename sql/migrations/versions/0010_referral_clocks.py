"""The time allowed for each step of a referral, the chain a late one goes up, and who was told.

Revision ID: 0010
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0012"
branch_labels = None
depends_on = None

STEP = "step IN ('acknowledge', 'check', 'decide')"
KIND = "kind IN ('role', 'user', 'contact')"


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _to(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [other], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "referral_allowances",
        _id(),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("allowed_s", sa.Integer(), nullable=False),
        sa.CheckConstraint(STEP, name="allowance_step_known"),
        sa.CheckConstraint("priority BETWEEN 1 AND 4", name="allowance_priority_1_to_4"),
        sa.CheckConstraint("allowed_s BETWEEN 10 AND 86400", name="allowance_10_to_86400_s"),
        _to("referral_allowances", "agency_code", "agencies.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_allowances")),
        sa.UniqueConstraint(
            "agency_code",
            "priority",
            "step",
            name="one_allowance_per_agency_priority_and_step",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "escalation_levels",
        _id(),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("after_s", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(KIND, name="level_kind_known"),
        sa.CheckConstraint(
            "role IN ('dispatcher', 'operator', 'lead_operator')", name="level_role_known"
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 9", name="level_1_to_9"),
        sa.CheckConstraint("after_s BETWEEN 1 AND 86400", name="level_after_1_to_86400_s"),
        sa.CheckConstraint(
            "(kind = 'role') = (role IS NOT NULL) AND (kind = 'user') = (user_id IS NOT NULL)"
            " AND (kind <> 'contact' OR title IS NOT NULL)"
            " AND (contact_id IS NULL OR kind = 'contact')",
            name="level_names_whom",
        ),
        _to("escalation_levels", "agency_code", "agencies.code"),
        _to("escalation_levels", "user_id", "users.id"),
        _to("escalation_levels", "contact_id", "contacts.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_levels")),
        sa.UniqueConstraint(
            "agency_code",
            "level",
            name="one_level_per_agency_and_number",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "referral_raises",
        _id(),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        _moment("began_at"),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        _moment("due_at"),
        _moment("raised_at"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column(
            "user_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False
        ),
        sa.Column("names", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(STEP, name="raise_step_known"),
        sa.CheckConstraint(KIND, name="raise_kind_known"),
        sa.CheckConstraint("level BETWEEN 0 AND 9", name="raise_level_0_to_9"),
        sa.CheckConstraint(
            "due_at >= began_at AND raised_at >= due_at", name="times_forward_referral_raises"
        ),
        _to("referral_raises", "referral_id", "referrals.id"),
        _to("referral_raises", "contact_id", "contacts.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_raises")),
        sa.UniqueConstraint(
            "referral_id", "step", "began_at", "level", name="each_level_is_raised_once"
        ),
    )
    op.create_table(
        "referral_takeovers",
        _id(),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        _moment("began_at"),
        _moment("taken_at"),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(STEP, name="takeover_step_known"),
        sa.CheckConstraint("taken_at >= began_at", name="times_forward_referral_takeovers"),
        _to("referral_takeovers", "referral_id", "referrals.id"),
        _to("referral_takeovers", "taken_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_takeovers")),
    )
    op.create_index(
        op.f("ix_referral_takeovers_referral_id"), "referral_takeovers", ["referral_id"]
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
