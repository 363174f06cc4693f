-- name: admin_stations()
-- Every station, retired ones too, with how many units are based there.
SELECT
    station.id, station.name, station.kind, station.agency_code,
    ST_X(station.point) AS lon, ST_Y(station.point) AS lat, station.address, station.osm_id,
    station.sample, station.active,
    (SELECT count(*) FROM units WHERE units.station_id = station.id AND units.active) AS unit_count
FROM stations AS station
ORDER BY station.active DESC, station.agency_code, station.name, station.id;

-- name: lock_station(id)^
-- One station, held until the end of the transaction.
SELECT
    id, name, kind, agency_code, ST_X(point) AS lon, ST_Y(point) AS lat, address, osm_id,
    sample, active,
    (SELECT count(*) FROM units WHERE units.station_id = stations.id AND units.active)
        AS unit_count
FROM stations
WHERE id = :id
FOR UPDATE;

-- name: add_station(name, kind, agency, lon, lat, address, osm_id, sample)$
-- Adds a station; answers its number.
INSERT INTO stations (name, kind, agency_code, point, address, osm_id, sample)
VALUES (
    :name, :kind, :agency, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :address, :osm_id, :sample
)
RETURNING id;

-- name: change_station(id, changes)!
-- Changes a station; what is left out stays as it is.
UPDATE stations
SET (name, kind, agency_code, point, address, active) = (
    SELECT new.name, new.kind, new.agency_code, new.point, new.address, new.active
    FROM jsonb_populate_record(stations, CAST(:changes AS jsonb)) AS new
)
WHERE id = :id;

-- name: admin_units()
-- Every unit, retired ones too, in the words that an import uses.
SELECT
    unit.id, unit.call_sign, unit.agency_code, unit.type_code, unit.station_id,
    station.name AS station_name, unit.duty, unit.duty_reason, unit.sample, unit.active,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', name, 'duty_role', duty_role, 'phone', phone) ORDER BY id), '[]')
        FROM crew_members WHERE unit_id = unit.id AND active
    ) AS crew,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', name, 'quantity', quantity, 'fit', fit, 'valid_days', valid_days
        ) ORDER BY id), '[]')
        FROM equipment WHERE unit_id = unit.id
    ) AS equipment
FROM units AS unit
LEFT JOIN stations AS station ON station.id = unit.station_id
ORDER BY unit.active DESC, unit.call_sign;

-- name: add_unit(call_sign, agency, station_id, type, duty, duty_reason, at, sample)$
-- Adds a unit; answers its number.
INSERT INTO units
    (call_sign, agency_code, station_id, type_code, duty, duty_reason, duty_changed_at, sample)
VALUES
    (:call_sign, :agency, :station_id, :type, :duty, :duty_reason, :at, :sample)
RETURNING id;

-- name: change_unit(id, changes)!
-- Changes what a unit is; its duty has an act of its own.
UPDATE units
SET (call_sign, agency_code, station_id, type_code, active) = (
    SELECT new.call_sign, new.agency_code, new.station_id, new.type_code, new.active
    FROM jsonb_populate_record(units, CAST(:changes AS jsonb)) AS new
)
WHERE id = :id;

-- name: unit_of_call_sign(call_sign)$
-- The number of the unit with this call sign, whatever its capitals.
SELECT id FROM units WHERE lower(call_sign) = lower(:call_sign);

-- name: incident_of_unit(id)$
-- The number of the incident that a unit is out for, if it is out.
SELECT incidents.number
FROM assignments
JOIN incidents ON incidents.id = assignments.incident_id
WHERE assignments.unit_id = :id AND assignments.status NOT IN ('cleared', 'cancelled');

-- name: take_off_crew(unit_id, names)!
-- Takes everybody off a unit whose name is not among these; they stay with their agency.
UPDATE crew_members SET unit_id = NULL
WHERE unit_id = :unit_id AND NOT lower(name) = ANY(CAST(:names AS text []));

-- name: put_on_crew(unit_id, agency, rows)!
-- Puts people on a unit: those who are on it or on none by their name, others as new people.
WITH given AS (
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (name text, duty_role text, phone text)
),
known AS (
    SELECT DISTINCT ON (lower(g.name)) m.id, g.name, g.duty_role, g.phone
    FROM given AS g
    JOIN crew_members AS m
        ON lower(m.name) = lower(g.name) AND m.agency_code = :agency AND m.active
            AND (m.unit_id = :unit_id OR m.unit_id IS NULL)
    ORDER BY lower(g.name), m.unit_id NULLS LAST, m.id
),
changed AS (
    UPDATE crew_members AS m
    SET
        unit_id = :unit_id, name = k.name, duty_role = k.duty_role,
        phone = coalesce(k.phone, m.phone)
    FROM known AS k
    WHERE m.id = k.id
)
INSERT INTO crew_members (agency_code, unit_id, name, duty_role, phone)
SELECT :agency, :unit_id, g.name, g.duty_role, g.phone
FROM given AS g
WHERE NOT EXISTS (SELECT FROM known AS k WHERE lower(k.name) = lower(g.name));

-- name: take_off_equipment(unit_id, names)!
-- Takes off a unit what is not among these names.
DELETE FROM equipment
WHERE unit_id = :unit_id AND NOT lower(name) = ANY(CAST(:names AS text []));

-- name: put_on_equipment(unit_id, rows, at)!
-- Puts equipment on a unit: what is there keeps its checks, what is new was looked at now.
WITH given AS (
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (name text, quantity integer, fit boolean, valid_days smallint)
),
changed AS (
    UPDATE equipment AS e
    SET
        name = g.name, quantity = g.quantity, fit = g.fit,
        defect = CASE WHEN g.fit THEN NULL ELSE e.defect END,
        valid_days = coalesce(g.valid_days, e.valid_days)
    FROM given AS g
    WHERE e.unit_id = :unit_id AND lower(e.name) = lower(g.name)
    RETURNING lower(e.name) AS name
)
INSERT INTO equipment (unit_id, name, quantity, fit, checked_at, valid_days)
SELECT :unit_id, g.name, g.quantity, g.fit, :at, g.valid_days
FROM given AS g
WHERE lower(g.name) NOT IN (SELECT name FROM changed);

-- name: count_what_there_is()^
-- How much this installation holds: what a first start would have to make.
SELECT
    (SELECT count(*) FROM users) AS users,
    (SELECT count(*) FROM users WHERE role = 'crew' AND active) AS crews,
    (SELECT count(*) FROM stations WHERE active) AS stations,
    (SELECT count(*) FROM units WHERE active) AS units,
    (SELECT count(*) FROM road_networks WHERE current) AS networks,
    (SELECT bool_or(sample) FROM road_networks WHERE current) AS sample_network,
    (SELECT count(*) FROM kinds) AS kinds,
    (SELECT count(*) FROM agencies) AS agencies;
