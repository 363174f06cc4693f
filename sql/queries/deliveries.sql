-- name: get_case_document(id)^
-- Everything that is known of one case; what of a person a receiver may see is decided after.
SELECT jsonb_build_object(
    'number', incident.number,
    'sample', incident.sample,
    'kind', jsonb_build_object(
        'code', kind.code, 'name_id', kind.name_id, 'name_en', kind.name_en
    ),
    'priority', incident.priority,
    'status', incident.status,
    'description', incident.description,
    'needs', incident.needs,
    'received_at', incident.received_at,
    'verified_at', incident.verified_at,
    'resolved_at', incident.resolved_at,
    'closed_at', incident.closed_at,
    'outcome', incident.outcome,
    'summary', incident.summary,
    'casualties', coalesce(incident.casualties, '{}'::jsonb),
    'location', jsonb_build_object(
        'lon', ST_X(incident.point),
        'lat', ST_Y(incident.point),
        'accuracy_m', incident.accuracy_m,
        'method', incident.method,
        'address', incident.address,
        'village_code', incident.village_code,
        'village', village.name,
        'verified', incident.verified_at IS NOT NULL
    ),
    'calls', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'channel', call.channel,
            'caller_name', call.caller_name,
            'caller_number', call.caller_number,
            'received_at', call.received_at,
            'answered_at', call.answered_at,
            'ended_at', call.ended_at,
            'disposition', call.disposition
        ) ORDER BY call.received_at, call.id)
        FROM calls AS call
        WHERE call.incident_id = incident.id
    ), '[]'::jsonb),
    'referrals', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'agency', jsonb_build_object('code', agency.code, 'name', agency.name),
            'role', referral.role,
            'status', referral.status,
            'sent_at', referral.sent_at,
            'acknowledged_at', referral.acknowledged_at,
            'ready_at', referral.ready_at,
            'accepted_at', referral.accepted_at,
            'handed_back_at', referral.handed_back_at,
            'hand_back_reason', referral.hand_back_reason,
            'completed_at', referral.completed_at,
            'completion_note', referral.completion_note,
            'readiness', coalesce((
                SELECT jsonb_agg(jsonb_build_object(
                    'checked_at', readiness.checked_at,
                    'crew_ok', readiness.crew_ok,
                    'equipment_ok', readiness.equipment_ok,
                    'vehicle_ok', readiness.vehicle_ok,
                    'ready', readiness.ready,
                    'missing', readiness.missing
                ) ORDER BY readiness.checked_at, readiness.id)
                FROM readiness_checks AS readiness
                WHERE readiness.referral_id = referral.id
            ), '[]'::jsonb)
        ) ORDER BY referral.sent_at, referral.id)
        FROM referrals AS referral
        JOIN agencies AS agency ON agency.code = referral.agency_code
        WHERE referral.incident_id = incident.id
    ), '[]'::jsonb),
    'assignments', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'unit', jsonb_build_object(
                'call_sign', unit.call_sign,
                'agency_code', unit.agency_code,
                'type_code', unit.type_code
            ),
            'status', assignment.status,
            'overrule_reason', assignment.overrule_reason,
            'dispatched_at', assignment.dispatched_at,
            'acknowledged_at', assignment.acknowledged_at,
            'en_route_at', assignment.en_route_at,
            'on_scene_at', assignment.on_scene_at,
            'transporting_at', assignment.transporting_at,
            'at_hospital_at', assignment.at_hospital_at,
            'cleared_at', assignment.cleared_at,
            'cancelled_at', assignment.cancelled_at,
            'cancel_reason', assignment.cancel_reason
        ) ORDER BY assignment.dispatched_at, assignment.id)
        FROM assignments AS assignment
        JOIN units AS unit ON unit.id = assignment.unit_id
        WHERE assignment.incident_id = incident.id
    ), '[]'::jsonb),
    'corrections', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'thing', split_part(event.kind, '.', 1),
            'stamp', event.data ->> 'stamp',
            'from', event.data ->> 'from',
            'to', event.data ->> 'to',
            'corrected_at', event.entered_at,
            'reason', event.data ->> 'reason',
            'by', event.actor,
            'by_role', person.role,
            'agency_code', event.agency_code,
            'unit', event.data ->> 'call_sign'
        ) ORDER BY event.id)
        FROM events AS event
        LEFT JOIN users AS person ON person.id = event.actor_id
        WHERE event.incident_id = incident.id AND split_part(event.kind, '.', 2) = 'corrected'
    ), '[]'::jsonb),
    'events', coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'id', event.id,
            'kind', event.kind,
            'occurred_at', event.occurred_at,
            'entered_at', event.entered_at,
            'source', event.source,
            'agency_code', event.agency_code,
            'unit', unit.call_sign
        ) ORDER BY event.id)
        FROM events AS event
        LEFT JOIN units AS unit ON unit.id = event.unit_id
        WHERE event.incident_id = incident.id
    ), '[]'::jsonb)
) AS document,
(SELECT coalesce(max(sequence), 0) + 1 FROM case_deliveries WHERE incident_id = incident.id)
    AS sequence
FROM incidents AS incident
JOIN kinds AS kind ON kind.code = incident.kind_code
LEFT JOIN villages AS village ON village.code = incident.village_code
WHERE incident.id = :id;

-- name: list_due_deliveries(now)
-- Documents to try now; a later one of a case waits until the one before it is settled.
SELECT delivery.id
FROM case_deliveries AS delivery
WHERE
    delivery.delivered_at IS NULL
    AND delivery.next_attempt_at <= :now
    AND NOT EXISTS (
        SELECT 1 FROM case_deliveries AS earlier
        WHERE
            earlier.incident_id = delivery.incident_id
            AND earlier.sequence < delivery.sequence
            AND earlier.delivered_at IS NULL
            AND earlier.next_attempt_at IS NOT NULL
    )
ORDER BY delivery.queued_at, delivery.id
LIMIT 200;

-- name: lock_due_delivery(id, now)^
-- One document whose turn it is, held until its attempt is counted; nothing when another has it.
SELECT delivery.id, delivery.incident_id, delivery.document, delivery.queued_at, delivery.attempts
FROM case_deliveries AS delivery
WHERE
    delivery.id = :id
    AND delivery.delivered_at IS NULL
    AND delivery.next_attempt_at <= :now
    AND NOT EXISTS (
        SELECT 1 FROM case_deliveries AS earlier
        WHERE
            earlier.incident_id = delivery.incident_id
            AND earlier.sequence < delivery.sequence
            AND earlier.delivered_at IS NULL
            AND earlier.next_attempt_at IS NOT NULL
    )
FOR UPDATE OF delivery;

-- name: lock_unsent_delivery(incident_id)^
-- The newest document of a case, if no attempt was ever made to send it.
SELECT id, sequence, document ->> 'case_id' AS case_id
FROM case_deliveries
WHERE
    incident_id = :incident_id
    AND sequence = (SELECT max(sequence) FROM case_deliveries WHERE incident_id = :incident_id)
    AND attempts = 0 AND delivered_at IS NULL AND withdrawn_at IS NULL
FOR UPDATE;

-- name: list_cases_after(after, most)
-- Case documents after one number, in the order in which they were closed; none whose closing was taken back.
SELECT id, incident_id, sequence, queued_at, document
FROM case_deliveries
WHERE id > :after AND withdrawn_at IS NULL
ORDER BY id
LIMIT :most;

-- name: keep_received_case(case_id, received_at, document, sha256)^
-- Keeps one received document; nothing comes back when the case was already here.
INSERT INTO received_cases (case_id, received_at, document, sha256, signature_ok)
VALUES (:case_id, :received_at, :document, :sha256, true)
ON CONFLICT (case_id) DO NOTHING
RETURNING id, case_id, received_at, sha256;

-- name: find_received_case(case_id)^
-- What was received under one case id.
SELECT id, case_id, received_at, sha256 FROM received_cases WHERE case_id = :case_id;

-- name: list_received_cases(most)
-- What the try-out receiver holds, newest first.
SELECT
    id, case_id, received_at, sha256,
    document ->> 'number' AS number,
    document -> 'kind' ->> 'name_id' AS kind_name_id,
    document -> 'kind' ->> 'name_en' AS kind_name_en,
    document ->> 'outcome' AS outcome,
    coalesce((document ->> 'sample')::boolean, false) AS sample
FROM received_cases
ORDER BY received_at DESC, id DESC
LIMIT :most;

-- name: list_closures_to_announce(since, now)
-- Closures that began or ended by themselves since a moment and were not announced yet.
SELECT closure.id, edge.kind, edge.at, closure.reason
FROM closures AS closure
CROSS JOIN LATERAL (
    VALUES ('closure.made', closure.starts_at), ('closure.lifted', closure.ends_at)
) AS edge (kind, at)
WHERE
    edge.at > :since
    AND edge.at <= :now
    AND closure.lifted_at IS NULL
    AND edge.at > closure.created_at + interval '5 s'
    AND NOT EXISTS (
        SELECT 1 FROM events
        WHERE
            events.closure_id = closure.id
            AND events.kind = edge.kind
            AND events.occurred_at >= edge.at
    )
ORDER BY edge.at, closure.id;
