"""Who signs in, and which programs hold a token."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, Table
from sqlalchemy import text as sql

from gis_dispatch.store.tables_base import (
    ROLES,
    TOKEN_ROLES,
    identity,
    metadata,
    one_of,
    stamp,
    text,
)

users = Table(
    "users",
    metadata,
    identity(),
    text("username", nullable=False, unique=True),
    text("display_name", nullable=False),
    text("password_hash", nullable=False),
    text("role", nullable=False),
    text("agency_code", ForeignKey("agencies.code")),
    Column("unit_id", ForeignKey("units.id")),
    text("locale", nullable=False, server_default="id"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("session_version", Integer, nullable=False, server_default="1"),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    one_of("role", ROLES, "user_role_known"),
    CheckConstraint(
        "role <> 'dispatcher' OR agency_code IS NOT NULL", name="dispatcher_needs_agency"
    ),
    CheckConstraint("role <> 'crew' OR unit_id IS NOT NULL", name="crew_needs_unit"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    identity(),
    text("label", nullable=False),
    text("role", nullable=False),
    text("agency_code", ForeignKey("agencies.code")),
    text("token_hash", nullable=False, unique=True),
    stamp("created_at", nullable=False, server_default=sql("now()")),
    stamp("last_used_at"),
    stamp("revoked_at"),
    one_of("role", TOKEN_ROLES, "token_role_known"),
    CheckConstraint(
        "role <> 'dispatcher' OR agency_code IS NOT NULL", name="dispatcher_token_needs_agency"
    ),
)

wall_pairings = Table(
    "wall_pairings",
    metadata,
    text("code", primary_key=True),
    text("token_hash", nullable=False, unique=True),
    stamp("begun_at", nullable=False),
    stamp("expires_at", nullable=False),
    CheckConstraint("expires_at > begun_at", name="times_forward_wall_pairings"),
)

wall_displays = Table(
    "wall_displays",
    metadata,
    identity(),
    text("name", nullable=False),
    text("token_hash", nullable=False, unique=True),
    Column("paired_by", ForeignKey("users.id")),
    stamp("paired_at", nullable=False),
    stamp("last_seen_at"),
    stamp("revoked_at"),
    CheckConstraint(
        "revoked_at IS NULL OR revoked_at >= paired_at", name="times_forward_wall_displays"
    ),
)
