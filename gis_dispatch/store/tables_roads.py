"""The road network as imported, and the names on it."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
)
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import (
    document,
    identity,
    metadata,
    one_of,
    point,
    stamp,
    text,
)

PLACE_KINDS = ("street", "station", "village", "district", "landmark")

road_networks = Table(
    "road_networks",
    metadata,
    text("version", primary_key=True),
    text("source", nullable=False),
    text("place", nullable=False),
    text("attribution", nullable=False),
    text("licence", nullable=False),
    Column("sample", Boolean, nullable=False, server_default="false"),
    stamp("imported_at", nullable=False),
    Column("junction_count", Integer, nullable=False),
    Column("edge_count", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    text("sha256", nullable=False),
    document("land", nullable=False, server_default="{}"),
    Index("one_current_road_network", "current", unique=True, postgresql_where=sql("current")),
)


def of_version() -> Column[str]:
    """The network a row belongs to, and leaves with."""
    return Column(
        "version", ForeignKey("road_networks.version", ondelete="CASCADE"), primary_key=True
    )


road_junctions = Table(
    "road_junctions",
    metadata,
    of_version(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    point(nullable=False),
)

road_edges = Table(
    "road_edges",
    metadata,
    of_version(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("from_junction", Integer, nullable=False),
    Column("to_junction", Integer, nullable=False),
    Column("way_id", BigInteger),
    text("name"),
    text("class", nullable=False),
    Column("length_m", Float, nullable=False),
    Column("speed_kph", Float, nullable=False),
    document("restrictions", nullable=False, server_default="{}"),
    Column("geom", Geometry("LINESTRING", srid=4326, spatial_index=False), nullable=False),
    # By version too: earlier networks are kept, and lie in the same place.
    Index("ix_road_edges_version_geom", "version", "geom", postgresql_using="gist"),
)

road_turn_bans = Table(
    "road_turn_bans",
    metadata,
    of_version(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("edges", ARRAY(Integer), nullable=False),
    document("rule", nullable=False),
    CheckConstraint("cardinality(edges) >= 2", name="turn_ban_names_two_edges"),
)

places = Table(
    "places",
    metadata,
    identity(),
    text("name", nullable=False),
    text("kind", nullable=False),
    point(nullable=False),
    text("detail"),
    text("source", nullable=False),
    one_of("kind", PLACE_KINDS, "place_kind_known"),
    Index(
        "ix_places_name",
        "name",
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    ),
    Index("ix_places_point", "point", postgresql_using="gist"),
)
