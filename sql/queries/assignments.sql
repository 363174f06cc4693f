-- name: get_assignment(id)^
-- One assignment. Prepared once.
SELECT * FROM assignment_rows() WHERE id = :id;

-- name: list_assignments(state, unit_id, agency, limit)
-- Assignments, newest first; "open" means that the unit is still bound. Prepared once.
SELECT * FROM assignment_rows()
WHERE
    (CAST(:unit_id AS bigint) IS NULL OR (unit ->> 'id')::bigint = :unit_id)
    AND (CAST(:agency AS text) IS NULL OR unit ->> 'agency_code' = :agency)
    AND CASE coalesce(CAST(:state AS text), 'all')
        WHEN 'open' THEN cleared_at IS NULL AND cancelled_at IS NULL
        WHEN 'all' THEN true
        ELSE status = :state
    END
ORDER BY dispatched_at DESC, id DESC
LIMIT coalesce(CAST(:limit AS integer), 200);

-- name: list_assignments_of_incident(incident_id)
-- The assignments of one incident, oldest first. Prepared once.
SELECT * FROM assignment_rows() WHERE incident_id = :incident_id ORDER BY dispatched_at, id;

-- name: find_open_assignment_of_unit(unit_id)^
-- Which incident a unit is bound by, with both names for the sentence of a refusal.
SELECT
    u.call_sign, s.id AS assignment_id, s.status, s.incident_id, i.number AS incident_number
FROM assignments AS s
JOIN units AS u ON u.id = s.unit_id
JOIN incidents AS i ON i.id = s.incident_id
WHERE s.unit_id = :unit_id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL;

-- name: list_units_out(incident_id, referral_id)
-- The units still bound by an incident, or by one referral of it.
SELECT u.call_sign, s.id AS assignment_id, s.status
FROM assignments AS s
JOIN units AS u ON u.id = s.unit_id
WHERE
    s.incident_id = :incident_id
    AND (CAST(:referral_id AS bigint) IS NULL OR s.referral_id = :referral_id)
    AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
ORDER BY s.id;
