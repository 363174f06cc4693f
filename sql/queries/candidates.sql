-- name: list_candidates()
-- Every unit in use as a ranking looks at it: what it can do, where it is, what keeps it.
SELECT
    u.id, u.call_sign, u.agency_code, a.short_name AS agency_name,
    u.type_code, t.icon, t.profile, t.turnout_s, t.capabilities,
    u.duty, u.duty_reason, i.number AS busy_incident, s.status AS busy_status,
    st.name AS station_name, ST_X(st.point) AS station_lon, ST_Y(st.point) AS station_lat,
    ST_X(p.point) AS lon, ST_Y(p.point) AS lat,
    extract(epoch FROM now() - p.recorded_at)::double precision AS age_s,
    p.speed_kph, p.heading_deg,
    coalesce(m.crew_count, 0) AS crew_count,
    coalesce(e.equipment, '{}') AS equipment
FROM units AS u
JOIN unit_types AS t ON t.code = u.type_code
JOIN agencies AS a ON a.code = u.agency_code
LEFT JOIN stations AS st ON st.id = u.station_id
LEFT JOIN unit_positions AS p ON p.unit_id = u.id
LEFT JOIN assignments AS s
    ON s.unit_id = u.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
LEFT JOIN incidents AS i ON i.id = s.incident_id
LEFT JOIN (
    SELECT unit_id, count(*) AS crew_count FROM crew_rows(now()) GROUP BY unit_id
) AS m ON m.unit_id = u.id
LEFT JOIN (
    SELECT unit_id, array_agg(name ORDER BY id) AS equipment
    FROM equipment
    WHERE fit
    GROUP BY unit_id
) AS e ON e.unit_id = u.id
WHERE u.active
ORDER BY u.agency_code, u.call_sign;
