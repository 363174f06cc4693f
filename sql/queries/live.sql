-- name: last_event_id()^
-- The id of the newest event, 0 when nothing has happened yet.
SELECT coalesce(max(id), 0) AS id FROM events;

-- name: list_events_for_viewer(after, incident_id, sees_all, agency, unit_id, most)
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

-- name: reference_kinds()
-- Every kind of emergency in use, parents before their sub-kinds.
SELECT code, parent_code, name_id, name_en, icon, default_priority, emergency
FROM kinds
WHERE active
ORDER BY coalesce(parent_code, code), parent_code NULLS FIRST, code;

-- name: reference_agencies()
-- Every agency in use.
SELECT code, name, short_name, phone FROM agencies WHERE active ORDER BY short_name;

-- name: reference_unit_types()
-- Every type of unit.
SELECT code, name_id, name_en, profile, icon, capabilities, turnout_s FROM unit_types ORDER BY code;

-- name: has_sample_data()^
-- Whether this installation shows a sample city.
SELECT EXISTS (SELECT 1 FROM stations WHERE sample) AS sample;
