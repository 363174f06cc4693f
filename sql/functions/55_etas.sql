-- Times of arrival: how they are read, and that the live streams hear whose has changed.

-- NULL where there is none.
CREATE OR REPLACE FUNCTION eta_of(eta assignment_etas) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN eta.assignment_id IS NOT NULL THEN jsonb_build_object(
        'arrives_at', eta.arrives_at, 'driving_time_s', eta.driving_time_s,
        'length_m', eta.length_m, 'made_at', eta.made_at
    ) END
$$;

CREATE OR REPLACE FUNCTION assignment_etas_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('positions', assignment.unit_id::text)
    FROM assignments AS assignment
    WHERE assignment.id = coalesce(NEW.assignment_id, OLD.assignment_id);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER assignment_etas_changed AFTER INSERT OR UPDATE OR DELETE
    ON assignment_etas FOR EACH ROW EXECUTE FUNCTION assignment_etas_changed();
