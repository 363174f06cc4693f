-- name: layer_villages(west, south, east, north)
-- Outlines of the villages whose outline is known.
SELECT
    village.code AS id,
    village.geom AS geometry,
    village.name,
    district.name AS district
FROM villages AS village
JOIN districts AS district ON district.code = village.district_code
WHERE village.geom IS NOT NULL
    AND (:west::float8 IS NULL OR village.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY village.code;

-- name: layer_districts(west, south, east, north)
-- Outlines of the districts: their own where it is known, else that of their villages together.
WITH outlines AS (
    SELECT
        district.code,
        district.name,
        coalesce(
            district.geom,
            (SELECT ST_Union(village.geom) FROM villages AS village
                WHERE village.district_code = district.code)
        ) AS geometry
    FROM districts AS district
)
SELECT outline.code AS id, outline.geometry, outline.name
FROM outlines AS outline
WHERE outline.geometry IS NOT NULL
    AND (:west::float8 IS NULL OR outline.geometry && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY outline.code;

-- name: areas_state()^
-- Names the state of the outlines of villages and districts: changes when any of them does.
SELECT md5(concat(
    (SELECT string_agg(concat_ws(',', code, name, ST_NPoints(geom), ST_Area(geom)), ';' ORDER BY code) FROM villages),
    (SELECT string_agg(concat_ws(',', code, name, ST_NPoints(geom), ST_Area(geom)), ';' ORDER BY code) FROM districts)
)) AS state;

-- name: layer_heat(west, south, east, north)
-- Real incidents of the last 90 days counted in cells of about 500 m; the fullest cell weighs 1.
WITH places AS MATERIALIZED (
    SELECT ST_X(incident.point) AS lon, ST_Y(incident.point) AS lat
    FROM incidents AS incident
    WHERE incident.received_at >= now() - interval '90 days'
        AND incident.status NOT IN ('cancelled', 'duplicate', 'out_of_area')
        AND (NOT incident.sample OR (SELECT sample FROM road_networks WHERE current))
        AND (
            :west::float8 IS NULL
            OR incident.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
        )
),
-- A cell is as wide as it is high on the ground: degrees of longitude are shorter off the equator.
grid AS (
    SELECT 500 / 111320.0 AS high_deg, 500 / (111320.0 * cos(radians(avg(lat)))) AS wide_deg
    FROM places
),
cells AS (
    SELECT
        floor(place.lon / grid.wide_deg)::integer AS x,
        floor(place.lat / grid.high_deg)::integer AS y,
        count(*) AS incidents
    FROM places AS place, grid
    GROUP BY 1, 2
)
SELECT
    concat(cell.x, ':', cell.y) AS id,
    ST_MakeEnvelope(
        cell.x * grid.wide_deg, cell.y * grid.high_deg,
        (cell.x + 1) * grid.wide_deg, (cell.y + 1) * grid.high_deg, 4326
    ) AS geometry,
    cell.incidents,
    round(cell.incidents::numeric / max(cell.incidents) OVER (), 3)::float8 AS weight
FROM cells AS cell, grid
ORDER BY cell.incidents DESC, id;
