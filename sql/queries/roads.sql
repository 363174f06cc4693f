-- name: current_road_version()
-- The version of the road network in use.
SELECT version FROM road_networks WHERE current;

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
