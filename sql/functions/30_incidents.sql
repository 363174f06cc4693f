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

-- What a step of an incident needs of the records below it.
CREATE OR REPLACE FUNCTION guard_incident_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'dispatched' AND NOT EXISTS (
        SELECT 1 FROM referrals WHERE incident_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'incident % was handed to nobody', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'incident_evidence', TABLE = 'incidents';
    END IF;
    IF NEW.status = 'in_progress' AND OLD.status = 'dispatched' AND NOT EXISTS (
        SELECT 1 FROM assignments WHERE incident_id = NEW.id AND en_route_at IS NOT NULL
        UNION ALL
        SELECT 1 FROM referrals WHERE incident_id = NEW.id AND status = 'completed'
    ) THEN
        RAISE EXCEPTION 'nobody is under way for incident %', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'incident_evidence', TABLE = 'incidents';
    END IF;
    IF NEW.status = 'resolved' AND OLD.status = 'in_progress' AND (
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
    IF NEW.status IN ('cancelled', 'duplicate', 'out_of_area') AND EXISTS (
        SELECT 1 FROM assignments
        WHERE incident_id = NEW.id AND cleared_at IS NULL AND cancelled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'incident % still has units at work', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'incident_ends_without_units',
                  TABLE = 'incidents';
    END IF;
    -- A chain of duplicates leads to an incident that is none.
    IF NEW.duplicate_of IS NOT NULL AND EXISTS (
        WITH RECURSIVE chain AS (
            SELECT id, duplicate_of FROM incidents WHERE id = NEW.duplicate_of
            UNION
            SELECT next.id, next.duplicate_of FROM chain
            JOIN incidents AS next ON next.id = chain.duplicate_of
        )
        SELECT 1 FROM chain WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'incident % would repeat itself', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'incident_not_duplicate_of_itself',
                  TABLE = 'incidents';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS guard_incident_end ON incidents;
CREATE OR REPLACE TRIGGER incident_work_guard BEFORE UPDATE OF status ON incidents
    FOR EACH ROW EXECUTE FUNCTION guard_incident_end();
