-- name: list_conditions(agency, unit_id, at)
-- Everything that is known at a moment of the readiness of units in use, by agency and call sign.
SELECT
    u.id, u.call_sign, u.agency_code, u.type_code, t.name_id AS type_name_id,
    t.name_en AS type_name_en, t.icon, t.capabilities, st.name AS station_name,
    u.duty, u.duty_reason, i.number AS busy_incident,
    EXISTS (
        SELECT FROM shifts AS s
        WHERE s.unit_id = u.id AND s.ends_at > CAST(:at AS timestamptz) - interval '7 days'
    ) AS planned,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', c.member_id, 'name', c.name, 'duty_role', c.duty_role, 'skills', c.skills,
            'until', c.until
        ) ORDER BY c.member_id), '[]')
        FROM crew_rows(CAST(:at AS timestamptz)) AS c
        WHERE c.unit_id = u.id
    ) AS crew,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'skill', n.skill, 'number', n.number
        ) ORDER BY n.skill), '[]')
        FROM crew_needs AS n
        WHERE n.type_code = u.type_code
    ) AS needs,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', e.id, 'name', e.name, 'quantity', e.quantity, 'fit', e.fit, 'defect', e.defect,
            'checked_at', e.checked_at, 'checked_by', checker.display_name,
            'valid_days', e.valid_days
        ) ORDER BY e.id), '[]')
        FROM equipment AS e
        LEFT JOIN users AS checker ON checker.id = e.checked_by
        WHERE e.unit_id = u.id
    ) AS equipment,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'kind', l.kind, 'percent', l.percent, 'noted_at', l.noted_at,
            'noted_by', noter.display_name
        )), '[]')
        FROM unit_supplies AS l
        LEFT JOIN users AS noter ON noter.id = l.noted_by
        WHERE l.unit_id = u.id
    ) AS supplies,
    (
        SELECT jsonb_build_object(
            'fit', v.fit, 'defect', v.defect, 'checked_at', v.checked_at,
            'checked_by', looker.display_name, 'permit_until', v.permit_until
        )
        FROM vehicle_checks AS v
        LEFT JOIN users AS looker ON looker.id = v.checked_by
        WHERE v.unit_id = u.id
    ) AS vehicle
FROM units AS u
JOIN unit_types AS t ON t.code = u.type_code
LEFT JOIN stations AS st ON st.id = u.station_id
LEFT JOIN assignments AS s
    ON s.unit_id = u.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
LEFT JOIN incidents AS i ON i.id = s.incident_id
WHERE
    u.active
    AND (CAST(:agency AS text) IS NULL OR u.agency_code = :agency)
    AND (CAST(:unit_id AS bigint) IS NULL OR u.id = :unit_id)
ORDER BY u.agency_code, u.call_sign;

-- name: note_supply(unit_id, kind, percent, at, noted_by)!
-- How full something is; what was noted later than this stays.
INSERT INTO unit_supplies (unit_id, kind, percent, noted_at, noted_by)
VALUES (:unit_id, :kind, :percent, :at, :noted_by)
ON CONFLICT (unit_id, kind) DO UPDATE
SET percent = excluded.percent, noted_at = excluded.noted_at, noted_by = excluded.noted_by
WHERE unit_supplies.noted_at <= excluded.noted_at;

-- name: note_vehicle(unit_id, fit, defect, permit_until, at, checked_by)!
-- How the vehicle was found; what was found later than this stays, and so does a permit not named.
INSERT INTO vehicle_checks (unit_id, fit, defect, permit_until, checked_at, checked_by)
VALUES (:unit_id, :fit, :defect, :permit_until, :at, :checked_by)
ON CONFLICT (unit_id) DO UPDATE
SET
    fit = excluded.fit, defect = excluded.defect, checked_at = excluded.checked_at,
    checked_by = excluded.checked_by,
    permit_until = coalesce(excluded.permit_until, vehicle_checks.permit_until)
WHERE vehicle_checks.checked_at <= excluded.checked_at;

-- name: find_equipment(id, unit_id)^
-- A piece of equipment of one unit, if the unit has it.
SELECT id, name, fit, checked_at FROM equipment WHERE id = :id AND unit_id = :unit_id;

-- name: note_equipment(id, fit, defect, at, checked_by)!
-- How a piece of equipment was found; what was found later than this stays.
UPDATE equipment
SET fit = :fit, defect = :defect, checked_at = :at, checked_by = :checked_by
WHERE id = :id AND (checked_at IS NULL OR checked_at <= :at);
