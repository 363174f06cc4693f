"""Readiness: people with skills, shifts, checks of equipment and vehicle, supplies; kinds of agency.

Revision ID: 0012
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0016"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words(name: str, default: str) -> "sa.Column[object]":
    return sa.Column(name, sa.ARRAY(sa.String()), nullable=False, server_default=default)


def _of(table: str, column: str, other: str, ondelete: str | None = None) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [other], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.add_column(
        "agencies", sa.Column("kind", sa.String(), nullable=False, server_default="public")
    )
    op.add_column("agencies", _words("shift_starts", "{07:00,19:00}"))
    op.create_check_constraint(
        op.f("agency_kind_known"), "agencies", "kind IN ('public', 'private', 'volunteer')"
    )
    op.execute("UPDATE agencies SET kind = 'private' WHERE code = 'bpks'")
    op.execute("UPDATE agencies SET kind = 'volunteer' WHERE code = 'pmi'")
    op.add_column("readiness_checks", sa.Column("known", postgresql.JSONB()))
    _people()
    _equipment()
    _needs()
    _shifts()
    _checks()


def _people() -> None:
    table = "crew_members"
    op.add_column(table, sa.Column("agency_code", sa.String()))
    op.execute(
        "UPDATE crew_members SET agency_code = units.agency_code FROM units"
        " WHERE units.id = crew_members.unit_id"
    )
    op.alter_column(table, "agency_code", nullable=False)
    op.alter_column(table, "unit_id", nullable=True)
    op.add_column(table, sa.Column("number", sa.String()))
    op.add_column(table, _words("skills", "{}"))
    op.add_column(table, sa.Column("active", sa.Boolean(), nullable=False, server_default="true"))
    op.create_foreign_key(
        op.f("fk_crew_members_agency_code"), table, "agencies", ["agency_code"], ["code"]
    )
    op.drop_constraint("fk_crew_members_unit_id", table)
    op.create_foreign_key(
        op.f("fk_crew_members_unit_id"), table, "units", ["unit_id"], ["id"], ondelete="SET NULL"
    )
    op.create_unique_constraint(op.f("one_person_per_number"), table, ["agency_code", "number"])


def _equipment() -> None:
    op.add_column("equipment", sa.Column("defect", sa.String()))
    op.add_column("equipment", sa.Column("checked_by", sa.BigInteger()))
    op.add_column("equipment", sa.Column("valid_days", sa.SmallInteger()))
    op.create_foreign_key(
        op.f("fk_equipment_checked_by"), "equipment", "users", ["checked_by"], ["id"]
    )
    op.create_check_constraint(
        op.f("equipment_valid_1_to_3660_days"), "equipment", "valid_days BETWEEN 1 AND 3660"
    )


def _needs() -> None:
    op.create_table(
        "crew_needs",
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name="crew_need_1_to_20"),
        _of("crew_needs", "type_code", "unit_types.code", "CASCADE"),
        sa.PrimaryKeyConstraint("type_code", "skill", name=op.f("pk_crew_needs")),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        _moment("starts_at"),
        _moment("ends_at"),
        sa.Column("planned_by", sa.BigInteger()),
        _moment("planned_at"),
        sa.CheckConstraint("ends_at > starts_at", name="times_forward_shifts"),
        sa.CheckConstraint(
            "ends_at <= starts_at + interval '72 hours'", name="shift_at_most_three_days"
        ),
        _of("shifts", "member_id", "crew_members.id", "CASCADE"),
        _of("shifts", "unit_id", "units.id", "CASCADE"),
        _of("shifts", "planned_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        postgresql.ExcludeConstraint(
            (sa.column("member_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            name="one_unit_per_person_at_a_time",
            using="gist",
        ),
    )
    op.create_index(op.f("ix_shifts_unit_id_ends_at"), "shifts", ["unit_id", "ends_at"])


def _checks() -> None:
    op.create_table(
        "unit_supplies",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        _moment("noted_at"),
        sa.Column("noted_by", sa.BigInteger()),
        sa.CheckConstraint("kind IN ('fuel', 'water', 'oxygen')", name="supply_known"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="supply_0_to_100_percent"),
        _of("unit_supplies", "unit_id", "units.id", "CASCADE"),
        _of("unit_supplies", "noted_by", "users.id"),
        sa.PrimaryKeyConstraint("unit_id", "kind", name=op.f("pk_unit_supplies")),
    )
    op.create_table(
        "vehicle_checks",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        _moment("checked_at"),
        sa.Column("checked_by", sa.BigInteger()),
        sa.Column("fit", sa.Boolean(), nullable=False),
        sa.Column("defect", sa.String()),
        _moment("permit_until", nullable=True),
        sa.CheckConstraint("fit OR defect IS NOT NULL", name="unfit_vehicle_names_its_defect"),
        _of("vehicle_checks", "unit_id", "units.id", "CASCADE"),
        _of("vehicle_checks", "checked_by", "users.id"),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_vehicle_checks")),
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
