-- name: layer_incidents(west, south, east, north, viewer_agency, viewer_unit)
-- Open incidents inside a box that were handed to the viewer, without anything about the caller.
SELECT
    incident.id,
    incident.point AS geometry,
    incident.number,
    incident.kind_code AS kind,
    kind.icon,
    incident.priority,
    incident.status,
    incident.received_at,
    incident.accuracy_m,
    incident.verified_at IS NOT NULL AS verified,
    incident.sample
FROM incidents AS incident
JOIN kinds AS kind ON kind.code = incident.kind_code
WHERE incident.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
    AND (:west::float8 IS NULL OR incident.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
    AND (
        :viewer_agency::text IS NULL
        OR EXISTS (
            SELECT 1 FROM referrals AS referral
            WHERE referral.incident_id = incident.id AND referral.agency_code = :viewer_agency
        )
    )
    AND (
        :viewer_unit::bigint IS NULL
        OR EXISTS (
            SELECT 1 FROM assignments AS assignment
            WHERE assignment.incident_id = incident.id AND assignment.unit_id = :viewer_unit
        )
    )
ORDER BY incident.id;

-- name: layer_units(west, south, east, north, viewer_unit, viewer_only)
-- Active units where they last were, or at their station when nothing was heard; a crew sees its own.
SELECT
    unit.id,
    coalesce(last.point, station.point) AS geometry,
    unit.call_sign,
    unit.agency_code,
    type.icon,
    unit.duty,
    assignment.id IS NOT NULL AS busy,
    assignment.status AS assignment_status,
    last.recorded_at,
    last.unit_id IS NULL AS at_station,
    unit.sample
FROM units AS unit
JOIN unit_types AS type ON type.code = unit.type_code
LEFT JOIN stations AS station ON station.id = unit.station_id
LEFT JOIN unit_positions AS last ON last.unit_id = unit.id
LEFT JOIN assignments AS assignment
    ON assignment.unit_id = unit.id
    AND assignment.cleared_at IS NULL
    AND assignment.cancelled_at IS NULL
WHERE unit.active
    AND (:viewer_unit::bigint IS NULL OR unit.id = :viewer_unit)
    AND (:viewer_only::text IS NULL OR unit.agency_code = :viewer_only)
    AND coalesce(last.point, station.point) IS NOT NULL
    AND (
        :west::float8 IS NULL
        OR coalesce(last.point, station.point)
            && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
    )
ORDER BY unit.id;

-- name: layer_tracks(west, south, east, north, viewer_unit, viewer_only, today)
-- Where each unit has driven since midnight, half a minute a step; a crew sees its own way.
WITH steps AS (
    SELECT DISTINCT ON (position.unit_id, floor(extract(epoch FROM position.recorded_at) / 30))
        position.unit_id, position.recorded_at, position.point
    FROM positions AS position
    WHERE position.recorded_at >= coalesce(:today::timestamptz, now() - interval '1 day')
        AND (:viewer_unit::bigint IS NULL OR position.unit_id = :viewer_unit)
    ORDER BY
        position.unit_id,
        floor(extract(epoch FROM position.recorded_at) / 30),
        position.recorded_at
),
ways AS (
    SELECT
        step.unit_id,
        ST_MakeLine(step.point ORDER BY step.recorded_at) AS geometry,
        min(step.recorded_at) AS since,
        max(step.recorded_at) AS until
    FROM steps AS step
    GROUP BY step.unit_id
    HAVING count(*) > 1
)
SELECT
    way.unit_id AS id,
    way.geometry,
    unit.call_sign,
    unit.agency_code,
    way.since,
    way.until
FROM ways AS way
JOIN units AS unit ON unit.id = way.unit_id
WHERE
    (:viewer_only::text IS NULL OR unit.agency_code = :viewer_only)
    AND (
        :west::float8 IS NULL
        OR way.geometry && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
    )
ORDER BY way.unit_id;

-- name: layer_stations(west, south, east, north)
-- Active stations, with how many units are based there.
SELECT
    station.id,
    station.point AS geometry,
    station.name,
    station.kind,
    station.agency_code,
    station.address,
    (SELECT count(*) FROM units AS unit WHERE unit.station_id = station.id AND unit.active)
        AS unit_count,
    station.sample
FROM stations AS station
WHERE station.active
    AND (:west::float8 IS NULL OR station.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY station.id;

-- name: layer_closures(west, south, east, north)
-- Closures that count now.
SELECT
    closure.id,
    closure.geom AS geometry,
    closure.effect,
    closure.reason,
    closure.speed_kph,
    closure.depth_cm,
    closure.profiles,
    closure.starts_at,
    closure.ends_at,
    closure.sample
FROM closures AS closure
WHERE closure.lifted_at IS NULL
    AND closure.starts_at <= now()
    AND (closure.ends_at IS NULL OR closure.ends_at > now())
    AND (:west::float8 IS NULL OR closure.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY closure.id;

-- name: current_road_attribution()^
-- Whose roads are drawn, under which licence, and how much there is beside them.
SELECT attribution, licence, land FROM road_networks WHERE current;
