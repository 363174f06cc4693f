-- name: layer_hydrants(west, south, east, north)
-- Hydrants and other water for engines that came with the current roads; the label is the pipe's width or its number.
SELECT
    site.id,
    site.point AS geometry,
    site.class AS kind,
    coalesce(
        'Ø ' || (site.details ->> 'fire_hydrant:diameter'), site.details ->> 'ref', site.name
    ) AS label,
    site.name,
    site.details AS properties
FROM land_sites AS site
WHERE site.version = (SELECT version FROM road_networks WHERE current)
    AND site.kind = 'hydrant'
    AND (:west::float8 IS NULL OR site.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY site.id;

-- name: layer_hazards(west, south, east, north)
-- Hazardous sites that came with the current roads: fuel, gas, chemicals, high voltage, works.
SELECT
    site.id,
    site.point AS geometry,
    site.class AS kind,
    coalesce(site.name, site.details ->> 'brand', site.details ->> 'operator') AS label,
    site.name,
    site.details AS properties
FROM land_sites AS site
WHERE site.version = (SELECT version FROM road_networks WHERE current)
    AND site.kind = 'hazard'
    AND (:west::float8 IS NULL OR site.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY site.id;

-- name: land_state()^
-- Names the state of what came with the current roads.
SELECT md5(concat_ws(',', version, sha256, imported_at)) AS state FROM road_networks WHERE current;
