"""Turns that are banned, what recommendations were made from, and when units will arrive."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "road_turn_bans",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edges", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("cardinality(edges) >= 2", name=op.f("turn_ban_names_two_edges")),
        sa.ForeignKeyConstraint(
            ["version"],
            ["road_networks.version"],
            name=op.f("fk_road_turn_bans_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_road_turn_bans")),
    )
    op.create_table(
        "kept_documents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_documents")),
    )
    op.create_table(
        "assignment_etas",
        sa.Column("assignment_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrives_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("driving_time_s", sa.Float(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_etas_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment_etas")),
    )
    op.add_column("recommendations", sa.Column("network_version", sa.String(), nullable=True))
    op.create_index(
        op.f("ix_recommendations_network_version"),
        "recommendations",
        ["network_version"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignments_recommendation_id"),
        "assignments",
        ["recommendation_id"],
        unique=False,
    )
    # Earlier networks are kept from now on: what is looked for lies in one of them.
    op.drop_index(op.f("ix_road_edges_geom"), table_name="road_edges", postgresql_using="gist")
    op.create_index(
        "ix_road_edges_version_geom",
        "road_edges",
        ["version", "geom"],
        unique=False,
        postgresql_using="gist",
    )
    op.execute("UPDATE recommendations SET network_version = inputs ->> 'network_version'")


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
