-- name: load_allowances(rows)!
-- Adds the allowed times of the file of facts that are not there yet.
INSERT INTO referral_allowances (agency_code, priority, step, allowed_s)
SELECT agency_code, priority, step, allowed_s
FROM jsonb_populate_recordset(NULL::referral_allowances, CAST(:rows AS jsonb))
ON CONFLICT (agency_code, priority, step) DO NOTHING;

-- name: count_levels()$
-- How many levels of escalation there are, of all chains together.
SELECT count(*) FROM escalation_levels;

-- name: add_levels(rows)!
-- Adds levels to the chains above late referrals.
INSERT INTO escalation_levels
    (agency_code, level, after_s, kind, role, user_id, title, phone, contact_id)
SELECT agency_code, level, after_s, kind, role, user_id, title, phone, contact_id
FROM jsonb_populate_recordset(NULL::escalation_levels, CAST(:rows AS jsonb));

-- name: add_allowances(rows)!
-- Adds allowed times for steps of referrals.
INSERT INTO referral_allowances (agency_code, priority, step, allowed_s)
SELECT agency_code, priority, step, allowed_s
FROM jsonb_populate_recordset(NULL::referral_allowances, CAST(:rows AS jsonb));

-- name: clear_allowances(agency)!
-- Removes the allowed times of one agency (none: those of every agency without its own).
DELETE FROM referral_allowances WHERE agency_code IS NOT DISTINCT FROM CAST(:agency AS text);

-- name: clear_levels(agency)!
-- Removes the chain of one agency (none: that of every agency without its own).
DELETE FROM escalation_levels WHERE agency_code IS NOT DISTINCT FROM CAST(:agency AS text);

-- name: list_allowances(agency)
-- The allowed times of one agency alone (none: those of every agency without its own).
SELECT priority, step, allowed_s FROM referral_allowances
WHERE agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
ORDER BY priority, array_position(ARRAY['acknowledge', 'check', 'decide'], step);

-- name: list_levels(agency)
-- The chain of one agency alone (none: that of every agency without its own).
SELECT
    level.level, level.after_s, level.kind, level.role, level.user_id,
    person.display_name AS user_name, coalesce(person.active, true) AS user_active,
    level.title, level.phone, level.contact_id, contact.name AS contact_name,
    contact.way AS contact_way
FROM escalation_levels AS level
LEFT JOIN users AS person ON person.id = level.user_id
LEFT JOIN contacts AS contact ON contact.id = level.contact_id
WHERE level.agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
ORDER BY level.level;

-- name: list_chain(agency)
-- The chain that counts for an agency: its own, or that of every agency without one.
SELECT level, after_s, kind, role, user_id, title, phone, contact_id FROM escalation_levels
WHERE
    agency_code = :agency
    OR (
        agency_code IS NULL
        AND NOT EXISTS (SELECT 1 FROM escalation_levels WHERE agency_code = :agency)
    )
ORDER BY level;

-- name: list_clocks(agency, incident_id, referral_id, now)
-- What agencies owe now, with how far it has been told: all, or one agency's, incident's or referral's; with a time only what is late then. Prepared once.
SELECT
    clock.referral_id, clock.agency_code, clock.step, clock.began_at, clock.due_at,
    raised.level AS last_level, raised.raised_at AS last_raised_at, taken.taken_at
FROM referral_clock_rows() AS clock
LEFT JOIN LATERAL (
    SELECT level, raised_at FROM referral_raises
    WHERE
        referral_id = clock.referral_id AND step = clock.step AND began_at = clock.began_at
    ORDER BY level DESC LIMIT 1
) AS raised ON true
LEFT JOIN LATERAL (
    SELECT max(taken_at) AS taken_at FROM referral_takeovers
    WHERE
        referral_id = clock.referral_id AND step = clock.step AND began_at = clock.began_at
) AS taken ON true
WHERE
    (CAST(:agency AS text) IS NULL OR clock.agency_code = :agency)
    AND (CAST(:referral_id AS bigint) IS NULL OR clock.referral_id = :referral_id)
    AND (
        CAST(:incident_id AS bigint) IS NULL OR clock.referral_id IN (
            SELECT id FROM referrals WHERE incident_id = :incident_id
        )
    )
    AND (CAST(:now AS timestamptz) IS NULL OR clock.due_at < :now)
ORDER BY clock.due_at, clock.referral_id;

-- name: list_people_told(role, agency, user_id)
-- The people in use whom a level means: one by name, or all of a role (dispatchers: of the agency).
SELECT id, display_name FROM users
WHERE
    active
    AND CASE
        WHEN CAST(:user_id AS bigint) IS NOT NULL THEN id = :user_id
        ELSE role = :role AND (role <> 'dispatcher' OR agency_code = :agency)
    END
ORDER BY id;

-- name: add_raise(referral_id, step, began_at, level, due_at, raised_at, kind, role, title, user_ids, names, phone, contact_id)!
-- Keeps that a level was told of a late step.
INSERT INTO referral_raises (
    referral_id, step, began_at, level, due_at, raised_at, kind, role, title, user_ids, names,
    phone, contact_id
) VALUES (
    :referral_id, :step, :began_at, :level, :due_at, :raised_at, :kind, :role, :title,
    :user_ids, :names, :phone, :contact_id
);

-- name: add_takeover(referral_id, step, began_at, taken_at, taken_by)!
-- Keeps that somebody took a late step in hand.
INSERT INTO referral_takeovers (referral_id, step, began_at, taken_at, taken_by)
VALUES (:referral_id, :step, :began_at, :taken_at, :taken_by);

-- name: list_raises(referral_ids)
-- Whom lateness was told, of the steps that these referrals owe now, in order. Prepared once.
SELECT
    raised.referral_id, raised.level, raised.raised_at, raised.kind, raised.role, raised.title,
    raised.names, raised.phone
FROM referral_raises AS raised
JOIN referral_clock_rows() AS clock
    ON clock.referral_id = raised.referral_id
    AND clock.step = raised.step AND clock.began_at = raised.began_at
WHERE raised.referral_id = ANY(CAST(:referral_ids AS bigint[]))
ORDER BY raised.referral_id, raised.level;

-- name: list_late(referral_ids)
-- What a screen says of referrals that are late: the incident, the agency and its number, who took it in hand. Prepared once.
SELECT
    referral.id AS referral_id, referral.status, incident.id AS incident_id, incident.number,
    incident.kind_code AS kind, kind.name_id AS kind_name_id, kind.name_en AS kind_name_en,
    kind.icon, incident.priority::integer AS priority,
    coalesce(incident.address, village.name) AS place, incident.sample,
    agency.code AS agency_code, agency.short_name AS agency_name, agency.phone AS agency_phone,
    taken.taken_at, taken.taken_by
FROM referrals AS referral
JOIN incidents AS incident ON incident.id = referral.incident_id
JOIN kinds AS kind ON kind.code = incident.kind_code
JOIN agencies AS agency ON agency.code = referral.agency_code
LEFT JOIN villages AS village ON village.code = incident.village_code
LEFT JOIN LATERAL (
    SELECT takeover.taken_at, person.display_name AS taken_by
    FROM referral_takeovers AS takeover
    JOIN referral_clock_rows() AS clock
        ON clock.referral_id = takeover.referral_id
        AND clock.step = takeover.step AND clock.began_at = takeover.began_at
    LEFT JOIN users AS person ON person.id = takeover.taken_by
    WHERE takeover.referral_id = referral.id
    ORDER BY takeover.id DESC LIMIT 1
) AS taken ON true
WHERE referral.id = ANY(CAST(:referral_ids AS bigint[]));
