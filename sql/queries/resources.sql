-- name: get_unit(id)^
-- One unit with its crew, equipment, last position and what it is bound by. Prepared once.
SELECT * FROM unit_rows() WHERE id = :id;

-- name: list_units(agency, include_inactive)
-- Units by agency and call sign, with crew, equipment, last position and what they are bound by. Prepared once.
SELECT * FROM unit_rows()
WHERE
    (CAST(:agency AS text) IS NULL OR agency_code = :agency)
    AND (active OR coalesce(CAST(:include_inactive AS boolean), false))
ORDER BY agency_code, call_sign;

-- name: find_unit_name(id)^
-- A unit's call sign, agency and duty, for the sentence of a refusal.
SELECT call_sign, agency_code, duty FROM units WHERE id = :id;

-- name: get_station(id)^
-- One station.
SELECT
    s.id, s.name, s.kind, s.agency_code, ST_X(s.point) AS lon, ST_Y(s.point) AS lat, s.address,
    (SELECT count(*) FROM units AS u WHERE u.station_id = s.id AND u.active) AS unit_count,
    s.sample, s.active
FROM stations AS s
WHERE s.id = :id;

-- name: list_stations(agency, kind, include_inactive)
-- Stations by name.
SELECT
    s.id, s.name, s.kind, s.agency_code, ST_X(s.point) AS lon, ST_Y(s.point) AS lat, s.address,
    (SELECT count(*) FROM units AS u WHERE u.station_id = s.id AND u.active) AS unit_count,
    s.sample, s.active
FROM stations AS s
WHERE
    (CAST(:agency AS text) IS NULL OR s.agency_code = :agency)
    AND (CAST(:kind AS text) IS NULL OR s.kind = :kind)
    AND (s.active OR coalesce(CAST(:include_inactive AS boolean), false))
ORDER BY s.name, s.id;
