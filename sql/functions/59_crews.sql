-- Who is on which unit at a moment: by the plan of shifts, or the usual crew where nobody plans any.

-- A unit that had a shift in the last week has a plan: when nobody is on it, nobody is on the unit.
DROP FUNCTION IF EXISTS crew_rows(timestamptz);
CREATE FUNCTION crew_rows(moment timestamptz) RETURNS TABLE (
    unit_id bigint, member_id bigint, name text, duty_role text, skills text [], source text,
    until timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT s.unit_id, m.id, m.name, m.duty_role, m.skills, 'shift', s.ends_at
    FROM shifts AS s
    JOIN crew_members AS m ON m.id = s.member_id
    WHERE s.starts_at <= moment AND s.ends_at > moment
    UNION ALL
    SELECT m.unit_id, m.id, m.name, m.duty_role, m.skills, 'usual', NULL
    FROM crew_members AS m
    WHERE
        m.active AND m.unit_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM shifts AS s
            WHERE s.unit_id = m.unit_id AND s.ends_at > moment - interval '7 days'
        )
$$;
