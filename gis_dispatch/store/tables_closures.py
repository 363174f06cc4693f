"""Roads that are closed or slow for a time."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import (
    identity,
    metadata,
    one_of,
    stamp,
    text,
)

closures = Table(
    "closures",
    metadata,
    identity(),
    Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), nullable=False),
    text("effect", nullable=False),
    Column("speed_kph", Float),
    Column("depth_cm", Float),
    Column("profiles", ARRAY(String)),
    text("reason", nullable=False),
    text("source", nullable=False, server_default="operator"),
    stamp("starts_at", nullable=False),
    stamp("ends_at"),
    stamp("lifted_at"),
    Column("created_by", ForeignKey("users.id")),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("sample", Boolean, nullable=False, server_default="false"),
    one_of("effect", ("closed", "slowed"), "closure_effect_known"),
    CheckConstraint("(effect = 'slowed') = (speed_kph IS NOT NULL)", name="slowed_names_its_speed"),
    CheckConstraint("speed_kph > 0 AND speed_kph <= 150", name="closure_speed_sane"),
    CheckConstraint("depth_cm > 0 AND depth_cm <= 1000", name="closure_depth_sane"),
    CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="times_forward_closures"),
    CheckConstraint("ST_IsValid(geom) AND NOT ST_IsEmpty(geom)", name="closure_shape_valid"),
    Index("ix_closures_geom", "geom", postgresql_using="gist"),
    Index(None, "starts_at"),
)
