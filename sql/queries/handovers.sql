-- name: handover_incidents(agency)
-- Every open incident of a desk, the most urgent first: what and where, and how far each agency is.
SELECT
    i.id, i.number, i.kind, i.kind_name_id, i.kind_name_en, i.icon, i.priority, i.status,
    coalesce(i.location ->> 'address', i.location ->> 'village') AS place, i.received_at,
    i.agencies, i.unit_count
FROM incident_rows() AS i
WHERE
    i.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
    AND (
        CAST(:agency AS text) IS NULL
        OR EXISTS (
            SELECT 1 FROM referrals
            WHERE
                referrals.incident_id = i.id AND referrals.agency_code = :agency
                AND referrals.status NOT IN ('handed_back', 'completed')
        )
    )
ORDER BY i.priority, i.received_at, i.id;

-- name: handover_units(agency)
-- Units in use that cannot be sent, with the reason and since when.
SELECT
    unit.id, unit.call_sign, agency.short_name AS agency_name, unit.duty, unit.duty_reason,
    unit.duty_changed_at
FROM units AS unit
JOIN agencies AS agency ON agency.code = unit.agency_code
WHERE
    unit.active AND unit.duty = 'out_of_service'
    AND (CAST(:agency AS text) IS NULL OR unit.agency_code = :agency)
ORDER BY agency.short_name, unit.call_sign;

-- name: list_promises(agency, open)
-- What a desk has promised (none: the operators'), the next due first; all that are open, or those that ended last.
SELECT
    promise.id, promise.agency_code, promise.incident_id, incident.number AS incident_number,
    promise.promise, promise.promised_to, promise.due_at, promise.made_at,
    maker.display_name AS made_by, promise.ended_at, ender.display_name AS ended_by,
    promise.outcome
FROM promises AS promise
LEFT JOIN incidents AS incident ON incident.id = promise.incident_id
LEFT JOIN users AS maker ON maker.id = promise.made_by
LEFT JOIN users AS ender ON ender.id = promise.ended_by
WHERE
    promise.agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
    AND (promise.ended_at IS NULL) = CAST(:open AS boolean)
ORDER BY
    CASE WHEN promise.ended_at IS NULL THEN promise.due_at END,
    promise.ended_at DESC, promise.id
LIMIT 200;

-- name: find_promise(id)^
-- One promise, held until the transaction ends.
SELECT id, agency_code, incident_id, promise, promised_to, due_at, made_at, ended_at
FROM promises WHERE id = :id
FOR UPDATE;

-- name: add_promise(agency, incident_id, promise, promised_to, due_at, made_at, made_by)$
-- A new promise; its number.
INSERT INTO promises (agency_code, incident_id, promise, promised_to, due_at, made_at, made_by)
VALUES (:agency, :incident_id, :promise, :promised_to, :due_at, :made_at, :made_by)
RETURNING id;

-- name: end_promise(id, ended_at, ended_by, outcome)!
-- A promise is kept, or taken back: what became of it.
UPDATE promises SET ended_at = :ended_at, ended_by = :ended_by, outcome = :outcome
WHERE id = :id;

-- name: list_handovers(agency, id, waiting, most)
-- Hand-overs of a desk (none: the operators'), newest first, or the one of a number on any desk; without their pictures.
SELECT
    handover.id, handover.agency_code, agency.name AS agency_name, handover.since,
    handover.handed_at, handover.handed_by AS handed_by_id, giver.display_name AS handed_by,
    handover.note, handover.sha256, handover.taken_at, taker.display_name AS taken_by,
    handover.taken_note
FROM handovers AS handover
JOIN users AS giver ON giver.id = handover.handed_by
LEFT JOIN users AS taker ON taker.id = handover.taken_by
LEFT JOIN agencies AS agency ON agency.code = handover.agency_code
WHERE
    CASE
        WHEN CAST(:id AS bigint) IS NOT NULL THEN handover.id = :id
        ELSE handover.agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
    END
    AND (handover.taken_at IS NULL OR NOT coalesce(CAST(:waiting AS boolean), false))
ORDER BY handover.id DESC
LIMIT coalesce(CAST(:most AS integer), 30);

-- name: handover_picture(id)$
-- What was seen at one hand-over.
SELECT picture FROM handovers WHERE id = :id;

-- name: lock_handover(id)^
-- One hand-over, held until the transaction ends.
SELECT id, agency_code, handed_at, handed_by, taken_at FROM handovers WHERE id = :id
FOR UPDATE;

-- name: add_handover(agency, since, handed_at, handed_by, note, picture, sha256)$
-- Keeps a hand-over as it was seen; its number.
INSERT INTO handovers (agency_code, since, handed_at, handed_by, note, picture, sha256)
VALUES (:agency, :since, :handed_at, :handed_by, :note, CAST(:picture AS jsonb), :sha256)
RETURNING id;

-- name: take_handover(id, taken_at, taken_by, taken_note)!
-- Somebody takes the shift over.
UPDATE handovers SET taken_at = :taken_at, taken_by = :taken_by, taken_note = :taken_note
WHERE id = :id;

-- name: handover_counts(agency, since)^
-- What a shift did since a moment: calls taken, incidents received, ended, referrals to the desk.
SELECT
    (SELECT count(*) FROM calls WHERE received_at > :since) AS calls,
    (
        SELECT count(*) FROM incidents AS i
        WHERE
            i.received_at > :since
            AND (
                CAST(:agency AS text) IS NULL
                OR EXISTS (
                    SELECT 1 FROM referrals AS r
                    WHERE r.incident_id = i.id AND r.agency_code = :agency
                )
            )
    ) AS incidents,
    (
        SELECT count(*) FROM referrals AS r
        WHERE
            r.completed_at > :since
            AND (CAST(:agency AS text) IS NULL OR r.agency_code = :agency)
    ) AS completed;
