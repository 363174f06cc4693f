-- The event record: append-only, numbered in commit order, and heard by everyone who listens.

-- Ids are given under a lock that is held until commit, so a reader who has seen id N has seen every
-- id below N: "everything after my last id" can never skip an event that committed late.
CREATE OR REPLACE FUNCTION events_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(112, 1);
    NEW.id := nextval('event_seq');
    IF NEW.occurred_at > NEW.entered_at + interval '60 seconds' THEN
        RAISE EXCEPTION 'an event cannot be entered before it occurred'
            USING ERRCODE = '23514', CONSTRAINT = 'times_forward_events', TABLE = 'events';
    END IF;
    PERFORM pg_notify('events', NEW.id::text);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER events_number BEFORE INSERT ON events
    FOR EACH ROW EXECUTE FUNCTION events_number();

CREATE OR REPLACE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed or deleted'
        USING ERRCODE = '23514', CONSTRAINT = 'events_append_only', TABLE = 'events';
END $$;

CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_append_only();

CREATE OR REPLACE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_append_only();

-- What a private brigade is not told: the work of other agencies and of their units. The rule of
-- `gis_dispatch/domain/private.py`, for rows.
CREATE OR REPLACE FUNCTION is_work_of_others(kind text, agency text, only_agency text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT
        only_agency IS NOT NULL
        AND agency IS DISTINCT FROM only_agency
        AND split_part(kind, '.', 1)
        IN ('assignment', 'move', 'notification', 'ranking', 'referral', 'unit')
$$;
