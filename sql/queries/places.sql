-- name: search_places(q, lon, lat, most)
-- Places whose name is like what was typed: beginnings first, then likeness, then nearness.
WITH asked AS (
    SELECT
        lower(unaccent(:q::text)) AS q,
        CASE WHEN :lon::float8 IS NOT NULL AND :lat::float8 IS NOT NULL
            THEN ST_SetSRID(ST_MakePoint(:lon::float8, :lat::float8), 4326)
        END AS near
),

named AS (
    SELECT name, kind, point, detail, source FROM places
    UNION ALL
    SELECT station.name, 'station', station.point,
        coalesce(station.address, agency.name), 'stations'
    FROM stations AS station
    INNER JOIN agencies AS agency ON agency.code = station.agency_code
    WHERE station.active
    UNION ALL
    SELECT village.name, 'village', ST_PointOnSurface(village.geom), district.name, 'villages'
    FROM villages AS village
    INNER JOIN districts AS district ON district.code = village.district_code
    WHERE village.geom IS NOT NULL
    UNION ALL
    SELECT name, 'district', ST_PointOnSurface(geom), NULL, 'districts'
    FROM districts WHERE geom IS NOT NULL
),

spelled AS (
    SELECT
        named.*,
        regexp_replace(lower(unaccent(named.name)), '^(jl|jln)[.]? +', 'jalan ') AS spelling
    FROM named
),

compared AS (
    SELECT
        spelled.name, spelled.kind, spelled.point, spelled.detail, spelled.source,
        asked.near,
        starts_with(spelling, q) OR starts_with(spelling, 'jalan ' || q) AS begins,
        strpos(spelling, q) > 0 AS contains,
        similarity(spelling, q) AS alike,
        word_similarity(q, spelling) AS alike_in_part
    FROM spelled CROSS JOIN asked
),

found AS (
    SELECT
        compared.*,
        coalesce(ST_DistanceSphere(point, near), 0) AS away_m
    FROM compared
    WHERE begins OR contains OR alike >= 0.3 OR alike_in_part >= 0.5
)

SELECT name, kind, ST_X(point) AS lon, ST_Y(point) AS lat, detail, source
FROM found
ORDER BY
    0.5 * alike + 0.5 * alike_in_part
    + CASE WHEN begins THEN 0.4 WHEN contains THEN 0.2 ELSE 0 END
    - 0.3 * least(away_m, 20000) / 20000 DESC,
    away_m, name, lon, lat
LIMIT :most::int;

-- name: search_addresses(street, numbers, lon, lat, most)
-- Houses of one of these numbers on streets named like this: likeness first, then nearness.
WITH asked AS (
    SELECT
        lower(unaccent(:street::text)) AS q,
        CASE WHEN :lon::float8 IS NOT NULL AND :lat::float8 IS NOT NULL
            THEN ST_SetSRID(ST_MakePoint(:lon::float8, :lat::float8), 4326)
        END AS near
),

compared AS (
    SELECT
        address.street, address.housenumber, address.point, asked.q, asked.near,
        regexp_replace(lower(unaccent(address.street)), '^(jl|jln)[.]? *', 'jalan ') AS spelling
    FROM addresses AS address CROSS JOIN asked
    WHERE
        address.version = (SELECT version FROM road_networks WHERE current)
        AND lower(address.housenumber) = ANY(:numbers::text[])
)

SELECT
    concat(street, ' ', housenumber) AS name,
    'address' AS kind,
    ST_X(point) AS lon,
    ST_Y(point) AS lat,
    (SELECT village.name FROM villages AS village WHERE ST_Covers(village.geom, point) ORDER BY village.code LIMIT 1)
        AS detail,
    'roads' AS source
FROM compared
WHERE
    starts_with(spelling, q) OR starts_with(spelling, 'jalan ' || q)
    OR similarity(spelling, q) >= 0.5 OR word_similarity(q, spelling) >= 0.8
ORDER BY
    similarity(spelling, q) DESC, coalesce(ST_DistanceSphere(point, near), 0), name, lon, lat
LIMIT :most::int;

-- name: address_at(lon, lat)
-- The nearest named street within 150 m of a point, and the village the point lies in.
SELECT
    (
        SELECT near.name
        FROM (
            SELECT name, geom FROM road_edges
            WHERE
                name IS NOT NULL
                AND version = (SELECT version FROM road_networks WHERE current)
                AND geom && ST_Expand(ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), 0.004)
        ) AS near
        WHERE
            ST_Distance(near.geom::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography)
            <= 150
        ORDER BY
            ST_Distance(near.geom::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography)
        LIMIT 1
    ) AS street,
    (
        SELECT name FROM villages
        WHERE ST_Covers(geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326))
        ORDER BY code
        LIMIT 1
    ) AS village;
