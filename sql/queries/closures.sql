-- name: get_closure(id)^
-- One road closure.
SELECT * FROM closure_rows() WHERE id = :id;

-- name: list_closures(state)
-- Road closures, newest first: active now, coming (begin later), or all.
SELECT * FROM closure_rows()
WHERE CASE coalesce(CAST(:state AS text), 'active')
    WHEN 'active' THEN active
    WHEN 'coming' THEN starts_at > now() AND lifted_at IS NULL
    ELSE true
END
ORDER BY starts_at DESC, id DESC;

-- name: list_closures_at(moment)
-- The road closures that hold at a moment, as the road engine needs them. Prepared once.
SELECT
    id, version, ST_AsGeoJSON(geom, 7)::jsonb AS geometry, effect, speed_kph, depth_cm,
    profiles, reason, starts_at
FROM closures
WHERE
    starts_at <= :moment
    AND (ends_at IS NULL OR ends_at > :moment)
    AND (lifted_at IS NULL OR lifted_at > :moment)
ORDER BY id;
