-- Times of arrival: how they are read, and that the live streams of positions hear of each change.

-- NULL where there is none.
CREATE OR REPLACE FUNCTION eta_of(eta assignment_etas) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN eta.assignment_id IS NOT NULL THEN jsonb_build_object(
        'arrives_at', eta.arrives_at, 'driving_time_s', eta.driving_time_s,
        'length_m', eta.length_m, 'made_at', eta.made_at
    ) END
$$;

CREATE OR REPLACE FUNCTION assignment_etas_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A NOTIFY that says the same twice in one transaction is sent once.
    PERFORM pg_notify('positions', '');
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER assignment_etas_changed AFTER INSERT OR UPDATE OR DELETE
    ON assignment_etas FOR EACH ROW EXECUTE FUNCTION assignment_etas_changed();
