-- Last known positions: every change gets a new number and wakes the live streams with the unit's id.

CREATE OR REPLACE FUNCTION unit_positions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seq := nextval('position_seq');
    PERFORM pg_notify('positions', NEW.unit_id::text);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER unit_positions_changed BEFORE INSERT OR UPDATE ON unit_positions
    FOR EACH ROW EXECUTE FUNCTION unit_positions_changed();
