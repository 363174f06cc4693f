-- name: layer_incident_history(west, south, east, north, zoom)
-- Years of incidents: each by itself from the zoom at which no tile holds too many, else counted in cells.
WITH looking AS (
    SELECT
        coalesce(:zoom::integer, greatest(0, floor(log(2, 360 / greatest(
            (coalesce(:east::float8, 180) - coalesce(:west::float8, -180))::numeric, 0.0001
        )))::integer)) AS zoom,
        coalesce((SELECT sample FROM road_networks WHERE current), false) AS with_sample
),
-- The same at every place of a zoom, or a street would be drawn in one way here and in another beside.
decided AS (
    SELECT
        looking.with_sample,
        greatest(5, least(looking.zoom + 4, 20)) AS level,
        EXISTS (SELECT 1 FROM incident_counting) AND (
            looking.zoom > 17 OR coalesce((
                SELECT cell.incidents FROM incident_cells AS cell
                WHERE cell.level = greatest(looking.zoom, 5) ORDER BY cell.incidents DESC LIMIT 1
            ), 0) <= 1000
        ) AS single
    FROM looking
),
fullest AS (
    SELECT cell.incidents FROM incident_cells AS cell
    WHERE cell.level = (SELECT level FROM decided) ORDER BY cell.incidents DESC LIMIT 1
),
cells AS (
    SELECT cell.x, cell.y, cell.level, sum(cell.incidents)::integer AS incidents
    FROM incident_cells AS cell
    WHERE NOT (SELECT single FROM decided)
        AND cell.level = (SELECT level FROM decided)
        AND cell.x BETWEEN cell_x(coalesce(:west, -180), (SELECT level FROM decided))
            AND cell_x(coalesce(:east, 180), (SELECT level FROM decided))
        AND cell.y BETWEEN cell_y(coalesce(:north, 85), (SELECT level FROM decided))
            AND cell_y(coalesce(:south, -85), (SELECT level FROM decided))
        AND (NOT cell.sample OR (SELECT with_sample FROM decided))
        AND cell.incidents > 0
    GROUP BY cell.x, cell.y, cell.level
)
SELECT
    concat_ws(':', cell.level, cell.x, cell.y) AS id,
    cell_shape(cell.x, cell.y, cell.level) AS geometry,
    true AS counted,
    cell.incidents::text AS label,
    cell.incidents,
    (ln(1 + cell.incidents) / ln(1 + (SELECT incidents FROM fullest)))::float8 AS weight,
    NULL::text AS number,
    NULL::text AS kind,
    NULL::smallint AS priority,
    NULL::timestamptz AS received_at
FROM cells AS cell
UNION ALL
SELECT
    incident.id::text,
    incident.point,
    false,
    incident.number,
    1,
    1::float8,
    incident.number,
    incident.kind_code,
    incident.priority,
    incident.received_at
FROM incidents AS incident
WHERE (SELECT single FROM decided)
    AND (:west::float8 IS NULL OR incident.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
    AND incident.status NOT IN ('cancelled', 'duplicate', 'out_of_area')
    AND (NOT incident.sample OR (SELECT with_sample FROM decided));

-- name: incident_history_state()^
-- Names up to where the past has been counted, and whether what was simulated counts.
SELECT concat_ws(
    '.',
    (SELECT last_event_id FROM incident_counting),
    (SELECT sample FROM road_networks WHERE current)
) AS state;

-- name: lock_incident_counting()^
-- Up to which event incidents have been counted; nobody else counts until this transaction ends.
SELECT last_event_id FROM incident_counting FOR UPDATE;

-- name: keep_incident_counting(last_event_id)!
-- Incidents have been counted up to this event.
INSERT INTO incident_counting (last_event_id) VALUES (:last_event_id)
ON CONFLICT (one) DO UPDATE SET last_event_id = excluded.last_event_id;

-- name: count_every_incident()!
-- Begin the counting: every incident in its cell of the finest level.
INSERT INTO counted_incidents (incident_id, x, y, sample)
SELECT
    incident.id, cell_x(ST_X(incident.point), 20), cell_y(ST_Y(incident.point), 20), incident.sample
FROM incidents AS incident
WHERE incident.status NOT IN ('cancelled', 'duplicate', 'out_of_area');

-- name: count_finest_cells()!
-- Begin the counting: the cells of the finest level.
INSERT INTO incident_cells (level, x, y, sample, incidents)
SELECT 20, x, y, sample, count(*) FROM counted_incidents GROUP BY x, y, sample;

-- name: fold_incident_cells(level)!
-- Begin the counting: the cells of a level from the four below each.
INSERT INTO incident_cells (level, x, y, sample, incidents)
SELECT :level, x >> 1, y >> 1, sample, sum(incidents)
FROM incident_cells
WHERE level = :level + 1
GROUP BY x >> 1, y >> 1, sample;

-- name: count_changed_incidents(after, until)!
-- Take incidents that events tell of out of the cells they were counted in, and count them where they are.
WITH changed AS (
    SELECT DISTINCT incident_id AS id FROM events
    WHERE id > :after AND id <= :until AND incident_id IS NOT NULL
),
before AS (
    SELECT counted.incident_id AS id, counted.x, counted.y, counted.sample
    FROM counted_incidents AS counted
    JOIN changed ON changed.id = counted.incident_id
),
today AS (
    SELECT
        incident.id,
        cell_x(ST_X(incident.point), 20) AS x,
        cell_y(ST_Y(incident.point), 20) AS y,
        incident.sample
    FROM incidents AS incident
    JOIN changed ON changed.id = incident.id
    WHERE incident.status NOT IN ('cancelled', 'duplicate', 'out_of_area')
),
gone AS (
    DELETE FROM counted_incidents
    WHERE incident_id IN (SELECT id FROM before EXCEPT SELECT id FROM today)
),
there AS (
    INSERT INTO counted_incidents (incident_id, x, y, sample)
    SELECT id, x, y, sample FROM today EXCEPT SELECT id, x, y, sample FROM before
    ON CONFLICT (incident_id) DO UPDATE SET x = excluded.x, y = excluded.y, sample = excluded.sample
),
moved AS (
    SELECT id, x, y, sample, -1 AS incidents FROM before
    UNION ALL
    SELECT id, x, y, sample, 1 FROM today
),
deltas AS (
    SELECT level, x >> (20 - level) AS x, y >> (20 - level) AS y, sample, sum(incidents) AS incidents
    FROM moved, generate_series(5, 20) AS level
    GROUP BY 1, 2, 3, 4
    HAVING sum(incidents) <> 0
)
MERGE INTO incident_cells AS cell
USING deltas AS delta
ON cell.level = delta.level AND cell.x = delta.x AND cell.y = delta.y AND cell.sample = delta.sample
WHEN MATCHED THEN UPDATE SET incidents = cell.incidents + delta.incidents
WHEN NOT MATCHED THEN INSERT (level, x, y, sample, incidents)
    VALUES (delta.level, delta.x, delta.y, delta.sample, delta.incidents);
