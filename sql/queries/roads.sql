-- name: current_road_version()
-- The version of the road network in use.
SELECT version FROM road_networks WHERE current;

-- name: earlier_road_networks()^
-- How many earlier networks are kept, and about how many bytes they take.
SELECT
    count(*) FILTER (WHERE NOT current) AS networks,
    coalesce(
        (pg_total_relation_size('road_edges') + pg_total_relation_size('road_junctions'))
        * sum(edge_count) FILTER (WHERE NOT current) / nullif(sum(edge_count), 0),
        0
    )::bigint AS bytes
FROM road_networks;

-- name: road_network_header(version)
-- Where a road network came from.
SELECT version, source, place, attribution, licence, sample, sha256
FROM road_networks
WHERE version = :version;

-- name: road_junctions_of(version)
-- Every junction of a road network, in order.
SELECT ST_X(point) AS lon, ST_Y(point) AS lat
FROM road_junctions
WHERE version = :version
ORDER BY id;

-- name: road_edges_of(version)
-- Every directed edge of a road network, in order.
SELECT
    from_junction, to_junction, way_id, name, class, length_m, speed_kph, restrictions,
    ST_AsBinary(geom) AS line
FROM road_edges
WHERE version = :version
ORDER BY id;

-- name: road_turn_bans_of(version)
-- Every turn ban of a road network, in order.
SELECT edges, rule
FROM road_turn_bans
WHERE version = :version
ORDER BY id;
