"""What the city agrees on beforehand: agencies, kinds, response plans, areas."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from gis_dispatch.store.tables_base import identity, metadata, one_of, text

AGENCY_KINDS = ("public", "private", "volunteer", "neighbour")

agencies = Table(
    "agencies",
    metadata,
    text("code", primary_key=True),
    text("name", nullable=False),
    text("short_name", nullable=False),
    text("phone"),
    text("kind", nullable=False, server_default="public"),
    Column("shift_starts", ARRAY(String), nullable=False, server_default="{07:00,19:00}"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("capabilities", ARRAY(String), nullable=False, server_default="{}"),
    Column("area_id", ForeignKey("plan_areas.id")),
    Column("arrival_s", Integer),
    one_of("kind", AGENCY_KINDS, "agency_kind_known"),
    CheckConstraint(
        "CASE kind WHEN 'neighbour' THEN capabilities <> '{}'"
        " ELSE capabilities = '{}' AND num_nonnulls(area_id, arrival_s) = 0 END",
        name="only_neighbours_offer",
    ),
)

"""A neighbour is of another city and has no desk here: what it can send, where to (NULL: to the
whole city) and how long it takes from the call, as agreed with it."""

kinds = Table(
    "kinds",
    metadata,
    text("code", primary_key=True),
    text("parent_code", ForeignKey("kinds.code")),
    text("name_id", nullable=False),
    text("name_en", nullable=False),
    text("icon", nullable=False),
    Column("default_priority", SmallInteger, nullable=False),
    Column("emergency", Boolean, nullable=False, server_default="true"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("sort", Integer, nullable=False, server_default="0"),
    CheckConstraint("default_priority BETWEEN 1 AND 4", name="kind_priority_1_to_4"),
)

plan_areas = Table(
    "plan_areas",
    metadata,
    identity(),
    text("name", nullable=False, unique=True),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False),
    Index("ix_plan_areas_geom", "geom", postgresql_using="gist"),
)
"""Areas of the city, drawn or imported, for which other plans hold than around them."""

response_plans = Table(
    "response_plans",
    metadata,
    identity(),
    text("kind_code", ForeignKey("kinds.code"), nullable=False),
    Column("priority", SmallInteger),
    text("district_code", ForeignKey("districts.code")),
    text("village_code", ForeignKey("villages.code")),
    Column("area_id", ForeignKey("plan_areas.id")),
    CheckConstraint("priority BETWEEN 1 AND 4", name="plan_priority_1_to_4"),
    CheckConstraint(
        "num_nonnulls(district_code, village_code, area_id) <= 1", name="plan_names_one_place"
    ),
    UniqueConstraint(
        "kind_code",
        "priority",
        "district_code",
        "village_code",
        "area_id",
        name="one_plan_per_kind_priority_and_place",
        postgresql_nulls_not_distinct=True,
    ),
)

response_plan_items = Table(
    "response_plan_items",
    metadata,
    identity(),
    Column("plan_id", ForeignKey("response_plans.id", ondelete="CASCADE"), nullable=False),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    text("role", nullable=False),
    text("capability"),
    Column("number", SmallInteger, nullable=False, server_default="1"),
    Column("alarm", SmallInteger, nullable=False, server_default="1"),
    one_of("role", ("lead", "support"), "plan_role_known"),
    CheckConstraint("number BETWEEN 1 AND 50", name="plan_number_1_to_50"),
    CheckConstraint("alarm BETWEEN 1 AND 5", name="plan_alarm_1_to_5"),
    Index(None, "plan_id"),
)

districts = Table(
    "districts",
    metadata,
    text("code", primary_key=True),
    text("name", nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)),
)

villages = Table(
    "villages",
    metadata,
    text("code", primary_key=True),
    text("district_code", ForeignKey("districts.code"), nullable=False),
    text("name", nullable=False),
    text("postal_code"),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)),
    Index("ix_villages_geom", "geom", postgresql_using="gist"),
)
