"""Where units are and were: the track by day, what is kept of it for good, the place shown."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import metadata, one_of, point, stamp, text, transaction_id

POSITION_SOURCES = ("device", "field", "simulator")


def _reading() -> tuple[Column[object], ...]:
    """What a phone says of one moment; the same in the track and as last known."""
    return (
        stamp("recorded_at", nullable=False),
        stamp("received_at", nullable=False),
        point(nullable=False),
        Column("accuracy_m", Float),
        Column("speed_kph", Float),
        Column("heading_deg", Float),
        Column("battery_percent", SmallInteger),
        text("source", nullable=False),
        text("judgement"),
    )


# Without foreign keys, which would cost as much as the rows themselves: a trigger asks once per
# statement whether the units exist, and what was recorded outlives the device that sent it.
def _track() -> tuple[Column[object], ...]:
    return (
        Column("unit_id", BigInteger, nullable=False),
        Column("device_id", BigInteger),
        *_reading(),
    )


positions = Table(
    "positions",
    metadata,
    *_track(),
    one_of("source", POSITION_SOURCES, "position_source_known"),
    PrimaryKeyConstraint("unit_id", "recorded_at", name="one_position_per_unit_and_moment"),
    # A table for each day (UTC), made before it is written to: `positions_20261127`.
    postgresql_partition_by="RANGE (recorded_at)",
)

kept_positions = Table(
    "kept_positions",
    metadata,
    *_track(),
    PrimaryKeyConstraint("unit_id", "recorded_at", name="one_kept_position_per_unit_and_moment"),
)

unit_positions = Table(
    "unit_positions",
    metadata,
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    Column("device_id", ForeignKey("devices.id", ondelete="SET NULL")),
    *_reading(),
    transaction_id("changed_in", nullable=False, server_default=sql("pg_current_xact_id()")),
    postgresql_with={"fillfactor": 50},  # room beside each row, so that no index has to follow it
)
