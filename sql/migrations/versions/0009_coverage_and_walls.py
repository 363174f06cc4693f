"""Coverage as it was last reckoned, and the displays on the wall.

Revision ID: 0009
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_a_group(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["group_code"],
            ["coverages.group_code"],
            name=op.f(f"fk_{table}_group_code"),
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    op.create_table(
        "coverages",
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("standard_s", sa.Integer(), nullable=False),
        _moment("made_at"),
        _moment("confirmed_at"),
        sa.Column("inputs_sha256", sa.String(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.Column("unit_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("confirmed_at >= made_at", name="times_forward_coverages"),
        sa.PrimaryKeyConstraint("group_code", name=op.f("pk_coverages")),
    )
    op.create_table(
        "coverage_areas",
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 2", name="coverage_level_0_to_2"),
        *_of_a_group("coverage_areas"),
        sa.PrimaryKeyConstraint("group_code", "level", name=op.f("pk_coverage_areas")),
    )
    op.create_index(
        "ix_coverage_areas_geom", "coverage_areas", ["geom"], unique=False, postgresql_using="gist"
    )
    op.create_table(
        "coverage_shares",
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("limit_s", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("road_m", sa.Float(), nullable=False),
        sa.Column("by_one_m", sa.Float(), nullable=False),
        sa.Column("by_two_m", sa.Float(), nullable=False),
        sa.CheckConstraint("by_two_m <= by_one_m + 0.001", name="two_cover_no_more_than_one"),
        *_of_a_group("coverage_shares"),
        sa.PrimaryKeyConstraint(
            "group_code", "limit_s", "area_code", name=op.f("pk_coverage_shares")
        ),
    )
    op.create_table(
        "wall_pairings",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        _moment("begun_at"),
        _moment("expires_at"),
        sa.CheckConstraint("expires_at > begun_at", name="times_forward_wall_pairings"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_wall_pairings")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_wall_pairings_token_hash")),
    )
    op.create_table(
        "wall_displays",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("paired_by", sa.BigInteger(), nullable=True),
        _moment("paired_at"),
        _moment("last_seen_at", nullable=True),
        _moment("revoked_at", nullable=True),
        sa.CheckConstraint(
            "revoked_at IS NULL OR revoked_at >= paired_at", name="times_forward_wall_displays"
        ),
        sa.ForeignKeyConstraint(
            ["paired_by"], ["users.id"], name=op.f("fk_wall_displays_paired_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_displays")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_wall_displays_token_hash")),
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
