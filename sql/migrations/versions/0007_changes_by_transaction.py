"""Last known positions say which transaction changed them, instead of a number out of order.

Revision ID: 0007
Revises: 0003
"""

from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMN = """
ALTER TABLE unit_positions
    ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()
"""


def upgrade() -> None:
    op.execute("DROP TRIGGER IF EXISTS unit_positions_changed ON unit_positions")
    op.drop_index(op.f("ix_unit_positions_seq"), table_name="unit_positions")
    op.drop_column("unit_positions", "seq")
    op.execute("DROP SEQUENCE position_seq")
    op.execute(COLUMN)
    op.execute("ALTER TABLE unit_positions SET (fillfactor = 50)")


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
