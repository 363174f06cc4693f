-- name: installation_is_sample()^
-- Whether this is the sample city: its reports are about simulated incidents, and say so.
SELECT coalesce((SELECT sample FROM road_networks WHERE current), FALSE) AS sample;

-- name: statistics_calls(since, until, samples)
-- Calls of a period by disposition, with the seconds until each was answered.
SELECT
    call.disposition,
    count(*) AS calls,
    coalesce(
        array_agg(extract(EPOCH FROM call.answered_at - call.received_at)::float8)
            FILTER (WHERE call.answered_at IS NOT NULL),
        '{}'
    ) AS answer_s
FROM calls AS call
WHERE call.received_at >= :since
    AND call.received_at < :until
    AND (:samples OR NOT call.sample)
GROUP BY call.disposition
ORDER BY call.disposition NULLS LAST;

-- name: statistics_incidents(since, until, kind, samples)
-- Incidents of a period with the first stamp of each step; nothing about callers.
SELECT
    incident.id,
    incident.number,
    incident.kind_code AS kind,
    split_part(incident.kind_code, '.', 1) AS top_kind,
    incident.priority,
    incident.status,
    incident.received_at,
    ST_X(incident.point) AS lon,
    ST_Y(incident.point) AS lat,
    incident.address,
    village.name AS village,
    district.name AS district,
    incident.outcome,
    incident.sample,
    (
        SELECT min(call.answered_at) FROM calls AS call WHERE call.incident_id = incident.id
    ) AS answered_at,
    first.dispatched_at,
    first.on_scene_at,
    (
        SELECT coalesce(array_agg(DISTINCT referral.agency_code ORDER BY referral.agency_code), '{}')
        FROM referrals AS referral
        WHERE referral.incident_id = incident.id
    ) AS agencies
FROM incidents AS incident
LEFT JOIN villages AS village ON village.code = incident.village_code
LEFT JOIN districts AS district ON district.code = village.district_code
LEFT JOIN LATERAL (
    SELECT
        min(assignment.dispatched_at) AS dispatched_at,
        min(assignment.on_scene_at) AS on_scene_at
    FROM assignments AS assignment
    WHERE assignment.incident_id = incident.id
) AS first ON TRUE
WHERE incident.received_at >= :since
    AND incident.received_at < :until
    AND (
        :kind::text IS NULL
        OR incident.kind_code = :kind
        OR split_part(incident.kind_code, '.', 1) = :kind
    )
    AND (:samples OR NOT incident.sample)
ORDER BY incident.received_at, incident.id;

-- name: statistics_assignments(since, until, kind, samples)
-- Units sent to the incidents of a period that count, with every stamp; cancelled ones are left out.
SELECT
    assignment.id,
    unit.agency_code,
    split_part(incident.kind_code, '.', 1) AS top_kind,
    assignment.dispatched_at,
    assignment.en_route_at,
    assignment.on_scene_at,
    assignment.cleared_at
FROM assignments AS assignment
JOIN incidents AS incident ON incident.id = assignment.incident_id
JOIN units AS unit ON unit.id = assignment.unit_id
WHERE incident.received_at >= :since
    AND incident.received_at < :until
    AND incident.status NOT IN ('cancelled', 'duplicate', 'out_of_area')
    AND assignment.cancelled_at IS NULL
    AND (
        :kind::text IS NULL
        OR incident.kind_code = :kind
        OR split_part(incident.kind_code, '.', 1) = :kind
    )
    AND (:samples OR NOT incident.sample)
ORDER BY assignment.id;

-- name: statistics_left_out(since, until)
-- How many simulated calls and incidents of a period a real city's reports leave out.
SELECT
    (
        SELECT count(*) FROM calls
        WHERE sample AND received_at >= :since AND received_at < :until
    ) AS calls,
    (
        SELECT count(*) FROM incidents
        WHERE sample AND received_at >= :since AND received_at < :until
    ) AS incidents;

-- name: statistics_kinds()
-- Names of every kind, in the order in which the city lists them.
SELECT code, parent_code, name_id, name_en, icon, emergency FROM kinds ORDER BY sort, code;

-- name: statistics_districts()
-- Names of every district.
SELECT code, name FROM districts ORDER BY code;
