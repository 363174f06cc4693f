"""Response plans by place and alarm level, and units that stand by at another station.

Revision ID: 0017
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = "one_plan_per_kind_and_priority"
AFTER = "one_plan_per_kind_priority_and_place"


def _moment(name: str, *, nullable: bool) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "plan_areas",
        _id(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_areas")),
        sa.UniqueConstraint("name", name=op.f("uq_plan_areas_name")),
    )
    op.create_index(
        "ix_plan_areas_geom", "plan_areas", ["geom"], unique=False, postgresql_using="gist"
    )
    _places_of_plans()
    op.add_column(
        "response_plan_items",
        sa.Column("alarm", sa.SmallInteger(), server_default="1", nullable=False),
    )
    op.create_check_constraint("plan_alarm_1_to_5", "response_plan_items", "alarm BETWEEN 1 AND 5")
    op.add_column(
        "incidents",
        sa.Column("alarm_level", sa.SmallInteger(), server_default="1", nullable=False),
    )
    op.create_check_constraint("incident_alarm_1_to_5", "incidents", "alarm_level BETWEEN 1 AND 5")
    _moves()


def _places_of_plans() -> None:
    for column, target in (("district_code", "districts.code"), ("village_code", "villages.code")):
        op.add_column("response_plans", sa.Column(column, sa.String(), nullable=True))
        table, key = target.split(".")
        op.create_foreign_key(
            op.f(f"fk_response_plans_{column}"), "response_plans", table, [column], [key]
        )
    op.add_column("response_plans", sa.Column("area_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_response_plans_area_id"), "response_plans", "plan_areas", ["area_id"], ["id"]
    )
    op.create_check_constraint(
        "plan_names_one_place",
        "response_plans",
        "num_nonnulls(district_code, village_code, area_id) <= 1",
    )
    op.drop_constraint(BEFORE, "response_plans", type_="unique")
    op.create_unique_constraint(
        AFTER,
        "response_plans",
        ["kind_code", "priority", "district_code", "village_code", "area_id"],
        postgresql_nulls_not_distinct=True,
    )


def _moves() -> None:
    op.create_table(
        "moves",
        _id(),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), server_default="ordered", nullable=False),
        sa.Column("restores", postgresql.JSONB(), server_default="{}", nullable=False),
        _moment("ordered_at", nullable=False),
        sa.Column("ordered_by", sa.BigInteger(), nullable=True),
        _moment("ended_at", nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('ordered', 'arrived', 'taken_back', 'overtaken')", name="move_status_known"
        ),
        sa.CheckConstraint("(status = 'ordered') = (ended_at IS NULL)", name="move_ended_stamp"),
        sa.CheckConstraint(
            "status <> 'taken_back' OR reason IS NOT NULL", name="move_taken_back_needs_reason"
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL OR ordered_at IS NULL OR ended_at >= ordered_at)",
            name="times_forward_moves",
        ),
        _reference("moves", "unit_id", "units.id"),
        _reference("moves", "station_id", "stations.id"),
        _reference("moves", "incident_id", "incidents.id"),
        _reference("moves", "ordered_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moves")),
    )
    op.create_index(op.f("ix_moves_incident_id"), "moves", ["incident_id"], unique=False)
    op.create_index(
        "one_open_move_per_unit",
        "moves",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("status = 'ordered'"),
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
