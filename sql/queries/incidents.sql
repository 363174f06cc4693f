-- name: get_incident(id)^
-- One incident in short. Prepared once.
SELECT * FROM incident_rows() WHERE id = :id;

-- name: get_incident_detail(id)^
-- What an incident's page shows beyond its short form. Prepared once.
SELECT
    i.needs, i.caller_name, i.caller_number, i.outcome, i.summary, i.casualties,
    i.resolved_at, i.closed_at, i.duplicate_of, i.created_at,
    creator.display_name AS created_by, closer.display_name AS closed_by,
    (
        SELECT jsonb_build_object(
            'queued_at', d.queued_at, 'delivered_at', d.delivered_at,
            'attempts', d.attempts, 'last_error', d.last_error, 'last_reason', d.last_reason
        )
        FROM case_deliveries AS d
        WHERE d.incident_id = i.id
        ORDER BY d.sequence DESC
        LIMIT 1
    ) AS delivery
FROM incidents AS i
LEFT JOIN users AS creator ON creator.id = i.created_by
LEFT JOIN users AS closer ON closer.id = i.closed_by
WHERE i.id = :id;

-- name: list_incidents(status, west, south, east, north, from_at, to_at, kind, agency, unit_id, limit)
-- Incidents, newest first; status is "open", "all" or one status; a kind includes its sub-kinds.
SELECT r.* FROM incident_rows() AS r
WHERE
    CASE coalesce(CAST(:status AS text), 'open')
        WHEN 'all' THEN true
        WHEN 'open' THEN r.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
        ELSE r.status = :status
    END
    AND (CAST(:from_at AS timestamptz) IS NULL OR r.received_at >= :from_at)
    AND (CAST(:to_at AS timestamptz) IS NULL OR r.received_at < :to_at)
    AND (
        CAST(:kind AS text) IS NULL OR r.kind = :kind OR starts_with(r.kind, :kind || '.')
    )
    AND (
        CAST(:agency AS text) IS NULL
        OR EXISTS (
            SELECT 1 FROM referrals AS f
            WHERE f.incident_id = r.id AND f.agency_code = :agency
        )
    )
    AND (
        CAST(:unit_id AS bigint) IS NULL
        OR EXISTS (
            SELECT 1 FROM assignments AS s
            WHERE s.incident_id = r.id AND s.unit_id = :unit_id
        )
    )
    AND (
        CAST(:west AS double precision) IS NULL
        OR r.id IN (
            SELECT i.id FROM incidents AS i
            WHERE i.point && ST_MakeEnvelope(:west, :south, :east, :north, 4326)
        )
    )
ORDER BY r.received_at DESC, r.id DESC
LIMIT coalesce(CAST(:limit AS integer), 200);

-- name: list_nearby_incidents(lon, lat, radius_m, since)
-- Incidents not yet over within a radius in metres, nearest first, with their distance.
SELECT
    r.*,
    ST_Distance(
        i.point::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography
    ) AS distance_m
FROM incident_rows() AS r
JOIN incidents AS i ON i.id = r.id
WHERE
    i.point && ST_Expand(
        ST_SetSRID(ST_MakePoint(:lon, :lat), 4326),
        :radius_m / (111000.0 * greatest(cos(radians(:lat)), 0.01)),
        :radius_m / 110000.0
    )
    AND ST_DWithin(
        i.point::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography, :radius_m
    )
    AND r.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
    AND (CAST(:since AS timestamptz) IS NULL OR r.received_at >= :since)
ORDER BY distance_m, r.id
LIMIT 20;
