"""Neighbours among the agencies, and why a notice or a case did not arrive.

Revision ID: 0021
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "agencies",
        sa.Column("capabilities", sa.ARRAY(sa.String()), nullable=False, server_default="{}"),
    )
    op.add_column("agencies", sa.Column("area_id", sa.BigInteger()))
    op.add_column("agencies", sa.Column("arrival_s", sa.Integer()))
    op.create_foreign_key(
        op.f("fk_agencies_area_id"), "agencies", "plan_areas", ["area_id"], ["id"]
    )
    op.drop_constraint("agency_kind_known", "agencies", type_="check")
    op.create_check_constraint(
        "agency_kind_known",
        "agencies",
        "kind IN ('public', 'private', 'volunteer', 'neighbour')",
    )
    op.create_check_constraint(
        "only_neighbours_offer",
        "agencies",
        "CASE kind WHEN 'neighbour' THEN capabilities <> '{}'"
        " ELSE capabilities = '{}' AND num_nonnulls(area_id, arrival_s) = 0 END",
    )
    for table in ("case_deliveries", "notifications"):
        op.add_column(table, sa.Column("last_reason", sa.String()))


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
