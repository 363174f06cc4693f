"""What lies beside the roads: water, green, buildings, rails, names, house numbers, sites.

Revision ID: 0005
Revises: 0004
"""

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["version"],
            ["road_networks.version"],
            name=op.f(f"fk_{name}_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "id", name=op.f(f"pk_{name}")),
    )


def _word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _shape(name: str, kind: str, srid: int) -> sa.Column[object]:
    drawn = geoalchemy2.types.Geometry(kind, srid=srid, spatial_index=False)
    return sa.Column(name, drawn, nullable=False)


def _gist(name: str, table: str, *columns: str, where: str | None = None) -> None:
    only = sa.text(where) if where else None
    op.create_index(name, table, list(columns), postgresql_using="gist", postgresql_where=only)


def upgrade() -> None:
    op.add_column(
        "road_networks",
        sa.Column(
            "land",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
    )
    _table(
        "land_areas",
        _word("kind"),
        _word("class"),
        _word("name", nullable=True),
        sa.Column("side_m", sa.Float(), nullable=False),
        _shape("geom", "GEOMETRY", 3857),
        sa.CheckConstraint(
            "kind IN ('water', 'green', 'ground', 'building')",
            name=op.f("land_area_kind_known"),
        ),
    )
    buildings, ground = "kind = 'building'", "kind <> 'building'"
    _gist("ix_land_areas_buildings", "land_areas", "version", "geom", where=buildings)
    _gist("ix_land_areas_ground", "land_areas", "version", "geom", where=ground)
    _table(
        "land_lines",
        _word("kind"),
        _word("class"),
        _word("name", nullable=True),
        _shape("geom", "GEOMETRY", 3857),
        sa.CheckConstraint(
            "kind IN ('waterway', 'railway', 'coastline')", name=op.f("land_line_kind_known")
        ),
    )
    _gist("ix_land_lines_version_geom", "land_lines", "version", "geom")
    _table(
        "place_names",
        _word("kind"),
        _word("name"),
        sa.Column("population", sa.Integer(), nullable=True),
        _shape("point", "POINT", 4326),
    )
    _gist("ix_place_names_version_point", "place_names", "version", "point")
    _table("addresses", _word("housenumber"), _word("street"), _shape("point", "POINT", 4326))
    _gist("ix_addresses_version_point", "addresses", "version", "point")
    op.create_index(
        "ix_addresses_version_housenumber", "addresses", ["version", sa.text("lower(housenumber)")]
    )
    _table(
        "land_sites",
        _word("kind"),
        _word("class"),
        _word("name", nullable=True),
        sa.Column(
            "details",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        _shape("point", "POINT", 4326),
        sa.CheckConstraint("kind IN ('hydrant', 'hazard')", name=op.f("land_site_kind_known")),
    )
    _gist("ix_land_sites_version_kind_point", "land_sites", "version", "kind", "point")


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
