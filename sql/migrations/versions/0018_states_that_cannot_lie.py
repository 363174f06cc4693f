"""Steps with what they need, statuses with what they carry, and why an incident is in its status.

Revision ID: 0018
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "state_transitions",
        sa.Column("takes_back", sa.Boolean(), server_default="false", nullable=False),
    )
    op.add_column(
        "state_transitions",
        sa.Column("columns", sa.ARRAY(sa.String()), server_default="{}", nullable=False),
    )
    op.create_table(
        "state_stamps",
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("machine", "status", "stamp", name=op.f("pk_state_stamps")),
    )
    op.add_column("case_deliveries", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column("incidents", sa.Column("status_reason", sa.String()))
    # The reason was kept in the record of events alone; where even that has none, it is said.
    op.execute(
        """
        UPDATE incidents SET status_reason = coalesce((
            SELECT event.data ->> 'reason' FROM events AS event
            WHERE event.incident_id = incidents.id
                AND event.kind = 'incident.' || incidents.status
            ORDER BY event.id DESC LIMIT 1
        ), '–')
        WHERE status IN ('cancelled', 'out_of_area', 'reopened')
        """
    )
    _constrain("incidents", INCIDENTS)
    for table, columns in FORWARD.items():
        op.drop_constraint(f"times_forward_{table}", table, type_="check")
        _constrain(table, _forward(columns))


INCIDENTS = (
    "(verified_at IS NULL OR verified_at >= received_at)"
    " AND (status <> 'closed' OR resolved_at IS NULL OR closed_at >= resolved_at)"
)
FORWARD = {
    "referrals": (
        "sent_at", "acknowledged_at", "ready_at", "accepted_at", "handed_back_at", "completed_at",
    ),
    "assignments": (
        "dispatched_at", "acknowledged_at", "en_route_at", "on_scene_at", "transporting_at",
        "at_hospital_at", "cleared_at", "cancelled_at",
    ),
}  # fmt: skip


def _forward(columns: tuple[str, ...]) -> str:
    return " AND ".join(
        f"({later} IS NULL OR {earlier} IS NULL OR {later} >= {earlier})"
        for index, later in enumerate(columns)
        for earlier in columns[:index]
    )


def _constrain(table: str, rule: str) -> None:
    # NOT VALID: what was written before the rule stays as it is, what is written now obeys it.
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT times_forward_{table} CHECK ({rule}) NOT VALID")


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
