-- Shapes in which referrals, assignments, units, stations and closures are read.

DROP FUNCTION IF EXISTS referral_rows();
CREATE FUNCTION referral_rows() RETURNS TABLE (
    id bigint, incident_id bigint, incident_number text, agency jsonb, role text, status text,
    note text, sent_at timestamptz, sent_by text, acknowledged_at timestamptz,
    ready_at timestamptz, accepted_at timestamptz, handed_back_at timestamptz,
    hand_back_reason text, completed_at timestamptz, completion_note text, readiness jsonb,
    clock jsonb
) LANGUAGE sql STABLE AS $$
    SELECT
        r.id, r.incident_id, i.number,
        jsonb_build_object(
            'code', a.code, 'name', a.name, 'short_name', a.short_name, 'kind', a.kind,
            'phone', a.phone
        ),
        r.role, r.status, r.note, r.sent_at, sender.display_name, r.acknowledged_at,
        r.ready_at, r.accepted_at, r.handed_back_at,
        r.hand_back_reason, r.completed_at, r.completion_note,
        (
            SELECT jsonb_build_object(
                'checked_at', c.checked_at, 'checked_by', checker.display_name,
                'crew_ok', c.crew_ok, 'equipment_ok', c.equipment_ok,
                'vehicle_ok', c.vehicle_ok, 'ready', c.ready,
                'missing', c.missing, 'note', c.note
            )
            FROM readiness_checks AS c
            LEFT JOIN users AS checker ON checker.id = c.checked_by
            WHERE c.referral_id = r.id
            ORDER BY c.id DESC
            LIMIT 1
        ),
        (
            SELECT jsonb_build_object(
                'step', owed.step, 'began_at', owed.began_at, 'allowed_s', owed.allowed_s,
                'due_at', owed.due_at,
                'level', (
                    SELECT max(raised.level) FROM referral_raises AS raised
                    WHERE
                        raised.referral_id = r.id AND raised.step = owed.step
                        AND raised.began_at = owed.began_at
                )
            )
            FROM referral_clock_rows() AS owed WHERE owed.referral_id = r.id
        )
    FROM referrals AS r
    JOIN incidents AS i ON i.id = r.incident_id
    JOIN agencies AS a ON a.code = r.agency_code
    LEFT JOIN users AS sender ON sender.id = r.sent_by
$$;

DROP FUNCTION IF EXISTS assignment_rows();
CREATE FUNCTION assignment_rows() RETURNS TABLE (
    id bigint, incident_id bigint, incident_number text, referral_id bigint, unit jsonb,
    status text, dispatched_at timestamptz, acknowledged_at timestamptz,
    en_route_at timestamptz, on_scene_at timestamptz, transporting_at timestamptz,
    at_hospital_at timestamptz, cleared_at timestamptz, cancelled_at timestamptz,
    cancel_reason text, eta jsonb, proposal jsonb
) LANGUAGE sql STABLE AS $$
    SELECT
        s.id, s.incident_id, i.number, s.referral_id,
        jsonb_build_object(
            'id', u.id, 'call_sign', u.call_sign, 'agency_code', u.agency_code,
            'type_code', u.type_code, 'icon', t.icon
        ),
        s.status, s.dispatched_at, s.acknowledged_at,
        s.en_route_at, s.on_scene_at, s.transporting_at,
        s.at_hospital_at, s.cleared_at, s.cancelled_at,
        s.cancel_reason, eta_of(e),
        (
            SELECT jsonb_build_object('step', p.step, 'seen_at', p.seen_at)
            FROM step_proposals AS p
            WHERE p.assignment_id = s.id AND p.settled_at IS NULL
        )
    FROM assignments AS s
    JOIN incidents AS i ON i.id = s.incident_id
    JOIN units AS u ON u.id = s.unit_id
    JOIN unit_types AS t ON t.code = u.type_code
    LEFT JOIN assignment_etas AS e ON e.assignment_id = s.id AND s.status = 'en_route'
$$;

DROP FUNCTION IF EXISTS unit_rows();
CREATE FUNCTION unit_rows() RETURNS TABLE (
    id bigint, call_sign text, agency_code text, station jsonb, type jsonb, duty text,
    duty_reason text, busy boolean, assignment_id bigint, incident_id bigint,
    incident_number text, assignment_status text, crew jsonb, equipment jsonb,
    "position" jsonb, eta jsonb, sample boolean, active boolean
) LANGUAGE sql STABLE AS $$
    SELECT
        u.id, u.call_sign, u.agency_code,
        CASE WHEN st.id IS NOT NULL THEN jsonb_build_object(
            'id', st.id, 'name', st.name, 'lon', ST_X(st.point), 'lat', ST_Y(st.point)
        ) END,
        jsonb_build_object(
            'code', t.code, 'name_id', t.name_id, 'name_en', t.name_en, 'profile', t.profile,
            'icon', t.icon, 'capabilities', to_jsonb(t.capabilities), 'turnout_s', t.turnout_s
        ),
        u.duty, u.duty_reason, s.id IS NOT NULL, s.id, s.incident_id,
        i.number, s.status,
        (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', c.member_id, 'name', c.name, 'duty_role', c.duty_role
            ) ORDER BY c.member_id), '[]')
            FROM crew_rows(now()) AS c WHERE c.unit_id = u.id
        ),
        (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', e.id, 'name', e.name, 'quantity', e.quantity, 'fit', e.fit
            ) ORDER BY e.id), '[]')
            FROM equipment AS e WHERE e.unit_id = u.id
        ),
        CASE WHEN p.unit_id IS NOT NULL THEN jsonb_build_object(
            'unit_id', u.id, 'call_sign', u.call_sign, 'agency_code', u.agency_code,
            'icon', t.icon, 'duty', u.duty, 'assignment_status', s.status,
            'lon', ST_X(p.point), 'lat', ST_Y(p.point),
            'recorded_at', p.recorded_at, 'received_at', p.received_at,
            'age_s', extract(epoch FROM now() - p.recorded_at)::double precision,
            'accuracy_m', p.accuracy_m, 'speed_kph', p.speed_kph,
            'heading_deg', p.heading_deg, 'battery_percent', p.battery_percent,
            'source', p.source, 'eta', eta_of(e)
        ) END,
        eta_of(e), u.sample, u.active
    FROM units AS u
    JOIN unit_types AS t ON t.code = u.type_code
    LEFT JOIN stations AS st ON st.id = u.station_id
    LEFT JOIN assignments AS s
        ON s.unit_id = u.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
    LEFT JOIN incidents AS i ON i.id = s.incident_id
    LEFT JOIN unit_positions AS p ON p.unit_id = u.id
    LEFT JOIN assignment_etas AS e ON e.assignment_id = s.id AND s.status = 'en_route'
$$;

DROP FUNCTION IF EXISTS closure_rows();
CREATE FUNCTION closure_rows() RETURNS TABLE (
    id bigint, geometry jsonb, effect text, speed_kph double precision,
    depth_cm double precision, profiles jsonb, reason text, source text,
    starts_at timestamptz, ends_at timestamptz, lifted_at timestamptz, created_by text,
    created_at timestamptz, version integer, active boolean
) LANGUAGE sql STABLE AS $$
    SELECT
        c.id, ST_AsGeoJSON(c.geom, 7)::jsonb, c.effect, c.speed_kph,
        c.depth_cm, to_jsonb(c.profiles), c.reason, c.source,
        c.starts_at, c.ends_at, c.lifted_at, maker.display_name,
        c.created_at, c.version,
        c.starts_at <= now()
        AND (c.ends_at IS NULL OR c.ends_at > now())
        AND c.lifted_at IS NULL
    FROM closures AS c
    LEFT JOIN users AS maker ON maker.id = c.created_by
$$;
