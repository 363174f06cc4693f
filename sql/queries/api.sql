-- name: api_deliveries(state, most)
-- Case documents for the data centre, newest first: waiting, delivered or all; without the documents.
SELECT
    delivery.id, delivery.incident_id, incident.number AS incident_number, delivery.sequence,
    delivery.sha256, delivery.url, delivery.queued_at, delivery.attempts,
    delivery.last_attempt_at, delivery.next_attempt_at, delivery.delivered_at,
    delivery.last_error, delivery.last_reason, delivery.withdrawn_at,
    (
        SELECT earlier.sequence FROM case_deliveries AS earlier
        WHERE
            delivery.delivered_at IS NULL AND delivery.withdrawn_at IS NULL
            AND earlier.incident_id = delivery.incident_id
            AND earlier.sequence < delivery.sequence
            AND earlier.delivered_at IS NULL AND earlier.next_attempt_at IS NOT NULL
        ORDER BY earlier.sequence LIMIT 1
    ) AS waits_for
FROM case_deliveries AS delivery
JOIN incidents AS incident ON incident.id = delivery.incident_id
WHERE CASE :state
    WHEN 'waiting' THEN delivery.delivered_at IS NULL AND delivery.withdrawn_at IS NULL
    WHEN 'delivered' THEN delivery.delivered_at IS NOT NULL
    ELSE true
END
ORDER BY delivery.queued_at DESC, delivery.id DESC
LIMIT :most;

-- name: api_delivery(id)^
-- One case document's way to the data centre.
SELECT
    delivery.id, delivery.incident_id, incident.number AS incident_number, delivery.sequence,
    delivery.sha256, delivery.url, delivery.queued_at, delivery.attempts,
    delivery.last_attempt_at, delivery.next_attempt_at, delivery.delivered_at,
    delivery.last_error, delivery.last_reason, delivery.withdrawn_at,
    (
        SELECT earlier.sequence FROM case_deliveries AS earlier
        WHERE
            delivery.delivered_at IS NULL AND delivery.withdrawn_at IS NULL
            AND earlier.incident_id = delivery.incident_id
            AND earlier.sequence < delivery.sequence
            AND earlier.delivered_at IS NULL AND earlier.next_attempt_at IS NOT NULL
        ORDER BY earlier.sequence LIMIT 1
    ) AS waits_for
FROM case_deliveries AS delivery
JOIN incidents AS incident ON incident.id = delivery.incident_id
WHERE delivery.id = :id;

-- name: api_case_document(incident_id)^
-- The newest case document that was made for an incident.
SELECT document FROM case_deliveries
WHERE incident_id = :incident_id ORDER BY sequence DESC LIMIT 1;

-- name: api_track(incident_id, only_agency)
-- The way of each unit that was sent to an incident, while it was bound by it; points are (lon, lat).
SELECT
    assignment.id AS assignment_id, unit.id AS unit_id, unit.call_sign, unit.agency_code,
    jsonb_agg(
        jsonb_build_array(ST_X(track.point), ST_Y(track.point)) ORDER BY track.recorded_at
    ) AS coordinates,
    array_agg(track.recorded_at ORDER BY track.recorded_at) AS times
FROM assignments AS assignment
JOIN units AS unit ON unit.id = assignment.unit_id
JOIN tracks AS track
    ON track.unit_id = unit.id
    AND track.recorded_at >= assignment.dispatched_at
    AND track.recorded_at
    <= coalesce(assignment.cleared_at, assignment.cancelled_at, 'infinity')
WHERE
    assignment.incident_id = :incident_id
    AND (:only_agency::text IS NULL OR unit.agency_code = :only_agency)
GROUP BY assignment.id, unit.id
ORDER BY assignment.id;

-- name: api_kinds()
-- Every kind of emergency in use, parents before their sub-kinds.
SELECT code, parent_code, name_id, name_en, icon, default_priority, emergency
FROM kinds WHERE active ORDER BY sort, code;

-- name: api_agencies()
-- Every agency in use.
SELECT code, name, short_name, phone, kind FROM agencies WHERE active ORDER BY short_name, code;

-- name: api_unit_types()
-- Every type of unit.
SELECT code, name_id, name_en, profile, icon, capabilities, turnout_s
FROM unit_types ORDER BY code;

-- name: api_has_sample()^
-- Whether what is shown is a sample: stations or units that were invented.
SELECT EXISTS (SELECT 1 FROM stations WHERE sample AND active) AS sample;
