"""The first shape."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE event_seq")
    op.execute("CREATE SEQUENCE position_seq")
    op.create_table(
        "agencies",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agencies")),
    )
    op.create_geospatial_table(
        "districts",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_districts")),
    )
    op.create_table(
        "incident_counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_incident_counters")),
    )
    op.create_table(
        "kinds",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("icon", sa.String(), nullable=False),
        sa.Column("default_priority", sa.SmallInteger(), nullable=False),
        sa.Column("emergency", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("sort", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("default_priority BETWEEN 1 AND 4", name=op.f("kind_priority_1_to_4")),
        sa.ForeignKeyConstraint(["parent_code"], ["kinds.code"], name=op.f("fk_kinds_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_kinds")),
    )
    op.create_geospatial_table(
        "places",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('street', 'station', 'village', 'district', 'landmark')",
            name=op.f("place_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
    )
    op.create_index(
        "ix_places_name",
        "places",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_geospatial_index(
        "ix_places_point",
        "places",
        ["point"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "received_cases",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("signature_ok", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_cases")),
        sa.UniqueConstraint("case_id", name=op.f("uq_received_cases_case_id")),
    )
    op.create_table(
        "road_networks",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("junction_count", sa.Integer(), nullable=False),
        sa.Column("edge_count", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_road_networks")),
    )
    op.create_index(
        "one_current_road_network",
        "road_networks",
        ["current"],
        unique=True,
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "state_transitions",
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "machine", "from_status", "to_status", name=op.f("pk_state_transitions")
        ),
    )
    op.create_table(
        "unit_types",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("icon", sa.String(), nullable=False),
        sa.Column("capabilities", sa.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("turnout_s", sa.Integer(), nullable=False),
        sa.CheckConstraint("turnout_s BETWEEN 0 AND 3600", name=op.f("turnout_0_to_3600_s")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit_types")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role <> 'dispatcher' OR agency_code IS NOT NULL",
            name=op.f("dispatcher_token_needs_agency"),
        ),
        sa.CheckConstraint(
            "role IN ('operator', 'lead_operator', 'dispatcher', 'crew', 'planner', 'administrator', 'telephony', 'simulator')",
            name=op.f("token_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_api_tokens_agency_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_table(
        "response_plans",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind_code", sa.String(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("priority BETWEEN 1 AND 4", name=op.f("plan_priority_1_to_4")),
        sa.ForeignKeyConstraint(
            ["kind_code"], ["kinds.code"], name=op.f("fk_response_plans_kind_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_plans")),
        sa.UniqueConstraint(
            "kind_code",
            "priority",
            name="one_plan_per_kind_and_priority",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_geospatial_table(
        "road_edges",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_junction", sa.Integer(), nullable=False),
        sa.Column("to_junction", sa.Integer(), nullable=False),
        sa.Column("way_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("class", sa.String(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.Column("speed_kph", sa.Float(), nullable=False),
        sa.Column(
            "restrictions",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="LINESTRING",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["road_networks.version"],
            name=op.f("fk_road_edges_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_road_edges")),
    )
    op.create_geospatial_index(
        "ix_road_edges_geom",
        "road_edges",
        ["geom"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_geospatial_table(
        "road_junctions",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["road_networks.version"],
            name=op.f("fk_road_junctions_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_road_junctions")),
    )
    op.create_geospatial_table(
        "stations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("osm_id", sa.String(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.CheckConstraint(
            "kind IN ('fire_station', 'bpbd_post', 'hospital', 'puskesmas', 'ambulance_post', 'police_post', 'utility_depot')",
            name=op.f("station_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_stations_agency_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stations")),
        sa.UniqueConstraint("osm_id", name=op.f("uq_stations_osm_id")),
    )
    op.create_geospatial_index(
        "ix_stations_point",
        "stations",
        ["point"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_geospatial_table(
        "villages",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_villages_district_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_villages")),
    )
    op.create_geospatial_index(
        "ix_villages_geom",
        "villages",
        ["geom"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "response_plan_items",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("capability", sa.String(), nullable=True),
        sa.Column("number", sa.SmallInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("role IN ('lead', 'support')", name=op.f("plan_role_known")),
        sa.CheckConstraint("number BETWEEN 1 AND 50", name=op.f("plan_number_1_to_50")),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_response_plan_items_agency_code")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["response_plans.id"],
            name=op.f("fk_response_plan_items_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_plan_items")),
    )
    op.create_index(
        op.f("ix_response_plan_items_plan_id"), "response_plan_items", ["plan_id"], unique=False
    )
    op.create_table(
        "units",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("call_sign", sa.String(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=True),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), server_default="available", nullable=False),
        sa.Column("duty_reason", sa.String(), nullable=True),
        sa.Column(
            "duty_changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.CheckConstraint(
            "duty <> 'out_of_service' OR duty_reason IS NOT NULL",
            name=op.f("out_of_service_needs_reason"),
        ),
        sa.CheckConstraint(
            "duty IN ('available', 'off_duty', 'out_of_service')", name=op.f("unit_duty_known")
        ),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_units_agency_code")
        ),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name=op.f("fk_units_station_id")),
        sa.ForeignKeyConstraint(
            ["type_code"], ["unit_types.code"], name=op.f("fk_units_type_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("call_sign", name=op.f("uq_units_call_sign")),
    )
    op.create_index(op.f("ix_units_agency_code"), "units", ["agency_code"], unique=False)
    op.create_index(op.f("ix_units_station_id"), "units", ["station_id"], unique=False)
    op.create_table(
        "crew_members",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("duty_role", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_crew_members_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew_members")),
    )
    op.create_index(op.f("ix_crew_members_unit_id"), "crew_members", ["unit_id"], unique=False)
    op.create_table(
        "devices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("simulated", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_devices_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_index(op.f("ix_devices_unit_id"), "devices", ["unit_id"], unique=False)
    op.create_table(
        "equipment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.Column("fit", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity BETWEEN 0 AND 10000", name=op.f("equipment_quantity_sane")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_equipment_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment")),
    )
    op.create_index(op.f("ix_equipment_unit_id"), "equipment", ["unit_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("locale", sa.String(), server_default="id", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("session_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("role <> 'crew' OR unit_id IS NOT NULL", name=op.f("crew_needs_unit")),
        sa.CheckConstraint(
            "role <> 'dispatcher' OR agency_code IS NOT NULL", name=op.f("dispatcher_needs_agency")
        ),
        sa.CheckConstraint(
            "role IN ('operator', 'lead_operator', 'dispatcher', 'crew', 'planner', 'administrator')",
            name=op.f("user_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_users_agency_code")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_users_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_geospatial_table(
        "closures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "geom",
            Geometry(
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("speed_kph", sa.Float(), nullable=True),
        sa.Column("depth_cm", sa.Float(), nullable=True),
        sa.Column("profiles", sa.ARRAY(sa.String()), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source", sa.String(), server_default="operator", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "(effect = 'slowed') = (speed_kph IS NOT NULL)", name=op.f("slowed_names_its_speed")
        ),
        sa.CheckConstraint("effect IN ('closed', 'slowed')", name=op.f("closure_effect_known")),
        sa.CheckConstraint(
            "ST_IsValid(geom) AND NOT ST_IsEmpty(geom)", name=op.f("closure_shape_valid")
        ),
        sa.CheckConstraint("depth_cm > 0 AND depth_cm <= 1000", name=op.f("closure_depth_sane")),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("times_forward_closures")
        ),
        sa.CheckConstraint("speed_kph > 0 AND speed_kph <= 150", name=op.f("closure_speed_sane")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_closures_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_geospatial_index(
        "ix_closures_geom",
        "closures",
        ["geom"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_closures_starts_at"), "closures", ["starts_at"], unique=False)
    op.create_geospatial_table(
        "incidents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind_code", sa.String(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(), server_default="received", nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("needs", sa.String(), nullable=True),
        sa.Column("caller_name", sa.String(), nullable=True),
        sa.Column("caller_number", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.BigInteger(), nullable=True),
        sa.Column("duplicate_of", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("casualties", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "(status = 'duplicate') = (duplicate_of IS NOT NULL)",
            name=op.f("duplicate_names_the_other"),
        ),
        sa.CheckConstraint(
            "method IN ('pin', 'gazetteer', 'coordinates', 'plus_code', 'aml', 'link')",
            name=op.f("incident_method_known"),
        ),
        sa.CheckConstraint(
            "status <> 'closed' OR (outcome IS NOT NULL AND summary IS NOT NULL AND closed_at IS NOT NULL)",
            name=op.f("incident_closed_needs_report"),
        ),
        sa.CheckConstraint(
            "status IN ('received', 'cancelled', 'duplicate', 'out_of_area') OR verified_at IS NOT NULL",
            name=op.f("incident_needs_verification"),
        ),
        sa.CheckConstraint(
            "status IN ('received', 'verified', 'dispatched', 'in_progress', 'resolved', 'closed', 'reopened', 'cancelled', 'duplicate', 'out_of_area')",
            name=op.f("incident_status_known"),
        ),
        sa.CheckConstraint(
            "duplicate_of IS DISTINCT FROM id", name=op.f("incident_not_duplicate_of_itself")
        ),
        sa.CheckConstraint("priority BETWEEN 1 AND 4", name=op.f("incident_priority_1_to_4")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_incidents_closed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_incidents_created_by")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["incidents.id"], name=op.f("fk_incidents_duplicate_of")
        ),
        sa.ForeignKeyConstraint(["kind_code"], ["kinds.code"], name=op.f("fk_incidents_kind_code")),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["users.id"], name=op.f("fk_incidents_verified_by")
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["villages.code"], name=op.f("fk_incidents_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("number", name=op.f("uq_incidents_number")),
    )
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text(
            "status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')"
        ),
    )
    op.create_geospatial_index(
        "ix_incidents_point",
        "incidents",
        ["point"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index("ix_incidents_received_at", "incidents", ["received_at"], unique=False)
    op.create_geospatial_table(
        "positions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("speed_kph", sa.Float(), nullable=True),
        sa.Column("heading_deg", sa.Float(), nullable=True),
        sa.Column("battery_percent", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=True),
        sa.CheckConstraint(
            "source IN ('device', 'field', 'simulator')", name=op.f("position_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_positions_device_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_positions_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
        sa.UniqueConstraint("unit_id", "recorded_at", name="one_position_per_unit_and_moment"),
    )
    op.create_index(op.f("ix_positions_received_at"), "positions", ["received_at"], unique=False)
    op.create_geospatial_table(
        "unit_positions",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("speed_kph", sa.Float(), nullable=True),
        sa.Column("heading_deg", sa.Float(), nullable=True),
        sa.Column("battery_percent", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_unit_positions_device_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_positions_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_positions")),
    )
    op.create_index(op.f("ix_unit_positions_seq"), "unit_positions", ["seq"], unique=False)
    op.create_geospatial_table(
        "calls",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(), server_default="phone", nullable=False),
        sa.Column("caller_number", sa.String(), nullable=True),
        sa.Column("caller_name", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("location_method", sa.String(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "channel IN ('phone', 'sms', 'app', 'radio', 'walk_in', 'social_media', 'telephony')",
            name=op.f("call_channel_known"),
        ),
        sa.CheckConstraint(
            "disposition IN ('incident', 'hantu', 'prank', 'informasi', 'salah_sambung', 'terputus')",
            name=op.f("call_disposition_known"),
        ),
        sa.CheckConstraint(
            "disposition IS DISTINCT FROM 'incident' OR incident_id IS NOT NULL",
            name=op.f("incident_call_names_incident"),
        ),
        sa.CheckConstraint(
            "location_method IN ('pin', 'gazetteer', 'coordinates', 'plus_code', 'aml', 'link')",
            name=op.f("call_location_method_known"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL OR received_at IS NULL OR answered_at >= received_at) AND (ended_at IS NULL OR received_at IS NULL OR ended_at >= received_at) AND (ended_at IS NULL OR answered_at IS NULL OR ended_at >= answered_at)",
            name=op.f("times_forward_calls"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_calls_incident_id")
        ),
        sa.ForeignKeyConstraint(["operator_id"], ["users.id"], name=op.f("fk_calls_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("external_id", name=op.f("uq_calls_external_id")),
    )
    op.create_index(op.f("ix_calls_incident_id"), "calls", ["incident_id"], unique=False)
    op.create_index(op.f("ix_calls_received_at"), "calls", ["received_at"], unique=False)
    op.create_table(
        "case_deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_case_deliveries_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_deliveries")),
    )
    op.create_index(
        "ix_case_deliveries_waiting",
        "case_deliveries",
        ["queued_at"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_index(
        "one_delivery_per_incident_and_sequence",
        "case_deliveries",
        ["incident_id", "sequence"],
        unique=True,
    )
    op.create_geospatial_table(
        "incident_locations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "method IN ('pin', 'gazetteer', 'coordinates', 'plus_code', 'aml', 'link')",
            name=op.f("location_method_known"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_locations_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_incident_locations_set_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_locations")),
    )
    op.create_index(
        op.f("ix_incident_locations_incident_id"),
        "incident_locations",
        ["incident_id"],
        unique=False,
    )
    op.create_table(
        "recommendations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("inputs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_recommendations_incident_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_recommendations_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
    )
    op.create_index(
        op.f("ix_recommendations_incident_id"), "recommendations", ["incident_id"], unique=False
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), server_default="support", nullable=False),
        sa.Column("status", sa.String(), server_default="sent", nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hand_back_reason", sa.String(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completion_note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)",
            name=op.f("referral_completed_stamp"),
        ),
        sa.CheckConstraint("role IN ('lead', 'support')", name=op.f("referral_role_known")),
        sa.CheckConstraint(
            "status <> 'handed_back' OR (handed_back_at IS NOT NULL AND hand_back_reason IS NOT NULL)",
            name=op.f("hand_back_needs_reason"),
        ),
        sa.CheckConstraint(
            "status IN ('sent', 'acknowledged', 'ready', 'not_ready', 'accepted', 'handed_back', 'completed')",
            name=op.f("referral_status_known"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'completed') OR accepted_at IS NOT NULL",
            name=op.f("referral_accepted_stamp"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('acknowledged', 'ready', 'not_ready', 'accepted', 'completed') OR acknowledged_at IS NOT NULL",
            name=op.f("referral_acknowledged_stamp"),
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL OR sent_at IS NULL OR acknowledged_at >= sent_at) AND (ready_at IS NULL OR sent_at IS NULL OR ready_at >= sent_at) AND (ready_at IS NULL OR acknowledged_at IS NULL OR ready_at >= acknowledged_at) AND (accepted_at IS NULL OR sent_at IS NULL OR accepted_at >= sent_at) AND (accepted_at IS NULL OR acknowledged_at IS NULL OR accepted_at >= acknowledged_at) AND (accepted_at IS NULL OR ready_at IS NULL OR accepted_at >= ready_at) AND (completed_at IS NULL OR sent_at IS NULL OR completed_at >= sent_at) AND (completed_at IS NULL OR acknowledged_at IS NULL OR completed_at >= acknowledged_at) AND (completed_at IS NULL OR ready_at IS NULL OR completed_at >= ready_at) AND (completed_at IS NULL OR accepted_at IS NULL OR completed_at >= accepted_at)",
            name=op.f("times_forward_referrals"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_code"], ["agencies.code"], name=op.f("fk_referrals_agency_code")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_referrals_incident_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_referrals_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_incident_id"), "referrals", ["incident_id"], unique=False)
    op.create_index(
        "one_open_referral_per_agency",
        "referrals",
        ["incident_id", "agency_code"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('handed_back', 'completed')"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), server_default="dispatched", nullable=False),
        sa.Column("recommendation_id", sa.BigInteger(), nullable=True),
        sa.Column("overrule_reason", sa.String(), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("en_route_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_scene_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transporting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at_hospital_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
            name=op.f("assignment_cancelled_needs_reason"),
        ),
        sa.CheckConstraint(
            "(status = 'cleared') = (cleared_at IS NOT NULL)", name=op.f("assignment_cleared_stamp")
        ),
        sa.CheckConstraint(
            "status IN ('dispatched', 'acknowledged', 'en_route', 'on_scene', 'transporting', 'at_hospital', 'cleared', 'cancelled')",
            name=op.f("assignment_status_known"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('en_route', 'on_scene', 'transporting', 'at_hospital', 'cleared') OR en_route_at IS NOT NULL",
            name=op.f("assignment_en_route_stamp"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('on_scene', 'transporting', 'at_hospital', 'cleared') OR on_scene_at IS NOT NULL",
            name=op.f("assignment_on_scene_stamp"),
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL OR dispatched_at IS NULL OR acknowledged_at >= dispatched_at) AND (en_route_at IS NULL OR dispatched_at IS NULL OR en_route_at >= dispatched_at) AND (en_route_at IS NULL OR acknowledged_at IS NULL OR en_route_at >= acknowledged_at) AND (on_scene_at IS NULL OR dispatched_at IS NULL OR on_scene_at >= dispatched_at) AND (on_scene_at IS NULL OR acknowledged_at IS NULL OR on_scene_at >= acknowledged_at) AND (on_scene_at IS NULL OR en_route_at IS NULL OR on_scene_at >= en_route_at) AND (transporting_at IS NULL OR dispatched_at IS NULL OR transporting_at >= dispatched_at) AND (transporting_at IS NULL OR acknowledged_at IS NULL OR transporting_at >= acknowledged_at) AND (transporting_at IS NULL OR en_route_at IS NULL OR transporting_at >= en_route_at) AND (transporting_at IS NULL OR on_scene_at IS NULL OR transporting_at >= on_scene_at) AND (at_hospital_at IS NULL OR dispatched_at IS NULL OR at_hospital_at >= dispatched_at) AND (at_hospital_at IS NULL OR acknowledged_at IS NULL OR at_hospital_at >= acknowledged_at) AND (at_hospital_at IS NULL OR en_route_at IS NULL OR at_hospital_at >= en_route_at) AND (at_hospital_at IS NULL OR on_scene_at IS NULL OR at_hospital_at >= on_scene_at) AND (at_hospital_at IS NULL OR transporting_at IS NULL OR at_hospital_at >= transporting_at) AND (cleared_at IS NULL OR dispatched_at IS NULL OR cleared_at >= dispatched_at) AND (cleared_at IS NULL OR acknowledged_at IS NULL OR cleared_at >= acknowledged_at) AND (cleared_at IS NULL OR en_route_at IS NULL OR cleared_at >= en_route_at) AND (cleared_at IS NULL OR on_scene_at IS NULL OR cleared_at >= on_scene_at) AND (cleared_at IS NULL OR transporting_at IS NULL OR cleared_at >= transporting_at) AND (cleared_at IS NULL OR at_hospital_at IS NULL OR cleared_at >= at_hospital_at)",
            name=op.f("times_forward_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["dispatched_by"], ["users.id"], name=op.f("fk_assignments_dispatched_by")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_assignments_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_assignments_recommendation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_assignments_referral_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(
        op.f("ix_assignments_incident_id"), "assignments", ["incident_id"], unique=False
    )
    op.create_index(
        op.f("ix_assignments_referral_id"), "assignments", ["referral_id"], unique=False
    )
    op.create_index(op.f("ix_assignments_unit_id"), "assignments", ["unit_id"], unique=False)
    op.create_index(
        "one_open_assignment_per_unit",
        "assignments",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("cleared_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "readiness_checks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.BigInteger(), nullable=True),
        sa.Column("crew_ok", sa.Boolean(), nullable=False),
        sa.Column("equipment_ok", sa.Boolean(), nullable=False),
        sa.Column("vehicle_ok", sa.Boolean(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "NOT ready OR (crew_ok AND equipment_ok AND vehicle_ok)",
            name=op.f("ready_means_all_is_ready"),
        ),
        sa.CheckConstraint(
            "ready OR missing IS NOT NULL", name=op.f("not_ready_names_what_is_missing")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["users.id"], name=op.f("fk_readiness_checks_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_readiness_checks_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_checks")),
    )
    op.create_index(
        op.f("ix_readiness_checks_referral_id"), "readiness_checks", ["referral_id"], unique=False
    )
    op.create_table(
        "events",
        sa.Column(
            "id", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("referral_id", sa.BigInteger(), nullable=True),
        sa.Column("assignment_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("closure_id", sa.BigInteger(), nullable=True),
        sa.Column("agency_code", sa.String(), nullable=True),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.CheckConstraint(
            "source IN ('operator', 'device', 'import', 'simulator', 'system')",
            name=op.f("event_source_known"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_events_actor_id")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_events_assignment_id")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_events_call_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["closures.id"], name=op.f("fk_events_closure_id")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_events_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_events_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_call_id"), "events", ["call_id"], unique=False)
    op.create_index(op.f("ix_events_entered_at"), "events", ["entered_at"], unique=False)
    op.create_index(op.f("ix_events_incident_id"), "events", ["incident_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("Nothing comes before the first shape: drop the database instead.")
