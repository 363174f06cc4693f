"""What map layers are drawn from besides the work itself: counted incidents, uploaded files."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import document, identity, metadata, one_of, stamp, text

# In which cell of the finest level an incident is counted at the moment. Incidents are never
# deleted: a foreign key would only make the first counting of a million slower.
counted_incidents = Table(
    "counted_incidents",
    metadata,
    Column("incident_id", BigInteger, primary_key=True, autoincrement=False),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("sample", Boolean, nullable=False),
)

# A level is a zoom of the grid of tiles: at level n the world is 2^n cells wide and high.
incident_cells = Table(
    "incident_cells",
    metadata,
    Column("level", SmallInteger, primary_key=True),
    Column("x", Integer, primary_key=True),
    Column("y", Integer, primary_key=True),
    Column("sample", Boolean, primary_key=True),
    Column("incidents", Integer, nullable=False),
    CheckConstraint("incidents >= 0", name="incident_cell_not_below_none"),
    Index("ix_incident_cells_fullest", "level", "incidents"),
)

# One row: up to which event incidents have been counted.
incident_counting = Table(
    "incident_counting",
    metadata,
    Column("one", Boolean, primary_key=True, server_default="true"),
    Column("last_event_id", BigInteger, nullable=False),
    CheckConstraint("one", name="incident_counting_is_one"),
)

uploaded_layers = Table(
    "uploaded_layers",
    metadata,
    identity(),
    text("title_id", nullable=False, unique=True),
    text("title_en", nullable=False, unique=True),
    text("shape", nullable=False),
    text("colour", nullable=False),
    text("icon", nullable=False),
    text("label"),
    Column("roles", ARRAY(String), nullable=False),
    Column("zoom_from", SmallInteger, nullable=False),
    Column("zoom_to", SmallInteger, nullable=False),
    Column("refresh_s", Integer),
    text("file_name", nullable=False),
    Column("columns", ARRAY(String), nullable=False),
    Column("features", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    stamp("uploaded_at", nullable=False, server_default=sql("now()")),
    Column("uploaded_by", ForeignKey("users.id")),
    one_of("shape", ("point", "line", "polygon"), "uploaded_shape_known"),
    CheckConstraint("colour ~ '^#[0-9a-f]{6}$'", name="uploaded_colour_is_one"),
    CheckConstraint(
        "zoom_from BETWEEN 0 AND zoom_to AND zoom_to <= 22", name="uploaded_zoom_rises"
    ),
    CheckConstraint("cardinality(roles) > 0", name="uploaded_layer_is_for_somebody"),
    CheckConstraint("refresh_s > 0", name="uploaded_refresh_positive"),
)

uploaded_features = Table(
    "uploaded_features",
    metadata,
    Column("layer_id", ForeignKey("uploaded_layers.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), nullable=False),
    document("properties", nullable=False, server_default="{}"),
    CheckConstraint("ST_IsValid(geom) AND NOT ST_IsEmpty(geom)", name="uploaded_shape_valid"),
    Index("ix_uploaded_features_geom", "geom", postgresql_using="gist"),
)
