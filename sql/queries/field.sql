-- name: keep_report_key(key, kind, by, at)!
-- Notes the key of a report; touches no row when it was taken already, after waiting for whoever takes it now. Prepared once.
INSERT INTO field_reports (key, kind, user_id, entered_at)
VALUES (CAST(:key AS uuid), :kind, :by, :at)
ON CONFLICT (key) DO NOTHING;

-- name: forget_report_keys(before)!
-- Forgets the keys of reports that no phone can still be holding.
DELETE FROM field_reports WHERE entered_at < :before;

-- name: count_refusals_kept(incident_id, report)^
-- How often the record of an incident says of a report that it was not taken.
SELECT count(*) AS refusals FROM events
WHERE incident_id = :incident_id AND kind = 'assignment.not_taken' AND data ->> 'report' = :report;

-- name: add_photo(incident_id, assignment_id, unit_id, taken_at, entered_at, by, lon, lat, width, height, content, small)^
-- Keeps one photo of a scene.
INSERT INTO photos (
    incident_id, assignment_id, unit_id, taken_at, entered_at, taken_by, point, width, height,
    content, small
) VALUES (
    :incident_id, :assignment_id, :unit_id, :taken_at, :entered_at, :by,
    ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :width, :height, :content, :small
) RETURNING id;

-- name: count_photos(assignment_id)^
-- How many photos one assignment has.
SELECT count(*) AS photos FROM photos WHERE assignment_id = :assignment_id;

-- name: list_photos(incident_id, only_agency)
-- The photos of one incident in the order in which they were taken, without the pictures themselves.
SELECT
    photo.id, photo.assignment_id, unit.call_sign, photo.taken_at, photo.entered_at,
    taker.display_name AS taken_by, ST_X(photo.point) AS lon, ST_Y(photo.point) AS lat,
    photo.width, photo.height
FROM photos AS photo
JOIN units AS unit ON unit.id = photo.unit_id
LEFT JOIN users AS taker ON taker.id = photo.taken_by
WHERE
    photo.incident_id = :incident_id
    AND (:only_agency::text IS NULL OR unit.agency_code = :only_agency)
ORDER BY photo.taken_at, photo.id;

-- name: get_photo(id)^
-- One photo, and of which incident it is.
SELECT incident_id, content FROM photos WHERE id = :id;

-- name: get_photo_small(id)^
-- One photo in small, and of which incident it is.
SELECT incident_id, small AS content FROM photos WHERE id = :id;

-- name: add_scene_count(incident_id, assignment_id, unit_id, counted_at, entered_at, by, dead, badly_hurt, lightly_hurt, missing, evacuated, buildings, vehicles, note)^
-- Keeps one count of a scene.
INSERT INTO scene_counts (
    incident_id, assignment_id, unit_id, counted_at, entered_at, counted_by, dead, badly_hurt,
    lightly_hurt, missing, evacuated, buildings, vehicles, note
) VALUES (
    :incident_id, :assignment_id, :unit_id, :counted_at, :entered_at, :by, :dead, :badly_hurt,
    :lightly_hurt, :missing, :evacuated, :buildings, :vehicles, :note
) RETURNING id;

-- name: list_scene_counts(incident_id, only_agency)
-- The newest count of each unit at one incident, newest first.
SELECT * FROM (
    SELECT DISTINCT ON (one.unit_id)
        one.id, one.assignment_id, unit.call_sign, one.counted_at, counter.display_name AS counted_by,
        one.dead, one.badly_hurt, one.lightly_hurt, one.missing, one.evacuated, one.buildings,
        one.vehicles, one.note
    FROM scene_counts AS one
    JOIN units AS unit ON unit.id = one.unit_id
    LEFT JOIN users AS counter ON counter.id = one.counted_by
    WHERE
        one.incident_id = :incident_id
        AND (:only_agency::text IS NULL OR unit.agency_code = :only_agency)
    ORDER BY one.unit_id, one.counted_at DESC, one.id DESC
) AS newest
ORDER BY counted_at DESC, id DESC;

-- name: list_hazards_near(lon, lat, radius_m)
-- Hazardous sites and water for engines around a place, nearest first, as they came with the current roads.
SELECT
    site.kind, site.class,
    coalesce(site.name, site.details ->> 'brand', site.details ->> 'operator') AS name,
    ST_X(site.point) AS lon, ST_Y(site.point) AS lat,
    ST_Distance(site.point::geography, here.point::geography) AS distance_m
FROM land_sites AS site
CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(:lon, :lat), 4326) AS point) AS here
WHERE site.version = (SELECT version FROM road_networks WHERE current)
    AND site.kind IN ('hazard', 'hydrant')
    AND site.point && ST_Expand(here.point, :radius_m / 80000.0)
    AND ST_DWithin(site.point::geography, here.point::geography, :radius_m)
ORDER BY distance_m, site.id
LIMIT 20;

-- name: open_courses()
-- Every assignment whose next step a position may show: where it goes, where its unit is at home, what is proposed.
SELECT
    s.id AS assignment_id, s.status, s.unit_id,
    greatest(s.dispatched_at, s.acknowledged_at, s.en_route_at, s.on_scene_at, s.transporting_at, s.at_hospital_at) AS last_at,
    ST_X(i.point) AS lon, ST_Y(i.point) AS lat, ST_X(home.point) AS home_lon, ST_Y(home.point) AS home_lat,
    proposal.id AS proposal_id, proposal.step AS proposed_step, proposal.seen_at AS proposed_at,
    (
        SELECT max(no.settled_at) FROM step_proposals AS no
        WHERE no.assignment_id = s.id AND no.outcome = 'declined'
    ) AS declined_at
FROM assignments AS s
JOIN incidents AS i ON i.id = s.incident_id
JOIN units AS u ON u.id = s.unit_id
LEFT JOIN stations AS home ON home.id = u.station_id
LEFT JOIN step_proposals AS proposal ON proposal.assignment_id = s.id AND proposal.settled_at IS NULL
WHERE s.cleared_at IS NULL AND s.cancelled_at IS NULL
ORDER BY s.id;

-- name: tracks_since(unit_ids, since, oldest)
-- The points of several units, of each since a moment of its own, in the order in which they were recorded; `oldest`
-- is before all of those moments, so that days before it are not looked at.
SELECT
    p.unit_id, ST_X(p.point) AS lon, ST_Y(p.point) AS lat, p.recorded_at, p.received_at, p.accuracy_m, p.speed_kph,
    string_to_array(coalesce(p.judgement, ''), ',') AS flags
FROM unnest(:unit_ids::bigint [], :since::timestamptz []) AS wanted (unit_id, since)
JOIN positions AS p ON p.unit_id = wanted.unit_id AND p.recorded_at >= wanted.since
WHERE p.recorded_at >= :oldest
ORDER BY p.unit_id, p.recorded_at;

-- name: settle_overtaken_proposals(at)
-- Ends proposals whose step was taken or can no longer be taken; which ones, with how they ended.
UPDATE step_proposals AS p SET
    settled_at = :at,
    outcome = CASE
        WHEN p.seen_at IN (s.en_route_at, s.on_scene_at, s.cleared_at) THEN 'confirmed' ELSE 'overtaken'
    END
FROM assignments AS s
WHERE s.id = p.assignment_id AND p.settled_at IS NULL
    AND (p.step, s.status) NOT IN (
        ('en_route', 'acknowledged'), ('on_scene', 'en_route'), ('cleared', 'on_scene'), ('cleared', 'at_hospital')
    )
RETURNING p.assignment_id, p.outcome;

-- name: add_step_proposal(assignment_id, step, seen_at, lon, lat, at)!
-- Proposes a step; touches no row while another is proposed.
INSERT INTO step_proposals (assignment_id, step, seen_at, point, made_at)
VALUES (:assignment_id, :step, :seen_at, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :at)
ON CONFLICT (assignment_id) WHERE settled_at IS NULL DO NOTHING;

-- name: decline_step_proposal(assignment_id, at)!
-- Says of what is proposed that it is not so.
UPDATE step_proposals SET settled_at = :at, outcome = 'declined'
WHERE assignment_id = :assignment_id AND settled_at IS NULL;
