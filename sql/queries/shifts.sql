-- name: list_people(agency, include_inactive, id)
-- The people of agencies by name, with the unit they usually ride on.
SELECT
    m.id, m.agency_code, m.name, m.number, m.duty_role, m.skills, m.phone, m.unit_id,
    u.call_sign AS unit_call_sign, m.active
FROM crew_members AS m
LEFT JOIN units AS u ON u.id = m.unit_id
WHERE
    (CAST(:agency AS text) IS NULL OR m.agency_code = :agency)
    AND (m.active OR coalesce(CAST(:include_inactive AS boolean), false))
    AND (CAST(:id AS bigint) IS NULL OR m.id = :id)
ORDER BY m.agency_code, m.name, m.id;

-- name: find_person(id)^
-- One person of a crew, held until the end of the transaction.
SELECT id, agency_code, name, number, duty_role, skills, phone, unit_id, active
FROM crew_members
WHERE id = :id
FOR UPDATE;

-- name: add_person(agency, unit_id, name, number, duty_role, skills, phone)$
-- Adds somebody to an agency; answers the number of the record.
INSERT INTO crew_members (agency_code, unit_id, name, number, duty_role, skills, phone)
VALUES (:agency, :unit_id, :name, :number, :duty_role, :skills, :phone)
RETURNING id;

-- name: change_person(id, changes)!
-- Changes what is known of somebody; the agency stays.
UPDATE crew_members
SET (unit_id, name, number, duty_role, skills, phone, active) = (
    SELECT new.unit_id, new.name, new.number, new.duty_role, new.skills, new.phone, new.active
    FROM jsonb_populate_record(crew_members, CAST(:changes AS jsonb)) AS new
)
WHERE id = :id;

-- name: list_shifts(agency, unit_id, since, until)
-- Who is planned on which unit within a span, by unit and beginning.
SELECT
    s.id, s.unit_id, u.call_sign, u.agency_code, s.member_id, m.name, m.duty_role, m.skills,
    s.starts_at, s.ends_at
FROM shifts AS s
JOIN crew_members AS m ON m.id = s.member_id
JOIN units AS u ON u.id = s.unit_id
WHERE
    s.starts_at < CAST(:until AS timestamptz) AND s.ends_at > CAST(:since AS timestamptz)
    AND (CAST(:agency AS text) IS NULL OR u.agency_code = :agency)
    AND (CAST(:unit_id AS bigint) IS NULL OR s.unit_id = :unit_id)
ORDER BY u.call_sign, s.starts_at, m.name, s.id;

-- name: find_clash(member_id, unit_id, since, until)^
-- Another unit that somebody is planned on within a span, for the sentence of a refusal.
SELECT m.name, u.call_sign, s.starts_at, s.ends_at
FROM shifts AS s
JOIN units AS u ON u.id = s.unit_id
JOIN crew_members AS m ON m.id = s.member_id
WHERE
    s.member_id = :member_id
    AND (CAST(:unit_id AS bigint) IS NULL OR s.unit_id <> :unit_id)
    AND s.starts_at < CAST(:until AS timestamptz) AND s.ends_at > CAST(:since AS timestamptz)
ORDER BY s.starts_at
LIMIT 1;

-- name: clear_shifts(unit_id, since, until)!
-- Takes off a unit whoever is planned on it wholly within a span.
DELETE FROM shifts
WHERE unit_id = :unit_id AND starts_at >= :since AND ends_at <= :until;

-- name: cut_shifts_at(unit_id, moment)!
-- Ends at a moment what began earlier and would go on.
UPDATE shifts SET ends_at = :moment
WHERE unit_id = :unit_id AND starts_at < :moment AND ends_at > :moment;

-- name: cut_shifts_after(unit_id, since, until)!
-- Begins at the end of a span what reaches out of it.
UPDATE shifts SET starts_at = :until
WHERE unit_id = :unit_id AND starts_at >= :since AND starts_at < :until AND ends_at > :until;

-- name: add_shift(member_id, unit_id, starts_at, ends_at, at, planned_by)!
-- Plans somebody on a unit.
INSERT INTO shifts (member_id, unit_id, starts_at, ends_at, planned_at, planned_by)
VALUES (:member_id, :unit_id, :starts_at, :ends_at, :at, :planned_by);

-- name: usual_crew(unit_id)
-- The people who usually ride on a unit.
SELECT id, name FROM crew_members WHERE unit_id = :unit_id AND active ORDER BY id;

-- name: find_shift_starts(agency)$
-- The times of day at which an agency's shifts change.
SELECT shift_starts FROM agencies WHERE code = :agency;

-- name: list_crew_needs(type)
-- How many people of which skill units of each type need.
SELECT type_code, skill, number
FROM crew_needs
WHERE CAST(:type AS text) IS NULL OR type_code = :type
ORDER BY type_code, skill;

-- name: clear_crew_needs(type)!
-- Forgets what a type needs.
DELETE FROM crew_needs WHERE type_code = :type;

-- name: fill_crew_needs(type, rows)!
-- Says what a type needs.
INSERT INTO crew_needs (type_code, skill, number)
SELECT :type, given.skill, given.number
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (skill text, number smallint);

-- name: person_of_number(agency, number)$
-- The person of an agency who has this number.
SELECT id FROM crew_members WHERE agency_code = :agency AND number = :number;
