-- name: list_plan_items(kind, lon, lat)
-- What response plans for a kind or its parent ask for at a place, of every priority and alarm.
-- Prepared once.
SELECT
    p.kind_code, p.priority, n.agency_code, a.name, a.short_name, n.role, n.capability, n.number,
    n.alarm, p.id AS plan_id, k.name_id AS kind_name_id, k.name_en AS kind_name_en,
    CASE
        WHEN p.area_id IS NOT NULL THEN 'area'
        WHEN p.village_code IS NOT NULL THEN 'village'
        WHEN p.district_code IS NOT NULL THEN 'district'
    END AS place,
    coalesce(area.name, village.name, district.name) AS place_name,
    ST_Area(area.geom::geography) AS place_size_m2
FROM response_plans AS p
JOIN kinds AS k ON k.code = p.kind_code
JOIN response_plan_items AS n ON n.plan_id = p.id
JOIN agencies AS a ON a.code = n.agency_code
LEFT JOIN plan_areas AS area ON area.id = p.area_id
LEFT JOIN villages AS village ON village.code = p.village_code
LEFT JOIN districts AS district ON district.code = p.district_code
CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(:lon, :lat), 4326) AS point) AS here
WHERE
    (p.kind_code = :kind OR p.kind_code = split_part(:kind, '.', 1))
    AND a.active
    AND (p.area_id IS NULL OR ST_Covers(area.geom, here.point))
    AND (p.village_code IS NULL OR ST_Covers(village.geom, here.point))
    AND (
        p.district_code IS NULL
        OR ST_Covers(district.geom, here.point)
        OR EXISTS (
            SELECT 1 FROM villages AS part
            WHERE part.district_code = p.district_code AND ST_Covers(part.geom, here.point)
        )
    )
ORDER BY n.alarm, n.role, n.id;

-- name: find_known_agencies(codes)
-- Which of these codes are agencies in use, with their names.
SELECT code, name, short_name FROM agencies WHERE code = ANY(:codes) AND active;

-- name: list_plan_areas()
-- Areas for which plans may hold, with their outline and how many plans name each.
SELECT
    area.id, area.name, ST_AsGeoJSON(area.geom, 6)::jsonb AS geometry,
    ST_Area(area.geom::geography) AS size_m2,
    (SELECT count(*) FROM response_plans WHERE response_plans.area_id = area.id) AS plan_count
FROM plan_areas AS area
ORDER BY area.name;

-- name: put_plan_area(id, name, geometry)$
-- Adds an area, or changes the one of this number; answers its number.
WITH given AS (
    SELECT ST_Multi(ST_CollectionExtract(ST_MakeValid(
        ST_SetSRID(ST_GeomFromGeoJSON(CAST(:geometry AS jsonb)), 4326)
    ), 3)) AS geom
),
changed AS (
    UPDATE plan_areas SET name = :name, geom = given.geom
    FROM given
    WHERE plan_areas.id = CAST(:id AS bigint)
    RETURNING plan_areas.id
),
added AS (
    INSERT INTO plan_areas (name, geom)
    SELECT :name, given.geom FROM given
    WHERE CAST(:id AS bigint) IS NULL
    RETURNING id
)
SELECT id FROM changed UNION ALL SELECT id FROM added;

-- name: find_plan_area_named(name, but)^
-- An area of this name other than one.
SELECT id FROM plan_areas WHERE name = :name AND id IS DISTINCT FROM CAST(:but AS bigint);

-- name: find_plan_area(id)^
-- One area, and how many plans and neighbours name it.
SELECT
    id, name,
    (SELECT count(*) FROM response_plans WHERE response_plans.area_id = plan_areas.id)
    + (SELECT count(*) FROM agencies WHERE agencies.area_id = plan_areas.id) AS use_count
FROM plan_areas
WHERE id = :id;

-- name: remove_plan_area(id)!
-- Removes an area that no plan names.
DELETE FROM plan_areas WHERE id = :id;

-- name: list_plan_places()
-- Districts and villages for which a plan may hold.
SELECT 'district' AS level, code, name, NULL AS district FROM districts
UNION ALL
SELECT 'village', village.code, village.name, district.name
FROM villages AS village
JOIN districts AS district ON district.code = village.district_code
ORDER BY level, name;
