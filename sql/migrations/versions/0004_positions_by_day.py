"""Positions by day, and what is kept of them for good.

Revision ID: 0004
Revises: 0007
"""

from datetime import date, timedelta

from alembic import op

revision = "0004"
down_revision = "0007"
branch_labels = None
depends_on = None

READING = """
    unit_id bigint NOT NULL,
    device_id bigint,
    recorded_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    point geometry(POINT, 4326) NOT NULL,
    accuracy_m double precision,
    speed_kph double precision,
    heading_deg double precision,
    battery_percent smallint,
    source varchar NOT NULL,
    judgement varchar
"""
DAYS = "SELECT DISTINCT CAST(recorded_at AT TIME ZONE 'UTC' AS date) FROM positions_before"
MOVE = """
INSERT INTO positions (
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
)
SELECT
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
FROM positions_before
"""


def upgrade() -> None:
    op.execute("ALTER TABLE positions RENAME TO positions_before")
    for old in ("one_position_per_unit_and_moment", "position_source_known"):
        op.execute(f"ALTER TABLE positions_before DROP CONSTRAINT {old}")
    op.execute(
        f"CREATE TABLE positions ({READING},"
        " CONSTRAINT position_source_known CHECK (source IN ('device', 'field', 'simulator')),"
        " CONSTRAINT one_position_per_unit_and_moment PRIMARY KEY (unit_id, recorded_at)"
        ") PARTITION BY RANGE (recorded_at)"
    )
    op.execute(
        f"CREATE TABLE kept_positions ({READING},"
        " CONSTRAINT one_kept_position_per_unit_and_moment PRIMARY KEY (unit_id, recorded_at))"
    )
    for (day,) in op.get_bind().exec_driver_sql(DAYS).all():
        _make_day(day)
    op.execute(MOVE)
    op.execute("DROP TABLE positions_before")


def _make_day(day: date) -> None:
    """As make_position_days does it, which is not there yet when this runs for the first time."""
    op.execute(
        f"CREATE TABLE positions_{day:%Y%m%d} PARTITION OF positions"
        f" FOR VALUES FROM ('{day} 00:00+00') TO ('{day + timedelta(days=1)} 00:00+00')"
    )


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
