-- name: list_events_of_incident(incident_id, only_agency)
-- The history of one incident, oldest first, with the calls and units that belong to it.
SELECT * FROM event_rows()
WHERE
    (
        incident_id = :incident_id
        OR call_id IN (SELECT id FROM calls WHERE incident_id = :incident_id)
    )
    AND NOT is_work_of_others(kind, agency_code, :only_agency)
ORDER BY id;

-- name: newest_event_id()^
-- The id of the newest event, 0 when there is none.
SELECT coalesce(max(id), 0) AS id FROM events;

-- name: find_last_step(kinds, call_id, incident_id, referral_id, assignment_id)^
-- The newest event of some kinds about one call, or one incident and one thing of it.
SELECT id, kind, actor_id, actor, occurred_at, entered_at, data
FROM events
WHERE
    kind = ANY(:kinds)
    AND (incident_id = :incident_id::bigint OR call_id = :call_id::bigint)
    AND (:referral_id::bigint IS NULL OR referral_id = :referral_id)
    AND (:assignment_id::bigint IS NULL OR assignment_id = :assignment_id)
ORDER BY id DESC
LIMIT 1;
