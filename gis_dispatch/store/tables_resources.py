"""Who can be sent: stations, units, their crews and equipment, where they are."""

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
from sqlalchemy import (
    text as sql,
)

from gis_dispatch.store.tables_base import identity, metadata, one_of, point, stamp, text

STATION_KINDS = (
    "fire_station",
    "bpbd_post",
    "hospital",
    "puskesmas",
    "ambulance_post",
    "police_post",
    "utility_depot",
)
DUTIES = ("available", "off_duty", "out_of_service")

stations = Table(
    "stations",
    metadata,
    identity(),
    text("name", nullable=False),
    text("kind", nullable=False),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    point(nullable=False),
    text("address"),
    text("osm_id", unique=True),
    Column("sample", Boolean, nullable=False, server_default="false"),
    Column("active", Boolean, nullable=False, server_default="true"),
    one_of("kind", STATION_KINDS, "station_kind_known"),
    Index("ix_stations_point", "point", postgresql_using="gist"),
)

unit_types = Table(
    "unit_types",
    metadata,
    text("code", primary_key=True),
    text("name_id", nullable=False),
    text("name_en", nullable=False),
    text("profile", nullable=False),
    text("icon", nullable=False),
    Column("capabilities", ARRAY(String), nullable=False, server_default="{}"),
    Column("turnout_s", Integer, nullable=False),
    CheckConstraint("turnout_s BETWEEN 0 AND 3600", name="turnout_0_to_3600_s"),
)

units = Table(
    "units",
    metadata,
    identity(),
    text("call_sign", nullable=False, unique=True),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    Column("station_id", ForeignKey("stations.id")),
    text("type_code", ForeignKey("unit_types.code"), nullable=False),
    text("duty", nullable=False, server_default="available"),
    text("duty_reason"),
    stamp("duty_changed_at", nullable=False, server_default=sql("now()")),
    Column("sample", Boolean, nullable=False, server_default="false"),
    Column("active", Boolean, nullable=False, server_default="true"),
    one_of("duty", DUTIES, "unit_duty_known"),
    CheckConstraint(
        "duty <> 'out_of_service' OR duty_reason IS NOT NULL", name="out_of_service_needs_reason"
    ),
    Index(None, "agency_code"),
    Index(None, "station_id"),
)

crew_members = Table(
    "crew_members",
    metadata,
    identity(),
    text("agency_code", ForeignKey("agencies.code"), nullable=False),
    Column("unit_id", ForeignKey("units.id", ondelete="SET NULL")),
    text("name", nullable=False),
    text("number"),
    text("duty_role", nullable=False),
    Column("skills", ARRAY(String), nullable=False, server_default="{}"),
    text("phone"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Index(None, "unit_id"),
    UniqueConstraint("agency_code", "number", name="one_person_per_number"),
)
"""The people of an agency, each with the unit they usually ride on; `shifts` say who does when."""

equipment = Table(
    "equipment",
    metadata,
    identity(),
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), nullable=False),
    text("name", nullable=False),
    Column("quantity", Integer, nullable=False, server_default="1"),
    Column("fit", Boolean, nullable=False, server_default="true"),
    text("defect"),
    stamp("checked_at"),
    Column("checked_by", ForeignKey("users.id")),
    Column("valid_days", SmallInteger),
    CheckConstraint("valid_days BETWEEN 1 AND 3660", name="equipment_valid_1_to_3660_days"),
    CheckConstraint("quantity BETWEEN 0 AND 10000", name="equipment_quantity_sane"),
    Index(None, "unit_id"),
)

devices = Table(
    "devices",
    metadata,
    identity(),
    text("label", nullable=False),
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), nullable=False),
    text("token_hash", nullable=False, unique=True),
    text("payload_key"),
    Column("simulated", Boolean, nullable=False, server_default="false"),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    stamp("last_seen_at"),
    stamp("revoked_at"),
    Index(None, "unit_id"),
)
