-- name: list_village_outlines()
-- The outlines by which coverage is counted.
SELECT code, ST_AsGeoJSON(geom, 6)::jsonb AS geometry
FROM villages
WHERE geom IS NOT NULL
ORDER BY code;

-- name: list_coverages()
-- Every group's coverage: when it was made, from what, and how long ago it was found to hold.
SELECT
    group_code, standard_s, made_at, confirmed_at, inputs_sha256, inputs, unit_count,
    greatest(0, extract(epoch FROM now() - confirmed_at))::double precision AS age_s
FROM coverages
ORDER BY group_code;

-- name: list_coverage_shares()
-- How much of each village's road is covered, per group and limit; under the empty code all of it.
SELECT
    share.group_code, share.limit_s, share.area_code, village.name AS village,
    district.name AS district, share.road_m, share.by_one_m, share.by_two_m
FROM coverage_shares AS share
LEFT JOIN villages AS village ON village.code = share.area_code
LEFT JOIN districts AS district ON district.code = village.district_code
ORDER BY share.group_code, share.area_code, share.limit_s DESC;

-- name: keep_coverage(group_code, standard_s, at, inputs, inputs_sha256, unit_count)!
-- Keeps what a group's coverage was made from.
INSERT INTO coverages (
    group_code, standard_s, made_at, confirmed_at, inputs, inputs_sha256, unit_count
)
VALUES (
    :group_code, :standard_s, :at, :at, CAST(:inputs AS jsonb), :inputs_sha256, :unit_count
)
ON CONFLICT (group_code) DO UPDATE SET
    standard_s = excluded.standard_s,
    made_at = excluded.made_at,
    confirmed_at = excluded.confirmed_at,
    inputs = excluded.inputs,
    inputs_sha256 = excluded.inputs_sha256,
    unit_count = excluded.unit_count;

-- name: keep_coverage_areas(group_code, areas)!
-- Exchanges the areas of a group.
WITH gone AS (
    DELETE FROM coverage_areas WHERE group_code = :group_code AND level <> ALL (
        SELECT area.level
        FROM jsonb_to_recordset(CAST(:areas AS jsonb)) AS area (level smallint)
    )
)
INSERT INTO coverage_areas (group_code, level, geom)
SELECT :group_code, area.level, ST_SetSRID(ST_GeomFromGeoJSON(area.geometry), 4326)
FROM jsonb_to_recordset(CAST(:areas AS jsonb)) AS area (level smallint, geometry jsonb)
ON CONFLICT (group_code, level) DO UPDATE SET geom = excluded.geom;

-- name: keep_coverage_shares(group_code, shares)!
-- Exchanges the shares of a group.
WITH given AS (
    SELECT *
    FROM jsonb_to_recordset(CAST(:shares AS jsonb)) AS share (
        limit_s integer, area_code text, road_m double precision,
        by_one_m double precision, by_two_m double precision
    )
),
gone AS (
    DELETE FROM coverage_shares
    WHERE group_code = :group_code
        AND (limit_s, area_code) NOT IN (SELECT limit_s, area_code FROM given)
)
INSERT INTO coverage_shares (group_code, limit_s, area_code, road_m, by_one_m, by_two_m)
SELECT :group_code, limit_s, area_code, road_m, by_one_m, by_two_m
FROM given
ON CONFLICT (group_code, limit_s, area_code) DO UPDATE SET
    road_m = excluded.road_m,
    by_one_m = excluded.by_one_m,
    by_two_m = excluded.by_two_m;

-- name: confirm_coverages(at, codes)!
-- Notes that the coverage of these groups holds at this moment.
UPDATE coverages
SET confirmed_at = :at
WHERE group_code = ANY (CAST(:codes AS text [])) AND confirmed_at < :at;

-- name: drop_coverages(codes)!
-- Forgets the coverage of groups that are no more.
DELETE FROM coverages
WHERE group_code <> ALL (CAST(:codes AS text []));

-- name: layer_coverage_fire(west, south, east, north)
-- Streets by how many free fire engines reach them within the standard.
SELECT * FROM coverage_shapes('fire', :west, :south, :east, :north);

-- name: layer_coverage_medical(west, south, east, north)
-- Streets by how many free ambulances reach them within the standard.
SELECT * FROM coverage_shapes('medical', :west, :south, :east, :north);

-- name: layer_coverage_disaster(west, south, east, north)
-- Streets by how many free units for disasters reach them within the standard.
SELECT * FROM coverage_shapes('disaster', :west, :south, :east, :north);
