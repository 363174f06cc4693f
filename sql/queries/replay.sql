-- name: replay_events_until(moment, sees_all, agency, only_agency)
-- The events entered by a moment about what was then in the room's hands, in order: open incidents, calls, closures.
WITH found AS (
    SELECT event.id
    FROM (
        SELECT id FROM incidents
        WHERE status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
        UNION
        SELECT incident_id FROM events
        WHERE
            entered_at > :moment
            AND kind IN (
                'incident.closed', 'incident.cancelled', 'incident.duplicate',
                'incident.out_of_area'
            )
    ) AS open
    JOIN events AS event ON event.incident_id = open.id AND event.entered_at <= :moment
    UNION
    SELECT event.id
    FROM (
        SELECT id FROM calls
        WHERE
            disposition IS NULL
            OR (ended_at IS NULL AND received_at > :moment::timestamptz - interval '1 day')
        UNION
        SELECT call_id FROM events
        WHERE
            entered_at > :moment
            AND kind IN ('call.ended', 'call.closed', 'call.linked')
    ) AS ringing
    JOIN events AS event ON event.call_id = ringing.id AND event.entered_at <= :moment
    -- An incident that is over is not half told by what it has in common with its call.
    WHERE :sees_all AND starts_with(event.kind, 'call.')
    UNION
    SELECT event.id
    FROM closures AS closure
    JOIN events AS event ON event.closure_id = closure.id AND event.entered_at <= :moment
    WHERE
        (closure.ends_at IS NULL OR closure.ends_at > :moment)
        AND (closure.lifted_at IS NULL OR closure.lifted_at > :moment)
    UNION
    -- Found by when they were entered, which is indexed: an order or a promise at once, an end
    -- perhaps hours after it happened.
    SELECT event.id
    FROM moves AS move
    JOIN events AS event
        ON starts_with(event.kind, 'move.')
        AND event.unit_id = move.unit_id
        AND (event.data ->> 'move_id')::bigint = move.id
        AND event.entered_at <= :moment
        AND (
            event.entered_at BETWEEN move.ordered_at - interval '1 minute'
            AND move.ordered_at + interval '1 minute'
            OR event.entered_at BETWEEN move.ended_at - interval '1 minute'
            AND move.ended_at + interval '1 day'
        )
    WHERE
        move.ordered_at <= :moment
        AND (move.ended_at IS NULL OR move.ended_at > :moment::timestamptz - interval '1 day')
    UNION
    SELECT event.id
    FROM promises AS promise
    JOIN events AS event
        ON event.kind = 'promise.made'
        AND (event.data ->> 'promise_id')::bigint = promise.id
        AND event.entered_at <= :moment
        AND event.entered_at BETWEEN promise.made_at - interval '1 minute'
        AND promise.made_at + interval '1 minute'
    WHERE promise.ended_at IS NULL OR promise.ended_at > :moment
)
SELECT * FROM (
    SELECT
        event.id, event.kind, event.occurred_at, event.entered_at, event.call_id,
        event.incident_id, event.referral_id, event.assignment_id, event.unit_id,
        event.closure_id, event.agency_code, event.data,
        incident.number AS incident_number, incident.received_at AS incident_received_at,
        NOT :sees_all AND event.incident_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM referrals
            WHERE referrals.incident_id = event.incident_id AND referrals.agency_code = :agency
        ) AS hidden
    FROM found
    JOIN events AS event ON event.id = found.id
    LEFT JOIN incidents AS incident ON incident.id = event.incident_id
) AS told
WHERE
    (NOT hidden OR starts_with(kind, 'assignment.') OR starts_with(kind, 'move.'))
    -- What a desk says and promises within its shift is its own.
    AND (
        :sees_all OR incident_id IS NOT NULL OR agency_code = :agency
        OR NOT (starts_with(kind, 'promise.') OR starts_with(kind, 'chat.'))
    )
    AND NOT is_work_of_others(kind, agency_code, :only_agency)
ORDER BY id;

-- name: replay_events(from_at, to_at, sees_all, agency, only_agency, after, most)
-- The events entered in a span, and those that happened in it but were entered after it, in order.
SELECT * FROM (
    SELECT
        event.id, event.kind, event.occurred_at, event.entered_at, event.source, event.actor,
        event.call_id, event.incident_id, event.referral_id, event.assignment_id, event.unit_id,
        event.closure_id, event.agency_code, event.data,
        incident.number AS incident_number, incident.received_at AS incident_received_at,
        NOT :sees_all AND event.incident_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM referrals
            WHERE referrals.incident_id = event.incident_id AND referrals.agency_code = :agency
        ) AS hidden
    FROM events AS event
    LEFT JOIN incidents AS incident ON incident.id = event.incident_id
    WHERE
        event.id > :after
        AND (
            (event.entered_at > :from_at AND event.entered_at <= :to_at)
            OR (
                event.entered_at - event.occurred_at > interval '60 seconds'
                AND event.occurred_at > :from_at AND event.occurred_at <= :to_at
                AND event.entered_at > :to_at
            )
        )
        AND split_part(event.kind, '.', 1)
        IN (
            'call', 'incident', 'referral', 'assignment', 'unit', 'closure', 'case', 'move',
            'promise', 'chat'
        )
        AND (:sees_all OR event.call_id IS NULL OR event.incident_id IS NOT NULL)
) AS told
WHERE
    (NOT hidden OR starts_with(kind, 'assignment.') OR starts_with(kind, 'move.'))
    -- What a desk says and promises within its shift is its own.
    AND (
        :sees_all OR incident_id IS NOT NULL OR agency_code = :agency
        OR NOT (starts_with(kind, 'promise.') OR starts_with(kind, 'chat.'))
    )
    AND NOT is_work_of_others(kind, agency_code, :only_agency)
ORDER BY id
LIMIT :most;

-- name: replay_units(moment, only_agency)
-- Every unit as it is now, with the nearest of its own events on each side of a moment and where it was last known.
SELECT
    unit.id, unit.call_sign, unit.agency_code, unit.type_code, unit.station_id, unit.active,
    unit.duty, unit.duty_reason,
    duty_before.data AS duty_before, duty_after.data AS duty_after,
    change_before.data AS change_before, change_after.data AS change_after,
    last.lon, last.lat, last.recorded_at, last.received_at
FROM units AS unit
LEFT JOIN LATERAL (
    SELECT data FROM events
    WHERE unit_id = unit.id AND kind = 'unit.duty' AND entered_at <= :moment
    ORDER BY id DESC LIMIT 1
) AS duty_before ON true
LEFT JOIN LATERAL (
    SELECT data FROM events
    WHERE unit_id = unit.id AND kind = 'unit.duty' AND entered_at > :moment
    ORDER BY id LIMIT 1
) AS duty_after ON true
LEFT JOIN LATERAL (
    SELECT data || jsonb_build_object('agency_code', agency_code) AS data FROM events
    WHERE unit_id = unit.id AND kind = 'unit.changed' AND entered_at <= :moment
    ORDER BY id DESC LIMIT 1
) AS change_before ON true
LEFT JOIN LATERAL (
    SELECT data || jsonb_build_object('agency_code', agency_code) AS data FROM events
    WHERE unit_id = unit.id AND kind = 'unit.changed' AND entered_at > :moment
    ORDER BY id LIMIT 1
) AS change_after ON true
LEFT JOIN LATERAL (
    SELECT ST_X(point) AS lon, ST_Y(point) AS lat, recorded_at, received_at FROM tracks
    WHERE
        unit_id = unit.id
        AND recorded_at <= :moment::timestamptz + interval '1 minute'
        AND recorded_at > :moment::timestamptz - interval '7 days'
        AND received_at <= :moment
        AND strpos(coalesce(judgement, ''), 'jump') = 0
    ORDER BY recorded_at DESC LIMIT 1
) AS last ON true
WHERE :only_agency::text IS NULL OR unit.agency_code = :only_agency
ORDER BY unit.id;

-- name: replay_closures(from_at, to_at)
-- The shapes of closures that may have held in a span: nothing but their end changes after they are made.
SELECT * FROM closure_rows()
WHERE
    created_at <= :to_at
    AND (ends_at IS NULL OR ends_at > :from_at)
    AND (lifted_at IS NULL OR lifted_at > :from_at)
ORDER BY id;

-- name: replay_tracks(from_at, to_at, every_s, only_agency)
-- The points recorded in a span, by unit, oldest first: in so many seconds at most one on time and one late.
SELECT
    unit_id,
    array_agg(recorded_ms ORDER BY recorded_ms) AS recorded_ms,
    array_agg(delay_s ORDER BY recorded_ms) AS delay_s,
    array_agg(lon ORDER BY recorded_ms) AS lon,
    array_agg(lat ORDER BY recorded_ms) AS lat,
    array_agg(doubted ORDER BY recorded_ms) AS doubted
FROM (
    SELECT DISTINCT ON (unit_id, slot, late)
        unit_id, recorded_ms, delay_s, lon, lat, doubted
    FROM (
        SELECT
            unit_id,
            (extract(epoch FROM recorded_at - :from_at::timestamptz) * 1000)::integer
                AS recorded_ms,
            greatest(0, extract(epoch FROM received_at - recorded_at))::integer AS delay_s,
            received_at - recorded_at > interval '60 seconds' AS late,
            round(ST_X(point) * 1e6) / 1e6 AS lon, round(ST_Y(point) * 1e6) / 1e6 AS lat,
            (strpos(coalesce(judgement, ''), 'jump') > 0)::integer AS doubted,
            floor(extract(epoch FROM recorded_at) / :every_s) AS slot
        FROM tracks
        WHERE
            recorded_at >= :from_at AND recorded_at < :to_at
            AND (
                :only_agency::text IS NULL
                OR unit_id IN (SELECT id FROM units WHERE agency_code = :only_agency)
            )
    ) AS point
    ORDER BY unit_id, slot, late, recorded_ms
) AS kept
GROUP BY unit_id
ORDER BY unit_id;

-- name: replay_incident_of_number(number)^
-- Which incident has a number.
SELECT id FROM incidents WHERE number = :number;

-- name: replay_case_span(id)^
-- When an incident began, by its first call, and when it was last over; null while it is not.
SELECT
    incident.number,
    least(
        incident.received_at,
        (SELECT min(received_at) FROM calls WHERE incident_id = incident.id)
    ) AS began_at,
    CASE WHEN incident.status IN ('closed', 'cancelled', 'duplicate', 'out_of_area') THEN (
        SELECT max(occurred_at) FROM events
        WHERE
            incident_id = incident.id
            AND kind IN (
                'incident.closed', 'incident.cancelled', 'incident.duplicate',
                'incident.out_of_area'
            )
    ) END AS ended_at
FROM incidents AS incident
WHERE incident.id = :id;

-- name: count_replay(from_at, to_at)^
-- How much a span holds: events entered in it, and points recorded in it.
SELECT
    (SELECT count(*) FROM events WHERE entered_at > :from_at AND entered_at <= :to_at) AS events,
    (
        SELECT count(*) FROM tracks WHERE recorded_at >= :from_at AND recorded_at < :to_at
    ) AS points;
