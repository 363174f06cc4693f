-- name: load_agencies(rows)!
-- Adds the agencies of the file of facts that are not there yet.
INSERT INTO agencies (code, name, short_name, phone, kind)
SELECT code, name, short_name, phone, kind
FROM jsonb_populate_recordset(NULL::agencies, CAST(:rows AS jsonb))
ON CONFLICT (code) DO NOTHING;

-- name: load_kinds(rows)!
-- Adds the kinds of the file of facts that are not there yet, parents first.
INSERT INTO kinds (code, parent_code, name_id, name_en, icon, default_priority, emergency, sort)
SELECT code, parent_code, name_id, name_en, icon, default_priority, emergency, sort
FROM jsonb_populate_recordset(NULL::kinds, CAST(:rows AS jsonb))
ORDER BY parent_code NULLS FIRST
ON CONFLICT (code) DO NOTHING;

-- name: load_unit_types(rows)!
-- Adds the unit types of the file of facts that are not there yet.
INSERT INTO unit_types (code, name_id, name_en, profile, icon, capabilities, turnout_s)
SELECT code, name_id, name_en, profile, icon, capabilities, turnout_s
FROM jsonb_populate_recordset(NULL::unit_types, CAST(:rows AS jsonb))
ON CONFLICT (code) DO NOTHING;

-- name: load_crew_needs(rows)!
-- Puts in what crews of each type need, where nothing was ever said of it.
INSERT INTO crew_needs (type_code, skill, number)
SELECT given.type_code, given.skill, given.number
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (type_code text, skill text, number smallint)
JOIN unit_types ON unit_types.code = given.type_code
WHERE NOT EXISTS (SELECT FROM crew_needs);

-- name: load_districts(rows)!
-- Adds the districts of the area that are not there yet.
INSERT INTO districts (code, name)
SELECT code, name
FROM jsonb_populate_recordset(NULL::districts, CAST(:rows AS jsonb))
ON CONFLICT (code) DO NOTHING;

-- name: load_villages(rows)!
-- Adds the villages of the area that are not there yet.
INSERT INTO villages (code, district_code, name, postal_code)
SELECT code, district_code, name, postal_code
FROM jsonb_populate_recordset(NULL::villages, CAST(:rows AS jsonb))
ON CONFLICT (code) DO NOTHING;

-- name: count_districts(code)$
-- Whether there is a district of this code.
SELECT count(*) FROM districts WHERE code = :code;

-- name: outline_problem(geometry)$
-- What is wrong with an outline, and where; none if nothing is.
SELECT nullif(
    ST_IsValidReason(ST_GeomFromGeoJSON(CAST(:geometry AS jsonb))), 'Valid Geometry'
) AS problem;

-- name: compare_village(code, name, district_code, district, postal_code, geometry)^
-- The village of this code as it is, and whether the file says the same; none if it is not there.
SELECT
    village.code, village.name,
    village.name = :name
    AND village.district_code = :district_code
    AND district.name = coalesce(CAST(:district AS text), district.name)
    AND village.postal_code IS NOT DISTINCT FROM coalesce(
        CAST(:postal_code AS text), village.postal_code
    )
    AND coalesce(ST_OrderingEquals(
        village.geom, ST_SetSRID(ST_GeomFromGeoJSON(CAST(:geometry AS jsonb)), 4326)
    ), FALSE) AS is_same
FROM villages AS village
JOIN districts AS district ON district.code = village.district_code
WHERE village.code = :code;

-- name: put_village(code, name, district_code, district, postal_code, geometry)!
-- Adds a village with its outline, or changes the one of this code; its district too, if it is named.
WITH of_district AS (
    INSERT INTO districts (code, name)
    SELECT :district_code, CAST(:district AS text)
    WHERE CAST(:district AS text) IS NOT NULL
    ON CONFLICT (code) DO UPDATE SET name = excluded.name
    RETURNING code
)

INSERT INTO villages (code, district_code, name, postal_code, geom)
SELECT
    :code, coalesce((SELECT code FROM of_district), :district_code), :name, :postal_code,
    ST_SetSRID(ST_GeomFromGeoJSON(CAST(:geometry AS jsonb)), 4326)
ON CONFLICT (code) DO UPDATE SET
    district_code = excluded.district_code,
    name = excluded.name,
    postal_code = coalesce(excluded.postal_code, villages.postal_code),
    geom = excluded.geom;

-- name: count_plans()$
-- How many response plans there are.
SELECT count(*) FROM response_plans;

-- name: load_sample_villages(district_code, rows, outermost_m)!
-- Adds the villages of the sample city: each reaches from its middle half way to the next ones'.
WITH middles AS (
    SELECT code, name, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (code text, name text, lon double precision, lat double precision)
),

city AS (
    SELECT
        ST_Buffer(ST_ConvexHull(ST_Collect(point))::geography, :outermost_m)::geometry AS outline,
        ST_Collect(point) AS points
    FROM middles
),

cells AS (
    SELECT (ST_Dump(ST_VoronoiPolygons(points, 0, outline))).geom AS cell, outline FROM city
)

INSERT INTO villages (code, district_code, name, geom)
SELECT
    middles.code, :district_code, middles.name,
    ST_Multi(ST_Intersection(cells.cell, cells.outline))
FROM middles
JOIN cells ON ST_Covers(cells.cell, middles.point)
ON CONFLICT (code) DO NOTHING;

-- name: list_agencies()
-- Every agency, used or not, with how many units, users and stations it has.
SELECT
    code, name, short_name, phone, kind, shift_starts, active, capabilities, area_id, arrival_s,
    (SELECT count(*) FROM units WHERE units.agency_code = agencies.code AND units.active)
        AS unit_count,
    (SELECT count(*) FROM users WHERE users.agency_code = agencies.code AND users.active)
        AS user_count,
    (SELECT count(*) FROM stations WHERE stations.agency_code = agencies.code AND stations.active)
        AS station_count
FROM agencies
ORDER BY active DESC, short_name;

-- name: find_agency(code)^
-- One agency by its code, if there is one.
SELECT
    code, name, short_name, phone, kind, shift_starts, active, capabilities, area_id, arrival_s
FROM agencies
WHERE code = :code;

-- name: put_agency(code, name, short_name, phone, kind, shift_starts, active, capabilities, area_id, arrival_s)!
-- Adds an agency or changes the one of that code.
INSERT INTO agencies (
    code, name, short_name, phone, kind, shift_starts, active, capabilities, area_id, arrival_s
)
VALUES (
    :code, :name, :short_name, :phone, :kind, :shift_starts, :active,
    CAST(:capabilities AS text []), :area_id, :arrival_s
)
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, short_name = excluded.short_name, phone = excluded.phone,
    kind = excluded.kind, shift_starts = excluded.shift_starts, active = excluded.active,
    capabilities = excluded.capabilities, area_id = excluded.area_id,
    arrival_s = excluded.arrival_s;

-- name: list_neighbours(lon, lat)
-- Neighbours in use that come to a place, with their stations.
SELECT
    a.code, a.short_name, a.phone, a.capabilities, a.arrival_s,
    ARRAY(
        SELECT jsonb_build_object('id', s.id, 'lon', ST_X(s.point), 'lat', ST_Y(s.point))
        FROM stations AS s
        WHERE s.agency_code = a.code AND s.active
        ORDER BY s.id
    ) AS stations
FROM agencies AS a
LEFT JOIN plan_areas AS area ON area.id = a.area_id
WHERE
    a.kind = 'neighbour' AND a.active
    AND (
        a.area_id IS NULL
        OR ST_Covers(area.geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326))
    )
ORDER BY a.short_name, a.code;

-- name: list_kinds()
-- Every kind, used or not, each followed by its sub-kinds.
SELECT
    kinds.code, kinds.parent_code, kinds.name_id, kinds.name_en, kinds.icon,
    kinds.default_priority, kinds.emergency, kinds.active, kinds.sort
FROM kinds
LEFT JOIN kinds AS parent ON parent.code = kinds.parent_code
ORDER BY
    coalesce(parent.sort, kinds.sort), coalesce(parent.code, kinds.code),
    kinds.parent_code NULLS FIRST, kinds.sort, kinds.code;

-- name: find_kind(code)^
-- One kind by its code, if there is one.
SELECT code, parent_code, name_id, name_en, icon, default_priority, emergency, active, sort
FROM kinds
WHERE code = :code;

-- name: add_kind(code, parent, name_id, name_en, icon, priority, emergency)!
-- Adds a kind or a sub-kind at the end of the list.
INSERT INTO kinds (code, parent_code, name_id, name_en, icon, default_priority, emergency, sort)
VALUES (
    :code, :parent, :name_id, :name_en, :icon, :priority, :emergency,
    (SELECT coalesce(max(sort), 0) + 1 FROM kinds)
);

-- name: change_kind(code, changes)!
-- Changes a kind; its code stays, because cases carry it.
UPDATE kinds
SET (name_id, name_en, icon, default_priority, emergency, active) = (
    SELECT new.name_id, new.name_en, new.icon, new.default_priority, new.emergency, new.active
    FROM jsonb_populate_record(kinds, CAST(:changes AS jsonb)) AS new
)
WHERE code = :code;

-- name: list_plans()
-- Every response plan with its rows, leading agencies first.
SELECT
    plan.id, plan.kind_code AS kind, plan.priority, plan.district_code, plan.village_code,
    plan.area_id, coalesce(area.name, village.name, district.name) AS place_name,
    coalesce(
        jsonb_agg(
            jsonb_build_object(
                'agency', item.agency_code, 'role', item.role, 'capability', item.capability,
                'number', item.number, 'alarm', item.alarm
            )
            ORDER BY item.alarm, item.role, item.id
        ) FILTER (WHERE item.id IS NOT NULL),
        '[]'
    ) AS items
FROM response_plans AS plan
LEFT JOIN response_plan_items AS item ON item.plan_id = plan.id
LEFT JOIN plan_areas AS area ON area.id = plan.area_id
LEFT JOIN villages AS village ON village.code = plan.village_code
LEFT JOIN districts AS district ON district.code = plan.district_code
GROUP BY plan.id, area.name, village.name, district.name
ORDER BY plan.kind_code, plan.priority NULLS FIRST, place_name NULLS FIRST, plan.id;

-- name: put_plan(kind, priority, district_code, village_code, area_id)$
-- The plan for a kind, priority and place, made if it is not there; answers its number.
INSERT INTO response_plans (kind_code, priority, district_code, village_code, area_id)
VALUES (
    :kind, CAST(:priority AS smallint), CAST(:district_code AS text),
    CAST(:village_code AS text), CAST(:area_id AS bigint)
)
ON CONFLICT (kind_code, priority, district_code, village_code, area_id)
DO UPDATE SET kind_code = excluded.kind_code
RETURNING id;

-- name: clear_plan(id)!
-- Takes every row out of a plan.
DELETE FROM response_plan_items WHERE plan_id = :id;

-- name: fill_plan(id, rows)!
-- Puts rows into a plan.
INSERT INTO response_plan_items (plan_id, agency_code, role, capability, number, alarm)
SELECT
    :id, given.agency, given.role, given.capability, given.number, coalesce(given.alarm, 1)
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS given (agency text, role text, capability text, number smallint, alarm smallint);

-- name: remove_plan(id)!
-- Removes a response plan with its rows.
DELETE FROM response_plans WHERE id = :id;

-- name: known_capabilities()
-- Every capability that some type of unit has.
SELECT DISTINCT unnest(capabilities) AS capability FROM unit_types ORDER BY 1;

-- name: list_unit_types()
-- Every type of unit, with how many units are of it.
SELECT
    code, name_id, name_en, profile, icon, capabilities, turnout_s,
    (SELECT count(*) FROM units WHERE units.type_code = unit_types.code AND units.active)
        AS unit_count
FROM unit_types
ORDER BY name_id;
