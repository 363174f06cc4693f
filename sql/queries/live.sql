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
SELECT *, extract(epoch FROM now() - recorded_at)::double precision AS age_s
FROM position_rows()
ORDER BY unit_id;

-- name: viewer_may_see_incident(incident_id, agency, unit_id)^
-- Whether an incident was referred to an agency, or a unit was sent to it.
SELECT
    EXISTS (
        SELECT 1 FROM referrals WHERE incident_id = :incident_id AND agency_code = :agency
    )
    OR EXISTS (
        SELECT 1 FROM assignments WHERE incident_id = :incident_id AND unit_id = :unit_id
    ) AS visible;
