-- name: list_events_for_viewer(after, incident_id, sees_all, sees_accounts, agency, unit_id, most)
-- Events after one id, in order, that a viewer may see: all, or those of an agency's or unit's incidents.
SELECT
    event.id, event.kind, event.occurred_at, event.entered_at, event.source, event.actor,
    event.call_id, event.incident_id, incident.number AS incident_number, event.referral_id,
    event.assignment_id, event.unit_id, event.closure_id, event.agency_code, event.data
FROM events AS event
LEFT JOIN incidents AS incident ON incident.id = event.incident_id
WHERE
    event.id > :after
    AND (:incident_id::bigint IS NULL OR event.incident_id = :incident_id)
    AND (:sees_accounts OR split_part(event.kind, '.', 1) NOT IN ('user', 'token', 'device'))
    AND (
        :sees_all
        OR split_part(event.kind, '.', 1) IN ('closure', 'roads')
        OR (
            :agency::text IS NOT NULL
            AND (
                split_part(event.kind, '.', 1) = 'unit'
                OR EXISTS (
                    SELECT 1 FROM referrals
                    WHERE referrals.incident_id = event.incident_id AND agency_code = :agency
                )
            )
        )
        OR (
            :unit_id::bigint IS NOT NULL
            AND (
                event.unit_id = :unit_id
                OR EXISTS (
                    SELECT 1 FROM assignments
                    WHERE assignments.incident_id = event.incident_id AND unit_id = :unit_id
                )
            )
        )
    )
ORDER BY event.id
LIMIT :most;

-- name: live_positions()
-- The last known position of every unit in use that has one, with what a map says about the unit.
SELECT
    unit.id AS unit_id, unit.call_sign, unit.agency_code, type.icon, unit.duty,
    assignment.status AS assignment_status, ST_X(last.point) AS lon, ST_Y(last.point) AS lat,
    last.recorded_at, last.received_at,
    extract(epoch FROM now() - last.recorded_at)::double precision AS age_s,
    last.accuracy_m, last.speed_kph, last.heading_deg, last.battery_percent, last.source,
    eta_of(eta) AS eta
FROM unit_positions AS last
JOIN units AS unit ON unit.id = last.unit_id
JOIN unit_types AS type ON type.code = unit.type_code
LEFT JOIN assignments AS assignment
    ON assignment.unit_id = unit.id
    AND assignment.cleared_at IS NULL AND assignment.cancelled_at IS NULL
LEFT JOIN assignment_etas AS eta
    ON eta.assignment_id = assignment.id AND assignment.status = 'en_route'
WHERE unit.active
ORDER BY unit.id;

-- name: viewer_may_see_incident(incident_id, agency, unit_id)^
-- Whether an incident was referred to an agency, or a unit was sent to it.
SELECT
    EXISTS (
        SELECT 1 FROM referrals WHERE incident_id = :incident_id AND agency_code = :agency
    )
    OR EXISTS (
        SELECT 1 FROM assignments WHERE incident_id = :incident_id AND unit_id = :unit_id
    ) AS visible;
