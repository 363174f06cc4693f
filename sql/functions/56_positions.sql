-- Last known positions: each row says which transaction changed it last, and how it is shown.

-- A reader keeps the snapshot of its last look. What that snapshot could not see yet is new to the
-- reader, in whichever order transactions began and committed; no lock and no NOTIFY is needed.
CREATE OR REPLACE FUNCTION unit_positions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_in := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER unit_positions_changed BEFORE INSERT OR UPDATE ON unit_positions
    FOR EACH ROW EXECUTE FUNCTION unit_positions_changed();

-- Of every unit in use that was seen once, with what a map says about the unit.
DROP FUNCTION IF EXISTS position_rows();
CREATE FUNCTION position_rows() RETURNS TABLE (
    unit_id bigint, call_sign text, agency_code text, icon text, duty text,
    assignment_status text, lon double precision, lat double precision,
    recorded_at timestamptz, received_at timestamptz, accuracy_m double precision,
    speed_kph double precision, heading_deg double precision, battery_percent smallint,
    source text, eta jsonb
) LANGUAGE sql STABLE AS $$
    SELECT
        u.id, u.call_sign, u.agency_code, t.icon, u.duty,
        s.status, ST_X(p.point), ST_Y(p.point),
        p.recorded_at, p.received_at, p.accuracy_m,
        p.speed_kph, p.heading_deg, p.battery_percent,
        p.source, eta_of(e)
    FROM unit_positions AS p
    JOIN units AS u ON u.id = p.unit_id
    JOIN unit_types AS t ON t.code = u.type_code
    LEFT JOIN assignments AS s
        ON s.unit_id = u.id AND s.cleared_at IS NULL AND s.cancelled_at IS NULL
    LEFT JOIN assignment_etas AS e ON e.assignment_id = s.id AND s.status = 'en_route'
    WHERE u.active
$$;

-- Positions are looked at a few times a second: a NOTIFY would make commits wait for each other.
DROP FUNCTION IF EXISTS unit_positions_told() CASCADE;
