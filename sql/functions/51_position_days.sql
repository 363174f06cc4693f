-- The track is kept by day (UTC): days are made before they are written to, and forgotten whole.

-- The tables of these days, where they are missing. ATTACH lets everybody else read and write.
CREATE OR REPLACE FUNCTION make_position_days(days date []) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    day date;
    name text;
BEGIN
    FOREACH day IN ARRAY days LOOP
        name := 'positions_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(name) IS NOT NULL;
        LOCK TABLE positions IN SHARE UPDATE EXCLUSIVE MODE;  -- as ATTACH would
        CONTINUE WHEN to_regclass(name) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE positions INCLUDING ALL)', name);
        EXECUTE format(
            'ALTER TABLE positions ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            name, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'
        );
    END LOOP;
END $$;

-- Forgets the oldest day that ended by a moment, and says which; what units did on an assignment
-- moves to kept_positions first. Nobody is made to wait long: then it fails and is tried later.
CREATE OR REPLACE FUNCTION forget_position_day(ended_by timestamptz)
RETURNS date LANGUAGE plpgsql AS $$
DECLARE
    name text;
    day date;
BEGIN
    SELECT child.relname, to_date(right(child.relname, 8), 'YYYYMMDD') INTO name, day
    FROM pg_inherits AS part
    JOIN pg_class AS child ON child.oid = part.inhrelid
    WHERE part.inhparent = 'positions'::regclass
    ORDER BY child.relname
    LIMIT 1;
    IF day IS NULL OR (day + 1)::timestamp AT TIME ZONE 'UTC' > ended_by THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'INSERT INTO kept_positions (
            unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
            battery_percent, source, judgement
        )
        SELECT
            track.unit_id, track.device_id, track.recorded_at, track.received_at, track.point,
            track.accuracy_m, track.speed_kph, track.heading_deg, track.battery_percent,
            track.source, track.judgement
        FROM %I AS track
        WHERE EXISTS (
            SELECT FROM assignments AS assignment
            WHERE assignment.unit_id = track.unit_id
            AND track.recorded_at >= assignment.dispatched_at
            AND track.recorded_at
            <= coalesce(assignment.cleared_at, assignment.cancelled_at, ''infinity'')
        )
        ON CONFLICT DO NOTHING',
        name
    );
    PERFORM set_config('lock_timeout', '2s', true);
    EXECUTE format('DROP TABLE %I', name);
    RETURN day;
END $$;

-- The database judges: no position of a unit that does not exist. Asked once per statement.
CREATE OR REPLACE FUNCTION positions_of_units() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stranger bigint;
BEGIN
    SELECT track.unit_id INTO stranger
    FROM (SELECT DISTINCT unit_id FROM added) AS track
    LEFT JOIN units AS unit ON unit.id = track.unit_id
    WHERE unit.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no unit %', stranger
            USING ERRCODE = '23503', CONSTRAINT = 'position_unit_exists', TABLE = 'positions';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER positions_of_units AFTER INSERT ON positions
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION positions_of_units();
