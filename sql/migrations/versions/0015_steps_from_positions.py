"""Steps that positions propose, and what phones encrypt with.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("devices", sa.Column("payload_key", sa.String(), nullable=True))
    op.create_table(
        "step_proposals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("point", Geometry("POINT", srid=4326, spatial_index=False), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'declined', 'overtaken')", name="proposal_outcome_known"
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (outcome IS NULL)", name="settled_proposal_has_an_outcome"
        ),
        sa.CheckConstraint(
            "step IN ('en_route', 'on_scene', 'cleared')", name="proposed_step_known"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_step_proposals_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_proposals")),
    )
    op.create_index(
        "one_open_proposal_per_assignment",
        "step_proposals",
        ["assignment_id"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_step_proposals_assignment_id", "step_proposals", ["assignment_id"])


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
