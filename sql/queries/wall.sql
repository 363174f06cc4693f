-- name: find_live_wall(token_hash)^
-- The display with this hash, unless it was revoked, and whether it should be noted as seen again.
SELECT
    id, name,
    last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute' AS seen_long_ago
FROM wall_displays
WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- name: note_wall_seen(id)!
-- Notes that a display asked just now.
UPDATE wall_displays SET last_seen_at = now() WHERE id = :id;

-- name: list_walls()
-- Every display, those in use first; never the secret, which is not kept.
SELECT
    display.id, display.name, display.paired_at, person.display_name AS paired_by,
    display.last_seen_at, display.revoked_at
FROM wall_displays AS display
LEFT JOIN users AS person ON person.id = display.paired_by
ORDER BY display.revoked_at DESC NULLS FIRST, display.id;

-- name: drop_old_pairings(at)!
-- Forgets codes whose time is over.
DELETE FROM wall_pairings WHERE expires_at <= :at;

-- name: count_pairings()
-- How many displays wait for their code to be typed.
SELECT count(*) AS waiting FROM wall_pairings;

-- name: find_pairing(token_hash, at)^
-- The code that a display shows, while it may still be typed.
SELECT code, expires_at FROM wall_pairings WHERE token_hash = :token_hash AND expires_at > :at;

-- name: begin_pairing(code, token_hash, at, expires_at)!
-- Keeps a code that a display shows; none is kept if another display shows the same.
INSERT INTO wall_pairings (code, token_hash, begun_at, expires_at)
VALUES (:code, :token_hash, :at, :expires_at)
ON CONFLICT DO NOTHING;

-- name: take_pairing(code, at)^
-- Uses up a code; answers the hash of the display that showed it.
DELETE FROM wall_pairings WHERE code = :code AND expires_at > :at RETURNING token_hash;

-- name: add_wall(name, token_hash, paired_by, at)$
-- Adds a display; answers the number.
INSERT INTO wall_displays (name, token_hash, paired_by, paired_at)
VALUES (:name, :token_hash, :paired_by, :at)
RETURNING id;

-- name: revoke_wall(id, at)!
-- Ends a display; a second time changes nothing.
UPDATE wall_displays SET revoked_at = greatest(:at, paired_at) WHERE id = :id AND revoked_at IS NULL;

-- name: wall_queue()^
-- Calls that nobody has answered: how many, and since when each of the first twelve rings. Prepared once.
WITH waiting AS (
    SELECT received_at
    FROM calls
    WHERE disposition IS NULL AND answered_at IS NULL AND ended_at IS NULL
),
first AS (
    SELECT received_at FROM waiting ORDER BY received_at LIMIT 12
)
SELECT
    (SELECT count(*) FROM waiting) AS waiting,
    (SELECT min(received_at) FROM waiting) AS longest_since,
    (SELECT array_agg(received_at ORDER BY received_at) FROM first) AS since;

-- name: wall_incidents()
-- Open incidents with their clocks and nothing about anybody; the place to about 100 m. Prepared once.
SELECT
    incident.id, incident.number, kind.name_id AS kind_name_id, kind.name_en AS kind_name_en,
    kind.icon, incident.priority, incident.status, village.name AS village,
    round(ST_X(incident.point)::numeric, 3)::double precision AS lon,
    round(ST_Y(incident.point)::numeric, 3)::double precision AS lat,
    incident.verified_at IS NOT NULL AS verified,
    incident.received_at, told.answered_at, sent.dispatched_at, sent.on_scene_at,
    sent.units, incident.sample, incident.alarm_level
FROM incidents AS incident
JOIN kinds AS kind ON kind.code = incident.kind_code
LEFT JOIN villages AS village ON village.code = incident.village_code
CROSS JOIN LATERAL (
    SELECT min(call.answered_at) AS answered_at
    FROM calls AS call
    WHERE call.incident_id = incident.id
) AS told
CROSS JOIN LATERAL (
    SELECT
        min(work.dispatched_at) AS dispatched_at,
        min(work.on_scene_at) AS on_scene_at,
        count(*) FILTER (WHERE work.cleared_at IS NULL) AS units
    FROM assignments AS work
    WHERE work.incident_id = incident.id AND work.cancelled_at IS NULL
) AS sent
WHERE incident.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
ORDER BY incident.priority, incident.received_at, incident.id;

-- name: wall_referrals()
-- Referrals that no agency has acknowledged yet, the oldest first. Prepared once.
SELECT
    referral.id, agency.short_name AS agency, incident.number, incident.priority,
    kind.name_id AS kind_name_id, kind.name_en AS kind_name_en, referral.sent_at
FROM referrals AS referral
JOIN agencies AS agency ON agency.code = referral.agency_code
JOIN incidents AS incident ON incident.id = referral.incident_id
JOIN kinds AS kind ON kind.code = incident.kind_code
WHERE referral.status = 'sent'
    AND incident.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
ORDER BY referral.sent_at, referral.id;

-- name: wall_units()
-- Every unit in use: its agency, what it does, and where it was seen last or is based. Prepared once.
SELECT
    unit.id AS unit_id, unit.call_sign, unit.agency_code, agency.short_name AS agency, type.icon,
    unit.duty, work.status AS assignment_status,
    ST_X(coalesce(last.point, station.point)) AS lon,
    ST_Y(coalesce(last.point, station.point)) AS lat,
    last.recorded_at,
    extract(epoch FROM now() - last.recorded_at)::double precision AS age_s,
    last.speed_kph, last.heading_deg
FROM units AS unit
JOIN agencies AS agency ON agency.code = unit.agency_code
JOIN unit_types AS type ON type.code = unit.type_code
LEFT JOIN stations AS station ON station.id = unit.station_id
LEFT JOIN unit_positions AS last ON last.unit_id = unit.id
LEFT JOIN assignments AS work
    ON work.unit_id = unit.id AND work.cleared_at IS NULL AND work.cancelled_at IS NULL
WHERE unit.active
ORDER BY agency.short_name, unit.call_sign;

-- name: wall_closures()
-- Road closures of now, without what was written about them. Prepared once.
SELECT id, ST_AsGeoJSON(geom, 5)::jsonb AS geometry, effect, speed_kph, depth_cm, starts_at
FROM closures
WHERE lifted_at IS NULL AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())
ORDER BY id;

-- name: wall_today(since)^
-- What was counted since midnight. Prepared once.
SELECT
    (SELECT count(*) FROM calls WHERE received_at >= :since) AS calls,
    (SELECT count(*) FROM calls WHERE received_at >= :since AND disposition IN ('hantu', 'prank'))
        AS false_calls,
    (
        SELECT count(*) FROM incidents
        WHERE received_at >= :since AND status NOT IN ('cancelled', 'duplicate', 'out_of_area')
    ) AS incidents,
    (SELECT count(*) FROM incidents WHERE closed_at >= :since) AS closed,
    (
        SELECT percentile_cont(0.5) WITHIN GROUP (
            ORDER BY extract(epoch FROM first.on_scene_at - incident.received_at)
        )
        FROM incidents AS incident
        JOIN LATERAL (
            SELECT min(work.on_scene_at) AS on_scene_at
            FROM assignments AS work
            WHERE work.incident_id = incident.id AND work.cancelled_at IS NULL
        ) AS first ON first.on_scene_at IS NOT NULL
        WHERE incident.received_at >= :since
    )::double precision AS median_response_s;
