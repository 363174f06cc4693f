-- name: list_events_for_viewer(after, incident_id, sees_all, sees_accounts, agency, unit_id, only_agency, most)
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
    AND (:sees_accounts OR split_part(event.kind, '.', 1) NOT IN ('user', 'token', 'device', 'wall'))
    AND NOT is_work_of_others(event.kind, event.agency_code, :only_agency)
    AND (
        :sees_all
        OR split_part(event.kind, '.', 1) IN ('closure', 'roads', 'coverage', 'layer')
        OR (
            :agency::text IS NOT NULL
            AND (
                split_part(event.kind, '.', 1) IN ('unit', 'move', 'notification')
                OR (
                    event.incident_id IS NULL AND event.agency_code = :agency
                    AND split_part(event.kind, '.', 1) IN ('chat', 'handover', 'promise')
                )
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

-- name: list_new_events(after, most)
-- Events after one id, in order, with the agencies and units of their incidents. Prepared once.
SELECT
    event.*,
    ARRAY(
        SELECT referral.agency_code::text FROM referrals AS referral
        WHERE referral.incident_id = event.incident_id
    ) AS agencies,
    ARRAY(
        SELECT assignment.unit_id FROM assignments AS assignment
        WHERE assignment.incident_id = event.incident_id
    ) AS units
FROM event_rows() AS event
WHERE event.id > :after
ORDER BY event.id
LIMIT :most;

-- name: event_before_the_last(many)^
-- The id after which the newest so many events come, 0 when there are not that many.
SELECT coalesce(
    (SELECT event.id FROM events AS event ORDER BY event.id DESC OFFSET :many LIMIT 1), 0
) AS id;

-- name: live_positions()
-- The last known position of every unit in use that has one, with what a map says about the unit.
SELECT *, extract(epoch FROM now() - recorded_at)::double precision AS age_s
FROM position_rows()
ORDER BY unit_id;

-- name: units_that_moved(since)
-- Whose position a snapshot could not see yet, and the snapshot of this look. Prepared once.
SELECT unit_id, pg_current_snapshot()::text AS snapshot
FROM unit_positions
WHERE
    changed_in >= pg_snapshot_xmin(:since::pg_snapshot)
    AND NOT pg_visible_in_snapshot(changed_in, :since::pg_snapshot);

-- name: snapshot_now()^
-- What can be seen now, to ask later what has changed since.
SELECT pg_current_snapshot()::text AS snapshot;

-- name: positions_of_units(unit_ids)
-- The last known positions of these units, with what a map says about each. Prepared once.
SELECT * FROM position_rows()
WHERE unit_id = ANY(:unit_ids::bigint[]);

-- name: viewer_may_see_incident(incident_id, agency, unit_id)^
-- Whether an incident was referred to an agency, or a unit was sent to it. Prepared once.
SELECT
    EXISTS (
        SELECT 1 FROM referrals WHERE incident_id = :incident_id AND agency_code = :agency
    )
    OR EXISTS (
        SELECT 1 FROM assignments WHERE incident_id = :incident_id AND unit_id = :unit_id
    ) AS visible;
