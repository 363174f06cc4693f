-- Where units were: what is kept for a time, and what is kept for good of their assignments. A point
-- is in one of the two, as it moves from one to the other in one transaction.

CREATE OR REPLACE VIEW tracks AS
SELECT
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
FROM positions
UNION ALL
SELECT
    unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph, heading_deg,
    battery_percent, source, judgement
FROM kept_positions;
