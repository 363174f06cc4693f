-- name: tile_roads_version()^
-- Names the state of everything that the road tiles are drawn from: changes when any of it changes.
SELECT concat_ws(
    '.',
    (SELECT left(md5(version || sha256), 12) FROM road_networks WHERE current),
    (SELECT left(md5(string_agg(concat_ws(',', id, name, kind, ST_AsText(point)), ';' ORDER BY id)), 8)
       FROM stations WHERE active),
    (SELECT left(md5(string_agg(concat_ws(',', code, name, ST_NPoints(geom)), ';' ORDER BY code)), 8)
       FROM villages WHERE geom IS NOT NULL)
) AS version;

-- name: tile_roads(z, x, y, shown, known, others)^
-- One vector tile: roads (each two-way street once), boundaries, districts and stations.
WITH
frame AS (
    SELECT
        ST_TileEnvelope(:z, :x, :y) AS box,
        ST_Transform(ST_TileEnvelope(:z, :x, :y, margin => 0.0625), 4326) AS around,
        360.0 / (2 ^ :z) / 1024 AS half_pixel_deg
),
current_edges AS (
    SELECT
        edge.way_id,
        edge.from_junction,
        edge.to_junction,
        edge.class,
        coalesce(edge.name, '') AS name,
        edge.geom
    FROM road_edges AS edge, frame
    WHERE edge.version = (SELECT version FROM road_networks WHERE current)
        AND edge.geom && frame.around
        AND (
            edge.class = ANY(:shown)
            OR (:others AND NOT edge.class = ANY(:known))
        )
),
-- Both directions of a street lie between the same junctions, on the same way, in the same box.
streets AS (
    SELECT
        class,
        name,
        count(*) = 1 AS oneway,
        (array_agg(geom ORDER BY from_junction))[1] AS geom
    FROM current_edges
    GROUP BY
        way_id,
        least(from_junction, to_junction),
        greatest(from_junction, to_junction),
        class,
        name,
        ST_Envelope(geom)
),
-- Joined end to end, so that a name finds room along its street; a one-way keeps its direction.
joined AS (
    SELECT
        class,
        nullif(name, '') AS name,
        oneway,
        ST_LineMerge(ST_Collect(geom), oneway) AS geom
    FROM streets
    GROUP BY class, name, oneway
),
roads AS (
    SELECT
        joined.class,
        joined.name,
        joined.oneway,
        ST_AsMVTGeom(
            ST_Transform(ST_Simplify(joined.geom, frame.half_pixel_deg, TRUE), 3857),
            frame.box, 4096, 256, TRUE
        ) AS geom
    FROM joined, frame
),
boundaries AS (
    SELECT
        village.name,
        village.district_code,
        ST_AsMVTGeom(
            ST_Transform(ST_Boundary(village.geom), 3857), frame.box, 4096, 256, TRUE
        ) AS geom
    FROM villages AS village, frame
    WHERE village.geom && frame.around
),
areas AS (
    SELECT
        village.name,
        ST_AsMVTGeom(
            ST_Transform(ST_PointOnSurface(village.geom), 3857), frame.box, 4096, 256, TRUE
        ) AS geom
    FROM villages AS village, frame
    WHERE village.geom && frame.around
),
posts AS (
    SELECT
        station.name,
        station.kind,
        ST_AsMVTGeom(ST_Transform(station.point, 3857), frame.box, 4096, 256, TRUE) AS geom
    FROM stations AS station, frame
    WHERE station.active AND :z >= 11 AND station.point && frame.around
)
SELECT
    coalesce((SELECT ST_AsMVT(roads, 'roads', 4096, 'geom') FROM roads WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(boundaries, 'boundaries', 4096, 'geom')
        FROM boundaries WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(areas, 'areas', 4096, 'geom') FROM areas WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(posts, 'stations', 4096, 'geom') FROM posts WHERE geom IS NOT NULL), '')
    AS tile;

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

-- name: layer_units(west, south, east, north, viewer_unit)
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
    AND coalesce(last.point, station.point) IS NOT NULL
    AND (
        :west::float8 IS NULL
        OR coalesce(last.point, station.point)
            && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
    )
ORDER BY unit.id;

-- name: layer_tracks(west, south, east, north, viewer_unit, today)
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
WHERE :west::float8 IS NULL OR way.geometry && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
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
-- Whose roads are drawn, under which licence.
SELECT attribution, licence FROM road_networks WHERE current;
