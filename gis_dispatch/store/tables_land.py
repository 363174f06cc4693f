"""What lies beside the roads of a network: comes with it in one transaction, leaves with it."""

from geoalchemy2 import Geometry
from sqlalchemy import Column, Float, Index, Integer, Table, func
from sqlalchemy import text as sql

from gis_dispatch.domain.land import AREA_KINDS, LINE_KINDS, SITE_KINDS
from gis_dispatch.store.tables_base import document, metadata, one_of, point, text
from gis_dispatch.store.tables_roads import of_version


def _number() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _drawn(kind: str) -> Column[object]:
    """A shape in the projection of the map: it is drawn at every zoom, and nothing else."""
    return Column("geom", Geometry(kind, srid=3857, spatial_index=False), nullable=False)


land_areas = Table(
    "land_areas",
    metadata,
    of_version(),
    _number(),
    text("kind", nullable=False),
    text("class", nullable=False),
    text("name"),
    # The side of a square of its size, in metres of the map: what is small is not drawn from afar.
    Column("side_m", Float, nullable=False),
    _drawn("GEOMETRY"),
    one_of("kind", AREA_KINDS, "land_area_kind_known"),
    # Two indexes: from afar a city's buildings must not be in the way of its water.
    Index(
        "ix_land_areas_buildings", "version", "geom",
        postgresql_using="gist", postgresql_where=sql("kind = 'building'"),
    ),
    Index(
        "ix_land_areas_ground", "version", "geom",
        postgresql_using="gist", postgresql_where=sql("kind <> 'building'"),
    ),
)  # fmt: skip

land_lines = Table(
    "land_lines",
    metadata,
    of_version(),
    _number(),
    text("kind", nullable=False),
    text("class", nullable=False),
    text("name"),
    _drawn("GEOMETRY"),
    one_of("kind", LINE_KINDS, "land_line_kind_known"),
    Index("ix_land_lines_version_geom", "version", "geom", postgresql_using="gist"),
)

place_names = Table(
    "place_names",
    metadata,
    of_version(),
    _number(),
    text("kind", nullable=False),
    text("name", nullable=False),
    Column("population", Integer),
    point(nullable=False),
    Index("ix_place_names_version_point", "version", "point", postgresql_using="gist"),
)

addresses = Table(
    "addresses",
    metadata,
    of_version(),
    _number(),
    text("housenumber", nullable=False),
    text("street", nullable=False),
    point(nullable=False),
    Index("ix_addresses_version_point", "version", "point", postgresql_using="gist"),
)
Index(
    "ix_addresses_version_housenumber",
    addresses.c.version,
    func.lower(addresses.c.housenumber),
)

land_sites = Table(
    "land_sites",
    metadata,
    of_version(),
    _number(),
    text("kind", nullable=False),
    text("class", nullable=False),
    text("name"),
    document("details", nullable=False, server_default="{}"),
    point(nullable=False),
    one_of("kind", SITE_KINDS, "land_site_kind_known"),
    Index("ix_land_sites_version_kind_point", "version", "kind", "point", postgresql_using="gist"),
)
