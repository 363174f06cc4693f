-- name: tile_city_version()^
-- Names the state of everything that the tiles of the city are drawn from: changes when any of it changes.
SELECT concat_ws(
    '.',
    -- When it was imported, too: the same roads may come with other buildings.
    (SELECT left(md5(concat(version, sha256, imported_at)), 12) FROM road_networks WHERE current),
    (SELECT left(md5(string_agg(concat_ws(',', id, name, kind, ST_AsText(point)), ';' ORDER BY id)), 8)
       FROM stations WHERE active),
    (SELECT left(md5(string_agg(concat_ws(',', code, name, ST_NPoints(geom)), ';' ORDER BY code)), 8)
       FROM villages WHERE geom IS NOT NULL)
) AS version;

-- name: tile_city(z, x, y, shown, known, others, areas, lines, places, buildings, numbers)^
-- One vector tile: the land, roads (each two-way street once), boundaries, names and stations.
-- Prepared once.
WITH
network AS MATERIALIZED (
    SELECT version FROM road_networks WHERE current
),
tile AS (
    SELECT :z::integer AS z, :x::integer AS x, :y::integer AS y
),
frame AS MATERIALIZED (
    SELECT
        tile.z,
        ST_TileEnvelope(tile.z, tile.x, tile.y) AS box,
        ST_TileEnvelope(tile.z, tile.x, tile.y, margin => 0.0625) AS around_m,
        ST_Transform(ST_TileEnvelope(tile.z, tile.x, tile.y, margin => 0.0625), 4326) AS around,
        -- A tile is drawn 512 pixels wide.
        40075016.7 / (2 ^ tile.z) / 512 AS pixel_m,
        360.0 / (2 ^ tile.z) / 1024 AS half_pixel_deg
    FROM tile
),
areas AS (
    SELECT
        area.kind,
        area.class,
        ST_AsMVTGeom(ST_Simplify(area.geom, frame.pixel_m / 2, TRUE), frame.box, 4096, 64, TRUE)
            AS geom
    FROM land_areas AS area, frame
    WHERE area.version = (SELECT version FROM network)
        AND area.kind <> 'building'
        AND area.geom && frame.around_m
        AND area.kind = ANY(:areas::text[])
        AND area.side_m >= 3 * frame.pixel_m
    -- What lies in something larger is drawn on it.
    ORDER BY area.side_m DESC
),
buildings AS (
    SELECT
        ST_AsMVTGeom(ST_Simplify(building.geom, frame.pixel_m / 3, TRUE), frame.box, 4096, 64, TRUE)
            AS geom
    FROM land_areas AS building, frame
    WHERE :buildings::boolean
        AND building.version = (SELECT version FROM network)
        AND building.kind = 'building'
        AND building.geom && frame.around_m
        AND building.side_m >= 1.5 * frame.pixel_m
),
-- Where the name of an area is written: one place, whichever tiles the area lies in.
area_names AS (
    SELECT
        area.kind,
        area.class,
        area.name,
        ST_AsMVTGeom(ST_PointOnSurface(area.geom), frame.box, 4096, 256, TRUE) AS geom
    FROM land_areas AS area, frame
    WHERE area.version = (SELECT version FROM network)
        AND area.kind <> 'building'
        AND area.geom && frame.around_m
        AND area.name IS NOT NULL
        AND area.kind = ANY(:areas::text[])
        AND area.side_m >= 30 * frame.pixel_m
    UNION ALL
    SELECT
        area.kind,
        area.class,
        area.name,
        ST_AsMVTGeom(ST_PointOnSurface(area.geom), frame.box, 4096, 256, TRUE) AS geom
    FROM land_areas AS area, frame
    WHERE :buildings::boolean
        AND area.version = (SELECT version FROM network)
        AND area.kind = 'building'
        AND area.geom && frame.around_m
        AND area.name IS NOT NULL
        AND area.side_m >= 6 * frame.pixel_m
),
lines AS (
    SELECT
        line.kind,
        line.class,
        line.name,
        ST_AsMVTGeom(
            ST_Simplify(ST_LineMerge(ST_Collect(line.geom)), frame.pixel_m / 2), frame.box, 4096, 64, TRUE
        ) AS geom
    FROM land_lines AS line, frame
    WHERE line.version = (SELECT version FROM network)
        AND line.geom && frame.around_m
        AND line.kind || '.' || line.class = ANY(:lines::text[])
    GROUP BY line.kind, line.class, line.name, frame.pixel_m, frame.box
),
named_places AS (
    SELECT
        place.kind,
        place.name,
        place.population,
        ST_AsMVTGeom(ST_Transform(place.point, 3857), frame.box, 4096, 256, TRUE) AS geom
    FROM place_names AS place, frame
    WHERE place.version = (SELECT version FROM network)
        AND place.point && frame.around
        AND place.kind = ANY(:places::text[])
    ORDER BY place.population DESC NULLS LAST, place.name
),
numbers AS (
    SELECT
        address.housenumber AS number,
        ST_AsMVTGeom(ST_Transform(address.point, 3857), frame.box, 4096, 64, TRUE) AS geom
    FROM addresses AS address, frame
    WHERE :numbers::boolean
        AND address.version = (SELECT version FROM network)
        AND address.point && frame.around
),
current_edges AS (
    SELECT
        edge.way_id,
        edge.from_junction,
        edge.to_junction,
        edge.class,
        coalesce(edge.name, '') AS name,
        edge.geom
    FROM road_edges AS edge, frame
    WHERE edge.version = (SELECT version FROM network)
        AND edge.geom && frame.around
        AND (
            edge.class = ANY(:shown::text[])
            OR (:others::boolean AND NOT edge.class = ANY(:known::text[]))
        )
),
-- Both directions of a street lie between the same junctions, on the same way, in the same box.
streets AS (
    SELECT
        class,
        name,
        count(*) = 1 AS oneway,
        (array_agg(geom ORDER BY from_junction))[1] AS geom
    FROM current_edges
    GROUP BY
        way_id,
        least(from_junction, to_junction),
        greatest(from_junction, to_junction),
        class,
        name,
        ST_Envelope(geom)
),
-- Joined end to end, so that a name finds room along its street; a one-way keeps its direction.
joined AS (
    SELECT
        class,
        nullif(name, '') AS name,
        oneway,
        ST_LineMerge(ST_Collect(geom), oneway) AS geom
    FROM streets
    GROUP BY class, name, oneway
),
roads AS (
    SELECT
        joined.class,
        joined.name,
        joined.oneway,
        ST_AsMVTGeom(
            ST_Transform(ST_Simplify(joined.geom, frame.half_pixel_deg, TRUE), 3857),
            frame.box, 4096, 256, TRUE
        ) AS geom
    FROM joined, frame
),
boundaries AS (
    SELECT
        village.name,
        village.district_code,
        ST_AsMVTGeom(
            ST_Transform(ST_Simplify(ST_Boundary(village.geom), frame.half_pixel_deg, TRUE), 3857),
            frame.box, 4096, 256, TRUE
        ) AS geom
    FROM villages AS village, frame
    WHERE village.geom && frame.around
),
village_names AS (
    SELECT
        village.name,
        ST_AsMVTGeom(
            ST_Transform(ST_PointOnSurface(village.geom), 3857), frame.box, 4096, 256, TRUE
        ) AS geom
    FROM villages AS village, frame
    WHERE village.geom && frame.around
),
posts AS (
    SELECT
        station.name,
        station.kind,
        ST_AsMVTGeom(ST_Transform(station.point, 3857), frame.box, 4096, 256, TRUE) AS geom
    FROM stations AS station, frame
    WHERE station.active AND frame.z >= 11 AND station.point && frame.around
)
SELECT
    coalesce((SELECT ST_AsMVT(areas, 'areas', 4096, 'geom') FROM areas WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(buildings, 'buildings', 4096, 'geom') FROM buildings WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(lines, 'lines', 4096, 'geom') FROM lines WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(roads, 'roads', 4096, 'geom') FROM roads WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(boundaries, 'boundaries', 4096, 'geom') FROM boundaries WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(village_names, 'villages', 4096, 'geom') FROM village_names WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(named_places, 'places', 4096, 'geom') FROM named_places WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(posts, 'stations', 4096, 'geom') FROM posts WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(area_names, 'area_names', 4096, 'geom') FROM area_names WHERE geom IS NOT NULL), '')
    || coalesce((SELECT ST_AsMVT(numbers, 'numbers', 4096, 'geom') FROM numbers WHERE geom IS NOT NULL), '')
    AS tile;
