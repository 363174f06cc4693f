-- name: find_devices_by_token(token_hashes)
-- The devices that hold these tokens and the units they speak for; revoked ones are not found. Prepared once.
SELECT device.token_hash, device.id, device.unit_id, device.simulated, device.last_seen_at
FROM devices AS device
JOIN units AS unit ON unit.id = device.unit_id
WHERE
    device.token_hash = ANY(:token_hashes::text [])
    AND device.revoked_at IS NULL AND unit.active;

-- name: hold_last_positions(unit_ids)
-- Where units are shown now, held in one order until the transaction ends, so that points are judged in turn. Prepared once.
SELECT unit_id, lon, lat, recorded_at, accuracy_m FROM hold_last_positions(:unit_ids::bigint []);

-- name: make_position_days(days)
-- The tables of these days, where they are missing. Prepared once.
SELECT make_position_days(:days::date []);

-- name: keep_positions(unit_ids, device_ids, recorded_ats, received_ats, lons, lats, accuracies_m, speeds_kph, headings_deg, batteries_percent, sources, judgements)!
-- Points of units' tracks, a column each; the same moment of a unit twice is kept once. Prepared once.
INSERT INTO positions (
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
)
SELECT
    unit_id, device_id, recorded_at, received_at, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
    accuracy_m, speed_kph, heading_deg, battery_percent, source, judgement
FROM unnest(
    :unit_ids::bigint [], :device_ids::bigint [], :recorded_ats::timestamptz [],
    :received_ats::timestamptz [], :lons::double precision [], :lats::double precision [],
    :accuracies_m::double precision [], :speeds_kph::double precision [],
    :headings_deg::double precision [], :batteries_percent::smallint [], :sources::text [],
    :judgements::text []
) AS report (
    unit_id, device_id, recorded_at, received_at, lon, lat, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
)
ON CONFLICT (unit_id, recorded_at) DO NOTHING;

-- name: show_positions(unit_ids, device_ids, recorded_ats, received_ats, lons, lats, accuracies_m, speeds_kph, headings_deg, batteries_percent, sources, judgements)!
-- Moves units to newer places, one each, a column each; an older one changes nothing. Prepared once.
INSERT INTO unit_positions (
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
)
SELECT
    unit_id, device_id, recorded_at, received_at, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
    accuracy_m, speed_kph, heading_deg, battery_percent, source, judgement
FROM unnest(
    :unit_ids::bigint [], :device_ids::bigint [], :recorded_ats::timestamptz [],
    :received_ats::timestamptz [], :lons::double precision [], :lats::double precision [],
    :accuracies_m::double precision [], :speeds_kph::double precision [],
    :headings_deg::double precision [], :batteries_percent::smallint [], :sources::text [],
    :judgements::text []
) AS report (
    unit_id, device_id, recorded_at, received_at, lon, lat, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
)
ORDER BY unit_id
ON CONFLICT (unit_id) DO UPDATE SET
    device_id = excluded.device_id,
    recorded_at = excluded.recorded_at,
    received_at = excluded.received_at,
    point = excluded.point,
    accuracy_m = excluded.accuracy_m,
    speed_kph = excluded.speed_kph,
    heading_deg = excluded.heading_deg,
    battery_percent = excluded.battery_percent,
    source = excluded.source,
    judgement = excluded.judgement
WHERE unit_positions.recorded_at < excluded.recorded_at;

-- name: note_devices_seen(ids, seen_at)!
-- Remembers when devices were last heard of.
UPDATE devices SET last_seen_at = :seen_at
WHERE id = ANY(:ids::bigint []) AND (last_seen_at IS NULL OR last_seen_at < :seen_at);

-- name: mark_device_simulated(id)!
-- Says of a device that it is the simulator's, so that nobody takes its positions for real.
UPDATE devices SET simulated = true WHERE id = :id;

-- name: forget_position_day(ended_by)
-- Forgets the oldest day of positions that ended by a moment, but for what units did on an assignment; which day, if any.
SELECT forget_position_day(:ended_by) AS day;

-- name: track_of_unit(unit_id, since, every_s)
-- Where a unit has been since a moment, late points in their place in time, one point in every so many seconds.
SELECT DISTINCT ON (floor(extract(epoch FROM recorded_at) / :every_s))
    ST_X(point) AS lon, ST_Y(point) AS lat, recorded_at, received_at, accuracy_m, speed_kph, heading_deg,
    coalesce('late' = ANY (string_to_array(judgement, ',')), false) AS late,
    coalesce('jump' = ANY (string_to_array(judgement, ',')), false) AS doubted
FROM positions
WHERE unit_id = :unit_id AND recorded_at >= :since
ORDER BY
    floor(extract(epoch FROM recorded_at) / :every_s),
    coalesce('jump' = ANY (string_to_array(judgement, ',')), false), recorded_at DESC;
