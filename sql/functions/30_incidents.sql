-- Incidents: their number, their version, the village they lie in, and what must be done before they end.

CREATE OR REPLACE FUNCTION next_incident_number(local_day date) RETURNS text LANGUAGE sql AS $$
    INSERT INTO incident_counters AS counter (day, last) VALUES (local_day, 1)
    ON CONFLICT (day) DO UPDATE SET last = counter.last + 1
    RETURNING to_char(day, 'YYYYMMDD') || '-' || to_char(last, 'FM0000')
$$;

CREATE OR REPLACE FUNCTION incidents_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.village_code := coalesce(
        (SELECT code FROM villages WHERE ST_Covers(geom, NEW.point) ORDER BY code LIMIT 1),
        CASE WHEN TG_OP = 'INSERT' THEN NEW.village_code END
    );
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER incidents_place BEFORE INSERT OR UPDATE OF point ON incidents
    FOR EACH ROW EXECUTE FUNCTION incidents_place();

CREATE OR REPLACE FUNCTION next_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER incidents_version BEFORE UPDATE ON incidents
    FOR EACH ROW EXECUTE FUNCTION next_version();
CREATE OR REPLACE TRIGGER closures_version BEFORE UPDATE ON closures
    FOR EACH ROW EXECUTE FUNCTION next_version();

CREATE OR REPLACE FUNCTION guard_incident_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'resolved' AND OLD.status <> 'resolved' AND (
        EXISTS (
            SELECT 1 FROM referrals
            WHERE incident_id = NEW.id AND status NOT IN ('handed_back', 'completed')
        )
        OR NOT EXISTS (
            SELECT 1 FROM referrals WHERE incident_id = NEW.id AND status = 'completed'
        )
    ) THEN
        RAISE EXCEPTION 'incident % has referrals that are not completed', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'incident_resolved_needs_referrals_done',
                  TABLE = 'incidents';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_incident_end BEFORE UPDATE OF status ON incidents
    FOR EACH ROW EXECUTE FUNCTION guard_incident_end();
