"""Units that stand by at another station than their own, to close a gap that others left."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy import text as sql

from gis_dispatch.store.tables_base import (
    document,
    forward,
    identity,
    metadata,
    one_of,
    stamp,
    text,
)

MOVE_STATUSES = ("ordered", "arrived", "taken_back", "overtaken")

moves = Table(
    "moves",
    metadata,
    identity(),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("station_id", ForeignKey("stations.id"), nullable=False),
    Column("incident_id", ForeignKey("incidents.id")),
    text("status", nullable=False, server_default="ordered"),
    document("restores", nullable=False, server_default="{}"),
    stamp("ordered_at", nullable=False),
    Column("ordered_by", ForeignKey("users.id")),
    stamp("ended_at"),
    text("reason"),
    one_of("status", MOVE_STATUSES, "move_status_known"),
    CheckConstraint("(status = 'ordered') = (ended_at IS NULL)", name="move_ended_stamp"),
    CheckConstraint(
        "status <> 'taken_back' OR reason IS NOT NULL", name="move_taken_back_needs_reason"
    ),
    forward("moves", "ordered_at", "ended_at"),
    Index(
        "one_open_move_per_unit",
        "unit_id",
        unique=True,
        postgresql_where=sql("status = 'ordered'"),
    ),
    Index(None, "incident_id"),
)
"""`restores` is what the order was made for, as it was shown: groups, villages, driving time."""
