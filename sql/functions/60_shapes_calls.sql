-- Shapes in which calls, incidents and events are read: one row per thing, nested parts as JSON.
-- Set-returning SQL functions are inlined like views, but no migration has to step around them.

DROP FUNCTION IF EXISTS call_rows();
CREATE FUNCTION call_rows() RETURNS TABLE (
    id bigint, channel text, caller_number text, caller_name text, external_id text,
    received_at timestamptz, answered_at timestamptz, ended_at timestamptz, disposition text,
    note text, incident_id bigint, operator text, location jsonb, sample boolean
) LANGUAGE sql STABLE AS $$
    SELECT
        c.id, c.channel, c.caller_number, c.caller_name, c.external_id,
        c.received_at, c.answered_at, c.ended_at, c.disposition,
        c.note, c.incident_id, operator.display_name,
        CASE WHEN c.point IS NOT NULL THEN jsonb_build_object(
            'lon', ST_X(c.point), 'lat', ST_Y(c.point), 'accuracy_m', c.accuracy_m,
            'method', c.location_method, 'address', NULL, 'village', NULL,
            'verified', false, 'verified_at', NULL, 'verified_by', NULL
        ) END,
        c.sample
    FROM calls AS c
    LEFT JOIN users AS operator ON operator.id = c.operator_id
$$;

DROP FUNCTION IF EXISTS incident_rows();
CREATE FUNCTION incident_rows() RETURNS TABLE (
    id bigint, number text, kind text, kind_name_id text, kind_name_en text, icon text,
    priority integer, status text, description text, location jsonb, received_at timestamptz,
    age_s double precision, call_count bigint, agencies jsonb, unit_count bigint,
    version integer, sample boolean, alarm_level integer
) LANGUAGE sql STABLE AS $$
    SELECT
        i.id, i.number, i.kind_code, k.name_id, k.name_en, k.icon,
        i.priority::integer, i.status, i.description,
        jsonb_build_object(
            'lon', ST_X(i.point), 'lat', ST_Y(i.point), 'accuracy_m', i.accuracy_m,
            'method', i.method, 'address', i.address, 'village', v.name,
            'verified', i.verified_at IS NOT NULL, 'verified_at', i.verified_at,
            'verified_by', verifier.display_name
        ),
        i.received_at,
        extract(epoch FROM now() - i.received_at)::double precision,
        (SELECT count(*) FROM calls AS c WHERE c.incident_id = i.id),
        (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'code', a.code, 'short_name', a.short_name, 'referral_status', r.status
            ) ORDER BY r.id), '[]')
            FROM referrals AS r
            JOIN agencies AS a ON a.code = r.agency_code
            WHERE r.incident_id = i.id
        ),
        (
            SELECT count(*) FROM assignments AS s
            WHERE s.incident_id = i.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
        ),
        i.version, i.sample, i.alarm_level::integer
    FROM incidents AS i
    JOIN kinds AS k ON k.code = i.kind_code
    LEFT JOIN villages AS v ON v.code = i.village_code
    LEFT JOIN users AS verifier ON verifier.id = i.verified_by
$$;

DROP FUNCTION IF EXISTS event_rows();
CREATE FUNCTION event_rows() RETURNS TABLE (
    id bigint, kind text, occurred_at timestamptz, entered_at timestamptz, source text,
    actor text, call_id bigint, incident_id bigint, incident_number text, referral_id bigint,
    assignment_id bigint, unit_id bigint, closure_id bigint, agency_code text, data jsonb
) LANGUAGE sql STABLE AS $$
    SELECT
        e.id, e.kind, e.occurred_at, e.entered_at, e.source,
        e.actor, e.call_id, e.incident_id, i.number, e.referral_id,
        e.assignment_id, e.unit_id, e.closure_id, e.agency_code, e.data
    FROM events AS e
    LEFT JOIN incidents AS i ON i.id = e.incident_id
$$;
