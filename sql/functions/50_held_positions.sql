-- Holding the places of units while what is reported of them is judged.

-- Where units are shown, held in one order until the transaction ends. A place that is not there yet
-- cannot be held; so those who are to make the first place of a unit pass one by one, before all else.
CREATE OR REPLACE FUNCTION hold_last_positions(ids bigint [])
RETURNS TABLE (
    unit_id bigint, lon double precision, lat double precision, recorded_at timestamptz,
    accuracy_m double precision
)
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(ids) AS wanted (id)
        WHERE NOT EXISTS (SELECT FROM unit_positions AS p WHERE p.unit_id = wanted.id)
    ) THEN
        PERFORM pg_advisory_xact_lock(112, 3);
    END IF;
    RETURN QUERY
    SELECT last.unit_id, ST_X(last.point), ST_Y(last.point), last.recorded_at, last.accuracy_m
    FROM unit_positions AS last
    WHERE last.unit_id = ANY(ids)
    ORDER BY last.unit_id
    FOR NO KEY UPDATE;
END $$;
