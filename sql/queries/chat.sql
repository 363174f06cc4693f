-- name: list_chat(incident_id, agency, after, most)
-- What was said about an incident, or in the shift of a desk (none: the operators'), the newest so many in order.
SELECT * FROM (
    SELECT
        event.id, event.occurred_at AS at, event.entered_at, event.actor, event.actor_id,
        event.data ->> 'text' AS text, event.data ->> 'role' AS role,
        agency.short_name AS of_agency
    FROM events AS event
    LEFT JOIN agencies AS agency ON agency.code = event.data ->> 'of_agency'
    WHERE
        event.kind IN ('chat.said')
        AND event.id > coalesce(CAST(:after AS bigint), 0)
        AND CASE
            WHEN CAST(:incident_id AS bigint) IS NOT NULL THEN event.incident_id = :incident_id
            ELSE
                event.incident_id IS NULL
                AND event.agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
        END
    ORDER BY event.id DESC
    LIMIT :most
) AS newest
ORDER BY id;

-- name: chat_read_up_to(user_id, channel)$
-- The last message that a person has read there, 0 for none.
SELECT coalesce(max(event_id), 0) AS event_id FROM chat_reads
WHERE user_id = :user_id AND channel = :channel;

-- name: put_chat_read(user_id, channel, event_id)!
-- A person has read up to a message; never back again.
INSERT INTO chat_reads (user_id, channel, event_id) VALUES (:user_id, :channel, :event_id)
ON CONFLICT (user_id, channel) DO UPDATE
SET event_id = greatest(chat_reads.event_id, excluded.event_id);

-- name: list_unread_chat(user_id, since, sees_all, agency, unit_id, room)
-- Where others said something that a person has not read: open incidents the person may see, and the own shift.
SELECT
    said.channel, said.incident_id, incident.number, count(*) AS unread,
    max(said.id) AS newest_id,
    (array_agg(said.actor ORDER BY said.id DESC))[1] AS newest_actor
FROM (
    SELECT
        event.id, event.incident_id, event.actor,
        CASE
            WHEN event.incident_id IS NOT NULL THEN 'incident:' || event.incident_id
            ELSE 'shift:' || coalesce(event.agency_code, '')
        END AS channel
    FROM events AS event
    WHERE
        event.kind IN ('chat.said')
        AND event.entered_at > :since
        AND event.actor_id IS DISTINCT FROM CAST(:user_id AS bigint)
        AND CASE
            WHEN event.incident_id IS NULL THEN
                CASE
                    WHEN event.agency_code IS NULL THEN CAST(:room AS boolean)
                    ELSE event.agency_code = CAST(:agency AS text)
                END
            ELSE
                :sees_all
                OR EXISTS (
                    SELECT 1 FROM referrals
                    WHERE
                        referrals.incident_id = event.incident_id
                        AND referrals.agency_code = CAST(:agency AS text)
                )
                OR EXISTS (
                    SELECT 1 FROM assignments
                    WHERE
                        assignments.incident_id = event.incident_id
                        AND assignments.unit_id = CAST(:unit_id AS bigint)
                )
        END
) AS said
LEFT JOIN chat_reads AS reading
    ON reading.user_id = :user_id AND reading.channel = said.channel
LEFT JOIN incidents AS incident ON incident.id = said.incident_id
WHERE
    said.id > coalesce(reading.event_id, 0)
    AND (
        incident.id IS NULL
        OR incident.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
    )
GROUP BY said.channel, said.incident_id, incident.number
ORDER BY newest_id DESC;
