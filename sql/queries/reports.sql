-- name: report_data_as_of(since, until)
-- When the last fact about the calls and incidents of a period was entered.
SELECT max(event.entered_at) AS entered_at
FROM events AS event
LEFT JOIN incidents AS incident ON incident.id = event.incident_id
LEFT JOIN calls AS call ON call.id = event.call_id
WHERE (incident.received_at >= :since AND incident.received_at < :until)
    OR (call.received_at >= :since AND call.received_at < :until);

-- name: report_agencies(since, until, samples)
-- What each agency was asked to do in a period, and what became of it.
SELECT
    agency.code,
    agency.short_name,
    count(*) AS referrals,
    count(*) FILTER (WHERE referral.status = 'completed') AS completed,
    count(*) FILTER (WHERE referral.status = 'handed_back') AS handed_back,
    count(*) FILTER (WHERE referral.status NOT IN ('completed', 'handed_back')) AS open,
    coalesce(
        array_agg(extract(EPOCH FROM referral.acknowledged_at - referral.sent_at)::float8)
            FILTER (WHERE referral.acknowledged_at IS NOT NULL),
        '{}'
    ) AS acknowledge_s
FROM referrals AS referral
JOIN incidents AS incident ON incident.id = referral.incident_id
JOIN agencies AS agency ON agency.code = referral.agency_code
WHERE incident.received_at >= :since
    AND incident.received_at < :until
    AND (:samples OR NOT incident.sample)
GROUP BY agency.code, agency.short_name
ORDER BY agency.code;

-- name: export_roads(classes)
-- The drawn lines of the bigger roads, joined and thinned, for maps that are taken along.
SELECT
    edge.class,
    ST_AsGeoJSON(ST_Simplify(ST_LineMerge(ST_Union(edge.geom)), 0.00005), 5)::jsonb AS geometry
FROM road_edges AS edge
WHERE edge.version = (SELECT version FROM road_networks WHERE current)
    AND edge.class = ANY(:classes)
GROUP BY edge.class
ORDER BY edge.class;
