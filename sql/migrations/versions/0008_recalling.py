"""The record is read back: indexes for what was open at a moment, what came in late, and units.

Revision ID: 0008
Revises: 0009
"""

from alembic import op

revision = "0008"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_events_ends": """(entered_at) WHERE kind IN (
        'incident.closed', 'incident.cancelled', 'incident.duplicate', 'incident.out_of_area',
        'call.ended', 'call.closed', 'call.linked'
    )""",
    "ix_events_late": "(occurred_at) WHERE entered_at - occurred_at > interval '60 seconds'",
    "ix_events_unit": "(unit_id, kind, id) WHERE kind IN ('unit.duty', 'unit.changed')",
    "ix_events_closure_id": "(closure_id) WHERE closure_id IS NOT NULL",
}


def upgrade() -> None:
    for name, rest in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON events {rest}")


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="events")
