"""What crews send from the field: which reports are in already, photos, counts of the scene."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import UUID

from gis_dispatch.domain.scene import COUNTED
from gis_dispatch.store.tables_base import identity, metadata, one_of, point, stamp, text

LARGEST_PHOTO_BYTES = 4 * 1024 * 1024


def _of_assignment() -> tuple[Column[object], ...]:
    """Which unit at which incident says so."""
    return (
        Column("incident_id", ForeignKey("incidents.id"), nullable=False),
        Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
        Column("unit_id", ForeignKey("units.id"), nullable=False),
    )


field_reports = Table(
    "field_reports",
    metadata,
    Column("key", UUID, primary_key=True),
    text("kind", nullable=False),
    Column("user_id", ForeignKey("users.id")),
    stamp("entered_at", nullable=False),
)
"""The keys under which phones sent what they kept: a key that is here was taken already."""

photos = Table(
    "photos",
    metadata,
    identity(),
    *_of_assignment(),
    stamp("taken_at", nullable=False),
    stamp("entered_at", nullable=False),
    Column("taken_by", ForeignKey("users.id")),
    point(),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("small", LargeBinary, nullable=False),
    CheckConstraint(f"octet_length(content) <= {LARGEST_PHOTO_BYTES}", name="photo_not_too_large"),
    CheckConstraint("width > 0 AND height > 0", name="photo_has_a_size"),
    Index(None, "incident_id"),
)
"""Photos as JPEG without anything else in them; here, so that one backup holds the whole case."""

scene_counts = Table(
    "scene_counts",
    metadata,
    identity(),
    *_of_assignment(),
    stamp("counted_at", nullable=False),
    stamp("entered_at", nullable=False),
    Column("counted_by", ForeignKey("users.id")),
    *(Column(name, Integer, nullable=False, server_default="0") for name in COUNTED),
    text("note"),
    CheckConstraint(
        " AND ".join(f"{name} BETWEEN 0 AND 9999" for name in COUNTED), name="counts_possible"
    ),
    Index(None, "incident_id"),
)
"""Every count that a crew has sent; nothing is overwritten, the newest of each unit counts."""

step_proposals = Table(
    "step_proposals",
    metadata,
    identity(),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    text("step", nullable=False),
    stamp("seen_at", nullable=False),
    point(nullable=False),
    stamp("made_at", nullable=False),
    stamp("settled_at"),
    text("outcome"),
    one_of("step", ("en_route", "on_scene", "cleared"), "proposed_step_known"),
    one_of("outcome", ("confirmed", "declined", "overtaken"), "proposal_outcome_known"),
    CheckConstraint(
        "(settled_at IS NULL) = (outcome IS NULL)", name="settled_proposal_has_an_outcome"
    ),
    Index(None, "assignment_id"),
    Index(
        "one_open_proposal_per_assignment",
        "assignment_id",
        unique=True,
        postgresql_where=sql("settled_at IS NULL"),
    ),
)
"""Steps that a unit seems to have taken, judging by where it is, and what became of each."""
