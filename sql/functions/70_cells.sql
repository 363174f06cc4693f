-- The grid of tiles as numbers: at level n the world is 2^n cells wide and high, y counted from north.

CREATE OR REPLACE FUNCTION cell_x(lon double precision, level integer) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT least(greatest(floor((lon + 180) / 360 * 2 ^ level), 0), 2 ^ level - 1)::integer
$$;

CREATE OR REPLACE FUNCTION cell_y(lat double precision, level integer) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT least(greatest(floor(
        (1 - asinh(tan(radians(least(greatest(lat, -85.05), 85.05)))) / pi()) / 2 * 2 ^ level
    ), 0), 2 ^ level - 1)::integer
$$;

CREATE OR REPLACE FUNCTION cell_shape(x integer, y integer, level integer) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ST_MakeEnvelope(
        x / 2 ^ level * 360 - 180,
        degrees(atan(sinh(pi() * (1 - 2 * (y + 1) / 2 ^ level)))),
        (x + 1) / 2 ^ level * 360 - 180,
        degrees(atan(sinh(pi() * (1 - 2 * y / 2 ^ level)))),
        4326
    )
$$;
