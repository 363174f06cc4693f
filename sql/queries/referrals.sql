-- name: get_referral(id)^
-- One referral. Prepared once.
SELECT * FROM referral_rows() WHERE id = :id;

-- name: list_referrals(agency, state, limit)
-- Referrals, newest first; "open" means that the agency still has something to do. Prepared once.
SELECT r.* FROM referral_rows() AS r
JOIN incidents AS i ON i.id = r.incident_id
WHERE
    (CAST(:agency AS text) IS NULL OR r.agency ->> 'code' = :agency)
    AND CASE coalesce(CAST(:state AS text), 'all')
        WHEN 'all' THEN true
        WHEN 'open' THEN
            r.status NOT IN ('handed_back', 'completed')
            AND i.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
        ELSE r.status = :state
    END
ORDER BY r.sent_at DESC, r.id DESC
LIMIT coalesce(CAST(:limit AS integer), 200);

-- name: list_referrals_of_incident(incident_id)
-- The referrals of one incident, oldest first. Prepared once.
SELECT * FROM referral_rows() WHERE incident_id = :incident_id ORDER BY sent_at, id;

-- name: count_referrals_of_incident(incident_id, after)^
-- How many agencies have an incident: still at work, completed (after a moment), and in all.
SELECT
    count(*) FILTER (WHERE status NOT IN ('handed_back', 'completed')) AS open,
    count(*) FILTER (
        WHERE status = 'completed'
            AND (CAST(:after AS timestamptz) IS NULL OR completed_at > :after)
    ) AS completed,
    count(*) AS total
FROM referrals
WHERE incident_id = :incident_id;

-- name: list_readiness_checks(incident_id)
-- Every readiness check made for an incident, oldest first. Prepared once.
SELECT
    c.id, c.referral_id, c.checked_at, checker.display_name AS checked_by, c.crew_ok,
    c.equipment_ok, c.vehicle_ok, c.ready, c.missing, c.note, c.known
FROM readiness_checks AS c
JOIN referrals AS r ON r.id = c.referral_id
LEFT JOIN users AS checker ON checker.id = c.checked_by
WHERE r.incident_id = :incident_id
ORDER BY c.id;

-- name: find_units_at_work(referral_id)^
-- The incident of a referral and the units it still binds, for the sentence of a refusal.
SELECT i.number, string_agg(u.call_sign, ', ' ORDER BY s.id) AS units
FROM assignments AS s
JOIN units AS u ON u.id = s.unit_id
JOIN incidents AS i ON i.id = s.incident_id
WHERE s.referral_id = :referral_id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
GROUP BY i.number;

-- name: find_agencies_at_work(number)^
-- The agencies that still have something to do for an incident, for the sentence of a refusal.
SELECT i.number, coalesce(string_agg(a.short_name, ', ' ORDER BY r.id), '–') AS agencies
FROM incidents AS i
LEFT JOIN referrals AS r
    ON r.incident_id = i.id AND r.status NOT IN ('handed_back', 'completed')
LEFT JOIN agencies AS a ON a.code = r.agency_code
WHERE i.number = :number
GROUP BY i.number;

-- name: find_units_of_incident_at_work(number)^
-- The units that an incident still binds, for the sentence of a refusal.
SELECT string_agg(u.call_sign, ', ' ORDER BY s.id) AS units
FROM incidents AS i
JOIN assignments AS s ON s.incident_id = i.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
JOIN units AS u ON u.id = s.unit_id
WHERE i.number = :number;

-- name: list_units_of_referral(referral_id)
-- Every unit that was ever sent for a referral.
SELECT u.call_sign
FROM assignments AS s
JOIN units AS u ON u.id = s.unit_id
WHERE s.referral_id = :referral_id
ORDER BY s.id;

-- name: count_work_on_incident(incident_id)^
-- Whether anything put an incident in progress: a unit that drove, or an agency that completed.
SELECT
    EXISTS (SELECT 1 FROM assignments WHERE incident_id = :incident_id AND en_route_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM referrals WHERE incident_id = :incident_id AND status = 'completed')
    AS begun;

-- name: list_agencies_at_work(incident_id)
-- The agencies that still have something to do for an incident.
SELECT agency_code AS code FROM referrals
WHERE incident_id = :incident_id AND status NOT IN ('handed_back', 'completed');
