-- Moves to another station: their order of states, and only units that are free get one.

CREATE OR REPLACE TRIGGER move_state_order BEFORE INSERT OR UPDATE OF status ON moves
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('move');

DROP FUNCTION IF EXISTS move_rows();
CREATE FUNCTION move_rows() RETURNS TABLE (
    id bigint, unit jsonb, station jsonb, incident_id bigint, incident_number text, status text,
    restores jsonb, ordered_at timestamptz, ordered_by text, ended_at timestamptz, reason text
) LANGUAGE sql STABLE AS $$
    SELECT
        m.id,
        jsonb_build_object(
            'id', u.id, 'call_sign', u.call_sign, 'agency_code', u.agency_code, 'icon', t.icon,
            'lon', ST_X(coalesce(p.point, home.point)), 'lat', ST_Y(coalesce(p.point, home.point))
        ),
        jsonb_build_object(
            'id', s.id, 'name', s.name, 'lon', ST_X(s.point), 'lat', ST_Y(s.point)
        ),
        m.incident_id, i.number, m.status, m.restores, m.ordered_at, person.display_name,
        m.ended_at, m.reason
    FROM moves AS m
    JOIN units AS u ON u.id = m.unit_id
    JOIN unit_types AS t ON t.code = u.type_code
    JOIN stations AS s ON s.id = m.station_id
    LEFT JOIN stations AS home ON home.id = u.station_id
    LEFT JOIN unit_positions AS p ON p.unit_id = u.id
    LEFT JOIN incidents AS i ON i.id = m.incident_id
    LEFT JOIN users AS person ON person.id = m.ordered_by
$$;

-- Volatile: a guard that waited for a lock must see what was committed meanwhile.
CREATE OR REPLACE FUNCTION unit_is_out(unit bigint) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT EXISTS (
        SELECT 1 FROM assignments
        WHERE unit_id = unit AND cleared_at IS NULL AND cancelled_at IS NULL
    )
$$;

-- A unit that is out for an incident is not moved; the other way round nothing is in the way of an
-- assignment: sending a unit ends its move.
CREATE OR REPLACE FUNCTION guard_new_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unit record;
BEGIN
    SELECT duty, active INTO unit FROM units WHERE id = NEW.unit_id FOR SHARE;
    IF unit.duty <> 'available' OR NOT unit.active THEN
        RAISE EXCEPTION 'unit % is %', NEW.unit_id, unit.duty
            USING ERRCODE = '23514', CONSTRAINT = 'unit_not_available', TABLE = 'moves';
    END IF;
    IF unit_is_out(NEW.unit_id) THEN
        RAISE EXCEPTION 'unit % is out', NEW.unit_id
            USING ERRCODE = '23514', CONSTRAINT = 'moved_unit_is_free', TABLE = 'moves';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_new_move BEFORE INSERT ON moves
    FOR EACH ROW EXECUTE FUNCTION guard_new_move();
