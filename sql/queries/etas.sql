-- name: list_units_under_way()
-- Every assignment on its way to an incident, and what else still has a time of arrival.
SELECT
    s.id AS assignment_id, s.incident_id, s.status, t.profile,
    ST_X(i.point) AS to_lon, ST_Y(i.point) AS to_lat,
    ST_X(p.point) AS lon, ST_Y(p.point) AS lat,
    -- A phone whose clock is ahead of ours was not there later than we heard of it.
    least(p.recorded_at, p.received_at) AS position_at, p.speed_kph, p.heading_deg
FROM assignments AS s
JOIN incidents AS i ON i.id = s.incident_id
JOIN units AS u ON u.id = s.unit_id
JOIN unit_types AS t ON t.code = u.type_code
LEFT JOIN unit_positions AS p ON p.unit_id = s.unit_id
WHERE s.id IN (
    SELECT o.id FROM assignments AS o
    WHERE o.status = 'en_route' AND o.cleared_at IS NULL AND o.cancelled_at IS NULL
    UNION ALL
    SELECT e.assignment_id FROM assignment_etas AS e
)
ORDER BY s.id;

-- name: keep_etas(etas)!
-- Keeps the times of arrival of who is still on the way; one that says nothing new changes nothing.
INSERT INTO assignment_etas (
    assignment_id, made_at, position_at, arrives_at, driving_time_s, length_m
)
SELECT s.id, e.made_at, e.position_at, e.arrives_at, e.driving_time_s, e.length_m
FROM jsonb_to_recordset(CAST(:etas AS jsonb)) AS e (
    assignment_id bigint, made_at timestamptz, position_at timestamptz, arrives_at timestamptz,
    driving_time_s double precision, length_m double precision
)
JOIN assignments AS s ON s.id = e.assignment_id AND s.status = 'en_route'
ON CONFLICT (assignment_id) DO UPDATE SET
    made_at = excluded.made_at,
    position_at = excluded.position_at,
    arrives_at = excluded.arrives_at,
    driving_time_s = excluded.driving_time_s,
    length_m = excluded.length_m
WHERE
    (assignment_etas.position_at, assignment_etas.arrives_at, assignment_etas.length_m)
    IS DISTINCT FROM (excluded.position_at, excluded.arrives_at, excluded.length_m);

-- name: drop_etas(kept)!
-- Forgets every time of arrival but these: their units are there, called back, or not heard of.
DELETE FROM assignment_etas
WHERE assignment_id <> ALL (CAST(:kept AS bigint []));
