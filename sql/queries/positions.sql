-- name: find_device_by_token(token_hash)^
-- The device that holds a token and the unit it speaks for; revoked ones are not found.
SELECT device.id, device.unit_id, device.simulated, unit.sample
FROM devices AS device
JOIN units AS unit ON unit.id = device.unit_id
WHERE device.token_hash = :token_hash AND device.revoked_at IS NULL AND unit.active;

-- name: lock_last_position(unit_id)^
-- Where a unit is shown now, held until the transaction ends, so that its points are judged in turn.
SELECT ST_X(point) AS lon, ST_Y(point) AS lat, recorded_at, accuracy_m
FROM unit_positions
WHERE unit_id = :unit_id
FOR UPDATE;

-- name: keep_position(unit_id, device_id, recorded_at, received_at, lon, lat, accuracy_m, speed_kph, heading_deg, battery_percent, source, judgement)!
-- One point of a unit's track; the same moment twice is kept once.
INSERT INTO positions (
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
) VALUES (
    :unit_id, :device_id, :recorded_at, :received_at,
    ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :accuracy_m, :speed_kph, :heading_deg,
    :battery_percent, :source, :judgement
)
ON CONFLICT ON CONSTRAINT one_position_per_unit_and_moment DO NOTHING;

-- name: show_position(unit_id, device_id, recorded_at, received_at, lon, lat, accuracy_m, speed_kph, heading_deg, battery_percent, source, judgement)!
-- Moves a unit to a newer place; an older one changes nothing.
INSERT INTO unit_positions (
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
) VALUES (
    :unit_id, :device_id, :recorded_at, :received_at,
    ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :accuracy_m, :speed_kph, :heading_deg,
    :battery_percent, :source, :judgement
)
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

-- name: note_device_seen(id, seen_at)!
-- Remembers when a device was last heard of, at most every ten seconds.
UPDATE devices SET last_seen_at = :seen_at
WHERE id = :id AND (last_seen_at IS NULL OR last_seen_at < :seen_at::timestamptz - interval '10 s');

-- name: mark_device_simulated(id)!
-- Says of a device that it is the simulator's, so that nobody takes its positions for real.
UPDATE devices SET simulated = true WHERE id = :id;
