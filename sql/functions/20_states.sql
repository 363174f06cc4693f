-- The state tables: a status changes only along a row of state_transitions ('' is "not yet there"),
-- with what the step needs, and a record carries exactly the stamps of the status it is in.

CREATE OR REPLACE FUNCTION require_step(
    machine_ text, id_ bigint, before text, after text, record jsonb, table_ text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    step record;
    wrong record;
BEGIN
    IF before <> after THEN
        SELECT takes_back, columns INTO step FROM state_transitions
            WHERE machine = machine_ AND from_status = before AND to_status = after;
        IF NOT FOUND THEN
            RAISE EXCEPTION '% cannot go from "%" to "%"', machine_, before, after
                USING ERRCODE = '23514', CONSTRAINT = machine_ || '_state_order', TABLE = table_;
        END IF;
        IF EXISTS (SELECT 1 FROM unnest(step.columns) AS name WHERE record -> name = 'null') THEN
            RAISE EXCEPTION '% goes from "%" to "%" without %', machine_, before, after, step.columns
                USING ERRCODE = '23514', CONSTRAINT = machine_ || '_evidence', TABLE = table_;
        END IF;
        -- Its stamp leaves the table, so it must be in the record of events.
        IF step.takes_back AND NOT step_is_recorded(machine_, id_, before) THEN
            RAISE EXCEPTION '% was never recorded as "%"', machine_, before
                USING ERRCODE = '23514', CONSTRAINT = machine_ || '_taken_back', TABLE = table_;
        END IF;
    END IF;
    SELECT stamp, needed INTO wrong FROM state_stamps
        WHERE machine = machine_ AND status = after AND needed = (record -> stamp = 'null')
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% "%": % is %', machine_, after, wrong.stamp,
                CASE WHEN wrong.needed THEN 'missing' ELSE 'too early' END
            USING ERRCODE = '23514', CONSTRAINT = machine_ || '_stamps', TABLE = table_;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION step_is_recorded(machine_ text, id_ bigint, status text)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    step text := machine_ || '.' || CASE machine_ || status WHEN 'callmissed' THEN 'ended' ELSE status END;
BEGIN
    RETURN CASE machine_
        WHEN 'call' THEN EXISTS (SELECT 1 FROM events WHERE call_id = id_ AND kind = step)
        WHEN 'incident' THEN EXISTS (SELECT 1 FROM events WHERE incident_id = id_ AND kind = step)
        WHEN 'referral' THEN EXISTS (
            SELECT 1 FROM referrals AS r
            JOIN events AS e ON e.incident_id = r.incident_id AND e.referral_id = r.id
            WHERE r.id = id_ AND e.kind = step
        )
        ELSE EXISTS (
            SELECT 1 FROM assignments AS a
            JOIN events AS e ON e.incident_id = a.incident_id AND e.assignment_id = a.id
            WHERE a.id = id_ AND e.kind = step
        )
    END;
END $$;

CREATE OR REPLACE FUNCTION guard_state_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_step(
        TG_ARGV[0], NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.status ELSE '' END, NEW.status,
        to_jsonb(NEW), TG_TABLE_NAME
    );
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER incident_state_order BEFORE INSERT OR UPDATE ON incidents
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('incident');
CREATE OR REPLACE TRIGGER referral_state_order BEFORE INSERT OR UPDATE ON referrals
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('referral');
CREATE OR REPLACE TRIGGER assignment_state_order BEFORE INSERT OR UPDATE ON assignments
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('assignment');

-- A unit may begin in any duty, as an administrator knows it.
CREATE OR REPLACE FUNCTION guard_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_step('unit', NEW.id, OLD.duty, NEW.duty, to_jsonb(NEW), TG_TABLE_NAME);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER unit_state_order BEFORE UPDATE OF duty ON units
    FOR EACH ROW EXECUTE FUNCTION guard_duty();

-- Where a call stands is told by its stamps; `Call.status` says the same.
CREATE OR REPLACE FUNCTION call_status(answered timestamptz, ended timestamptz, disposition text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN disposition = 'incident' THEN CASE WHEN ended IS NULL THEN 'linked' ELSE 'recorded' END
        WHEN disposition IS NOT NULL THEN 'closed'
        WHEN ended IS NOT NULL THEN CASE WHEN answered IS NULL THEN 'missed' ELSE 'ended' END
        ELSE CASE WHEN answered IS NULL THEN 'waiting' ELSE 'answered' END
    END
$$;

CREATE OR REPLACE FUNCTION guard_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_step(
        'call', NEW.id,
        CASE WHEN TG_OP = 'UPDATE'
            THEN call_status(OLD.answered_at, OLD.ended_at, OLD.disposition) ELSE '' END,
        call_status(NEW.answered_at, NEW.ended_at, NEW.disposition), to_jsonb(NEW), TG_TABLE_NAME
    );
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER call_state_order BEFORE INSERT OR UPDATE ON calls
    FOR EACH ROW EXECUTE FUNCTION guard_call();
