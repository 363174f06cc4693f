"""Tokens of those who pull case documents.

Revision ID: 0019
Revises: 0015
"""

from alembic import op

revision = "0019"
down_revision = "0015"
branch_labels = None
depends_on = None

ROLES = (
    "operator", "lead_operator", "dispatcher", "crew", "planner", "administrator", "telephony",
    "simulator", "receiver",
)  # fmt: skip


def upgrade() -> None:
    op.drop_constraint("token_role_known", "api_tokens", type_="check")
    listed = ", ".join(f"'{role}'" for role in ROLES)
    op.create_check_constraint("token_role_known", "api_tokens", f"role IN ({listed})")


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
