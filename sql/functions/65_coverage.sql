-- Coverage as layers draw it: one feature for each level of a group, with how old it is.

DROP FUNCTION IF EXISTS coverage_shapes(text, float8, float8, float8, float8);
CREATE FUNCTION coverage_shapes(
    of_group text, west float8, south float8, east float8, north float8
) RETURNS TABLE (
    id text, geometry geometry, level smallint, standard_s integer, made_at timestamptz,
    age_s double precision, stale boolean, units integer
) LANGUAGE sql STABLE AS $$
    SELECT
        concat_ws(':', area.group_code, area.level),
        area.geom,
        area.level, cover.standard_s, cover.made_at,
        extract(epoch FROM now() - cover.confirmed_at)::double precision,
        now() - cover.confirmed_at > interval '90 seconds',
        cover.unit_count
    FROM coverage_areas AS area
    JOIN coverages AS cover ON cover.group_code = area.group_code
    WHERE area.group_code = of_group
        AND (west IS NULL OR area.geom && ST_MakeEnvelope(west, south, east, north, 4326))
    ORDER BY area.level DESC
$$;
