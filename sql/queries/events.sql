-- name: list_events_of_incident(incident_id)
-- The history of one incident, oldest first, with the calls and units that belong to it.
SELECT * FROM event_rows()
WHERE
    incident_id = :incident_id
    OR call_id IN (SELECT id FROM calls WHERE incident_id = :incident_id)
ORDER BY id;

-- name: newest_event_id()^
-- The id of the newest event, 0 when there is none.
SELECT coalesce(max(id), 0) AS id FROM events;
