-- What is out, or on its way to stand by elsewhere, stays on duty and in use. Whoever is sent or moved
-- at the same moment holds the unit's row.
CREATE OR REPLACE FUNCTION guard_unit_at_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF unit_is_out(NEW.id) THEN
        RAISE EXCEPTION 'unit % is out', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'unit_out_is_on_duty', TABLE = 'units';
    END IF;
    IF EXISTS (SELECT 1 FROM moves WHERE unit_id = NEW.id AND status = 'ordered') THEN
        RAISE EXCEPTION 'unit % is moving', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'unit_moving_is_on_duty', TABLE = 'units';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER unit_at_work BEFORE UPDATE OF duty, active ON units
    FOR EACH ROW
    WHEN (OLD.duty = 'available' AND NEW.duty <> 'available' OR OLD.active AND NOT NEW.active)
    EXECUTE FUNCTION guard_unit_at_work();
