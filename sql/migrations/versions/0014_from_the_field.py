"""What crews send from the field: keys of reports, photos, counts of the scene.

Revision ID: 0014
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects.postgresql import UUID

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTED = (
    "dead", "badly_hurt", "lightly_hurt", "missing", "evacuated", "buildings", "vehicles",
)  # fmt: skip


def _of_assignment() -> "tuple[sa.Column[object], ...]":
    return (
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
    )


def _keys(table: str, by: str) -> tuple[sa.Constraint, ...]:
    targets = {
        "incident_id": "incidents.id",
        "assignment_id": "assignments.id",
        "unit_id": "units.id",
        by: "users.id",
    }
    return (
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
            for column, target in targets.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "field_reports",
        sa.Column("key", UUID(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        _moment("entered_at"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_field_reports_user_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_field_reports")),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *_of_assignment(),
        _moment("taken_at"),
        _moment("entered_at"),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("point", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(content) <= 4194304", name="photo_not_too_large"),
        sa.CheckConstraint("width > 0 AND height > 0", name="photo_has_a_size"),
        *_keys("photos", "taken_by"),
    )
    op.create_index("ix_photos_incident_id", "photos", ["incident_id"])
    # A JPEG is compressed already: PostgreSQL need not try.
    op.execute("ALTER TABLE photos ALTER COLUMN content SET STORAGE EXTERNAL")
    op.execute("ALTER TABLE photos ALTER COLUMN small SET STORAGE EXTERNAL")
    op.create_table(
        "scene_counts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *_of_assignment(),
        _moment("counted_at"),
        _moment("entered_at"),
        sa.Column("counted_by", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in COUNTED),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            " AND ".join(f"{name} BETWEEN 0 AND 9999" for name in COUNTED), name="counts_possible"
        ),
        *_keys("scene_counts", "counted_by"),
    )
    op.create_index("ix_scene_counts_incident_id", "scene_counts", ["incident_id"])


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
