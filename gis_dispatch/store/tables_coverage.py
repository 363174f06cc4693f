"""Coverage as it was last reckoned: per group what it was made from, its areas and its shares."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
)

from gis_dispatch.store.tables_base import document, metadata, stamp, text

coverages = Table(
    "coverages",
    metadata,
    text("group_code", primary_key=True),
    Column("standard_s", Integer, nullable=False),
    stamp("made_at", nullable=False),
    # The last moment at which it was found to hold still: its age on every screen.
    stamp("confirmed_at", nullable=False),
    text("inputs_sha256", nullable=False),
    document("inputs", nullable=False),
    Column("unit_count", Integer, nullable=False),
    CheckConstraint("confirmed_at >= made_at", name="times_forward_coverages"),
)


def _group() -> Column[str]:
    return text(
        "group_code", ForeignKey("coverages.group_code", ondelete="CASCADE"), primary_key=True
    )


coverage_areas = Table(
    "coverage_areas",
    metadata,
    _group(),
    # How many units reach it in time: 0, 1, or 2 for two and more.
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False),
    CheckConstraint("level BETWEEN 0 AND 2", name="coverage_level_0_to_2"),
    Index("ix_coverage_areas_geom", "geom", postgresql_using="gist"),
)

coverage_shares = Table(
    "coverage_shares",
    metadata,
    _group(),
    Column("limit_s", Integer, primary_key=True, autoincrement=False),
    # A village's code; empty for the whole road network.
    text("area_code", primary_key=True),
    Column("road_m", Float, nullable=False),
    Column("by_one_m", Float, nullable=False),
    Column("by_two_m", Float, nullable=False),
    CheckConstraint("by_two_m <= by_one_m + 0.001", name="two_cover_no_more_than_one"),
)
