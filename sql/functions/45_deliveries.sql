-- Case documents are numbered in the order of their commits, so that whoever has pulled number N has
-- every document below N. The lock is held from here to the commit: only closings wait for each other.
CREATE OR REPLACE FUNCTION case_deliveries_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(112, 2);
    NEW.id := nextval(pg_get_serial_sequence('case_deliveries', 'id'));
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER case_deliveries_number BEFORE INSERT ON case_deliveries
    FOR EACH ROW EXECUTE FUNCTION case_deliveries_number();
