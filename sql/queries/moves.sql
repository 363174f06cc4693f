-- name: list_demand(version)
-- Points on the roads of a network that stand for some metres of road each, by village. A square of
-- about 900 m has one point: the middle of its longest road.
WITH parts AS (
    SELECT
        village.code AS village, edge.length_m,
        ST_LineInterpolatePoint(edge.geom, 0.5) AS middle
    FROM road_edges AS edge
    JOIN villages AS village ON ST_Intersects(
        village.geom, ST_LineInterpolatePoint(edge.geom, 0.5)
    )
    WHERE edge.version = :version
)
SELECT
    village, sum(length_m)::double precision AS metres,
    ST_X((array_agg(middle ORDER BY length_m DESC, ST_X(middle), ST_Y(middle)))[1]) AS lon,
    ST_Y((array_agg(middle ORDER BY length_m DESC, ST_X(middle), ST_Y(middle)))[1]) AS lat
FROM parts
GROUP BY village, floor(ST_X(middle) / 0.008), floor(ST_Y(middle) / 0.008)
ORDER BY village, floor(ST_X(middle) / 0.008), floor(ST_Y(middle) / 0.008);

-- name: list_villages_named()
-- What villages are called.
SELECT code, name FROM villages ORDER BY code;

-- name: list_move_stations()
-- Stations in use where a unit of their agency may stand by.
SELECT id, name, agency_code, ST_X(point) AS lon, ST_Y(point) AS lat
FROM stations
WHERE active AND agency_code IS NOT NULL
ORDER BY id;

-- name: get_move(id)^
-- One move. Prepared once.
SELECT * FROM move_rows() WHERE id = :id;

-- name: list_moves(agency, unit_id, state)
-- Moves, newest first; open are those that are still under way. Prepared once.
SELECT * FROM move_rows()
WHERE
    (CAST(:agency AS text) IS NULL OR unit ->> 'agency_code' = :agency)
    AND (CAST(:unit_id AS bigint) IS NULL OR (unit ->> 'id')::bigint = :unit_id)
    AND (coalesce(CAST(:state AS text), 'all') = 'all' OR status = 'ordered')
ORDER BY id DESC
LIMIT 200;

-- name: lock_move(id)^
-- A move as it is, held until the end.
SELECT
    move.id, move.unit_id, move.station_id, move.incident_id, move.status, move.ordered_at,
    unit.call_sign, unit.agency_code, unit.sample, station.name AS station
FROM moves AS move
JOIN units AS unit ON unit.id = move.unit_id
JOIN stations AS station ON station.id = move.station_id
WHERE move.id = :id
FOR NO KEY UPDATE OF move;

-- name: find_open_move_of_unit(unit_id)^
-- The move that a unit is on.
SELECT
    move.id, unit.call_sign, station.name AS station
FROM moves AS move
JOIN units AS unit ON unit.id = move.unit_id
JOIN stations AS station ON station.id = move.station_id
WHERE move.unit_id = :unit_id AND move.status = 'ordered';

-- name: add_move(unit_id, station_id, incident_id, restores, at, ordered_by)$
-- A unit is ordered to stand by at a station.
INSERT INTO moves (unit_id, station_id, incident_id, restores, ordered_at, ordered_by)
VALUES (
    :unit_id, :station_id, CAST(:incident_id AS bigint), CAST(:restores AS jsonb), :at, :ordered_by
)
RETURNING id;

-- name: end_move(id, status, at, reason)!
-- A move is over.
UPDATE moves SET status = :status, ended_at = :at, reason = :reason
WHERE id = :id AND status = 'ordered';

-- name: list_moves_there(within_m)
-- Open moves whose unit is near its station by a position since the order.
SELECT move.id, position.recorded_at
FROM moves AS move
JOIN stations AS station ON station.id = move.station_id
JOIN unit_positions AS position ON position.unit_id = move.unit_id
WHERE
    move.status = 'ordered'
    AND position.recorded_at >= move.ordered_at
    AND ST_DWithin(position.point::geography, station.point::geography, :within_m)
ORDER BY move.id;
