-- name: lock_notification_progress()^
-- Up to which event notices were made, held until the end; nothing while another process is at it.
SELECT event_id FROM notification_progress FOR UPDATE SKIP LOCKED;

-- name: move_notification_progress(event_id)!
-- Notes up to which event notices were made.
UPDATE notification_progress SET event_id = :event_id;

-- name: list_events_to_tell(after, until, kinds)
-- Events between two ids of which people are told, with what a notice says of each. Prepared once.
SELECT
    event.id, event.kind, event.entered_at, event.actor_id, event.agency_code, event.incident_id,
    event.referral_id, event.assignment_id, event.unit_id, event.data,
    incident.number, incident.priority, incident.address AS place,
    kind.name_id AS kind_id, kind.name_en AS kind_en,
    agency.short_name AS agency, unit.call_sign AS unit, event.data ->> 'station' AS station,
    event.data ->> 'to' AS level,
    ARRAY(
        SELECT DISTINCT referral.agency_code::text FROM referrals AS referral
        WHERE referral.incident_id = event.incident_id
            AND referral.status NOT IN ('handed_back', 'completed')
    ) AS agencies
FROM events AS event
LEFT JOIN incidents AS incident ON incident.id = event.incident_id
LEFT JOIN kinds AS kind ON kind.code = incident.kind_code
LEFT JOIN agencies AS agency ON agency.code = event.agency_code
LEFT JOIN units AS unit ON unit.id = event.unit_id
WHERE
    event.id > :after AND event.id <= :until AND event.kind = ANY(CAST(:kinds AS text []))
ORDER BY event.id;

-- name: list_recipients(topic, unit_id, agencies, leads, users, contacts, but)
-- Devices and contacts that hear of an event: a unit's crew, agencies, lead operators, named ones.
-- Prepared once.
SELECT
    'push' AS way, NULL::bigint AS contact_id, subscription.id AS subscription_id,
    person.display_name || ' · ' || subscription.device AS recipient, NULL AS address,
    person.locale, person.agency_code
FROM push_subscriptions AS subscription
JOIN users AS person ON person.id = subscription.user_id
WHERE
    subscription.revoked_at IS NULL
    AND person.active
    AND person.session_version = subscription.session_version
    AND person.id IS DISTINCT FROM CAST(:but AS bigint)
    AND (
        (person.role = 'crew' AND person.unit_id = CAST(:unit_id AS bigint))
        OR (person.role = 'dispatcher' AND person.agency_code = ANY(CAST(:agencies AS text [])))
        OR (person.role = 'lead_operator' AND CAST(:leads AS boolean))
        OR person.id = ANY(CAST(:users AS bigint []))
    )
UNION ALL
SELECT
    contact.way, contact.id, NULL, contact.name, contact.address, contact.locale,
    contact.agency_code
FROM contacts AS contact
WHERE
    contact.active
    AND (
        (
            contact.agency_code = ANY(CAST(:agencies AS text []))
            AND CAST(:topic AS text) = ANY(contact.topics)
        )
        OR contact.id = ANY(CAST(:contacts AS bigint []))
    )
ORDER BY 1, 2, 3;

-- name: add_notification(event_id, topic, way, contact_id, subscription_id, recipient, address, agency_code, incident_id, referral_id, assignment_id, unit_id, locale, title, text, page, at, give_up_at)!
-- Puts one notice in the outbox; the same one only once.
INSERT INTO notifications (
    event_id, topic, way, contact_id, subscription_id, recipient, address, agency_code,
    incident_id, referral_id, assignment_id, unit_id, locale, title, text, page,
    created_at, give_up_at, next_attempt_at
)
VALUES (
    :event_id, :topic, :way, :contact_id, :subscription_id, :recipient, :address, :agency_code,
    :incident_id, :referral_id, :assignment_id, :unit_id, :locale, :title, :text, :page,
    :at, :give_up_at, :at
)
ON CONFLICT DO NOTHING;

-- name: list_due_notifications(now)
-- Notices to try now, oldest first. Prepared once.
SELECT id FROM notifications
WHERE next_attempt_at <= :now
ORDER BY id
LIMIT 200;

-- name: lock_due_notification(id, now)^
-- A notice that is due, with its device's keys; nothing where it is done or somebody is at it.
SELECT
    notice.*, incident.number,
    subscription.endpoint, subscription.p256dh, subscription.auth,
    subscription.revoked_at IS NOT NULL AS revoked
FROM notifications AS notice
LEFT JOIN incidents AS incident ON incident.id = notice.incident_id
LEFT JOIN push_subscriptions AS subscription ON subscription.id = notice.subscription_id
WHERE notice.id = :id AND notice.next_attempt_at <= :now
FOR NO KEY UPDATE OF notice SKIP LOCKED;

-- name: begin_notification(id, attempts, at, next_attempt_at)!
-- Counts one more attempt and plans the next, before anything is sent.
UPDATE notifications
SET attempts = :attempts, last_attempt_at = :at, next_attempt_at = :next_attempt_at
WHERE id = :id;

-- name: notification_delivered(id, at)!
-- It was taken.
UPDATE notifications
SET delivered_at = :at, next_attempt_at = NULL, failed_at = NULL, last_error = NULL,
    last_reason = NULL
WHERE id = :id;

-- name: notification_not_delivered(id, error, reason, next_attempt_at, failed_at)!
-- It was not taken, and why; `failed_at` where nobody tries again.
UPDATE notifications
SET last_error = :error, last_reason = :reason, next_attempt_at = :next_attempt_at, failed_at = :failed_at
WHERE id = :id;

-- name: tell_notification(id, at, told_by, note)!
-- Somebody told the person otherwise.
UPDATE notifications SET told_at = :at, told_by = :told_by, told_note = :note
WHERE id = :id AND told_at IS NULL AND delivered_at IS NULL;

-- name: find_notification(id)^
-- One notice, for whoever says that it was told otherwise.
SELECT
    id, topic, way, recipient, agency_code, incident_id, referral_id, assignment_id, unit_id,
    delivered_at, told_at
FROM notifications
WHERE id = :id;

-- name: list_notifications(state, agency, incident_id, since, most)
-- Notices, newest first; "undelivered" are those that failed and that nobody has made up for since.
SELECT
    notice.id, notice.topic, notice.way, notice.recipient, notice.agency_code,
    agency.short_name AS agency_name, agency.phone AS agency_phone,
    notice.incident_id, incident.number AS incident_number, notice.unit_id,
    unit.call_sign, notice.title, notice.created_at, notice.attempts, notice.next_attempt_at,
    notice.delivered_at, notice.failed_at, notice.last_error, notice.last_reason,
    notice.told_at, notice.told_note,
    teller.display_name AS told_by
FROM notifications AS notice
LEFT JOIN agencies AS agency ON agency.code = notice.agency_code
LEFT JOIN incidents AS incident ON incident.id = notice.incident_id
LEFT JOIN units AS unit ON unit.id = notice.unit_id
LEFT JOIN users AS teller ON teller.id = notice.told_by
LEFT JOIN assignments AS assignment ON assignment.id = notice.assignment_id
LEFT JOIN referrals AS referral ON referral.id = notice.referral_id
WHERE
    (CAST(:agency AS text) IS NULL OR notice.agency_code = :agency)
    AND (CAST(:incident_id AS bigint) IS NULL OR notice.incident_id = :incident_id)
    AND (CAST(:since AS timestamptz) IS NULL OR notice.created_at >= :since)
    AND (
        coalesce(CAST(:state AS text), 'all') = 'all'
        OR (
            notice.last_error IS NOT NULL
            AND notice.delivered_at IS NULL
            AND notice.told_at IS NULL
            AND assignment.acknowledged_at IS NULL
            AND (
                notice.assignment_id IS NULL
                OR (assignment.cleared_at IS NULL AND assignment.cancelled_at IS NULL)
                OR notice.topic <> 'assignment.dispatched'
            )
            AND (referral.acknowledged_at IS NULL OR notice.topic <> 'referral.sent')
        )
    )
ORDER BY notice.id DESC
LIMIT coalesce(CAST(:most AS integer), 200);

-- name: add_subscription(user_id, session_version, device, endpoint, p256dh, auth, at)$
-- A browser signs up; one that was signed up for somebody else is theirs no longer.
WITH before AS (
    UPDATE push_subscriptions SET revoked_at = :at
    WHERE endpoint = :endpoint AND revoked_at IS NULL
    RETURNING id
)
INSERT INTO push_subscriptions (
    user_id, session_version, device, endpoint, p256dh, auth, created_at
)
SELECT :user_id, :session_version, :device, :endpoint, :p256dh, :auth, :at
WHERE (SELECT count(*) FROM before) >= 0
RETURNING id;

-- name: list_subscriptions(user_id)
-- The devices of one person that are signed up.
SELECT subscription.id, subscription.device, subscription.created_at
FROM push_subscriptions AS subscription
JOIN users AS person ON person.id = subscription.user_id
WHERE
    subscription.user_id = :user_id
    AND subscription.revoked_at IS NULL
    AND subscription.session_version = person.session_version
ORDER BY subscription.id;

-- name: revoke_subscription(id, user_id, at)!
-- A device is signed off; without a user by whoever may.
UPDATE push_subscriptions SET revoked_at = :at
WHERE
    id = :id
    AND revoked_at IS NULL
    AND (CAST(:user_id AS bigint) IS NULL OR user_id = :user_id);

-- name: list_contacts()
-- Everybody who hears by e-mail, SMS or WhatsApp.
SELECT
    contact.id, contact.agency_code, agency.short_name AS agency_name, contact.name, contact.way,
    contact.address, contact.locale, contact.topics, contact.active
FROM contacts AS contact
JOIN agencies AS agency ON agency.code = contact.agency_code
ORDER BY agency.short_name, contact.name, contact.id;

-- name: find_contact(id)^
-- One contact.
SELECT id, agency_code, name, way, address, locale, topics, active FROM contacts WHERE id = :id;

-- name: add_contact(agency_code, name, way, address, locale, topics, active)$
-- A new contact of an agency.
INSERT INTO contacts (agency_code, name, way, address, locale, topics, active)
VALUES (:agency_code, :name, :way, :address, :locale, CAST(:topics AS text []), :active)
RETURNING id;

-- name: change_contact(id, agency_code, name, way, address, locale, topics, active)!
-- Writes all that is known of a contact.
UPDATE contacts
SET
    agency_code = :agency_code, name = :name, way = :way, address = :address, locale = :locale,
    topics = CAST(:topics AS text []), active = :active
WHERE id = :id;

-- name: remove_contact(id)!
-- A contact hears no more; what it was told stays in the record.
DELETE FROM contacts WHERE id = :id;

-- name: error_of_notification(id)^
-- What a notice failed of last.
SELECT last_error FROM notifications WHERE id = :id FOR NO KEY UPDATE;
