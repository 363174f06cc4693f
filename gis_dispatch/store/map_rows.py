"""A layer's query seen through two doors: rows with GeoJSON, and one Mapbox Vector Tile.

The query is the same for both: it returns `id`, `geometry` (PostGIS, WGS 84) and one column per
property. Only here is it said how a geometry and a value travel.
"""

from collections.abc import Mapping

GEOMETRY = "geometry"
EXTENT = 4096
BUFFER = 256
"""How far a tile reaches over its edge, in its own units: an icon on the edge is drawn whole."""
DIGITS = 6

# What a tile cannot hold as it is: moments as everywhere in JSON, exact numbers as numbers.
_IN_A_TILE: Mapping[int, str] = {
    1184: "to_json({column}) #>> '{{}}'",
    1082: "{column}::text",
    1700: "{column}::float8",
}


def described(query: str) -> str:
    """Asks for a query's columns without its rows."""
    return f"SELECT * FROM (\n{_bare(query)}\n) AS layer LIMIT 0"  # noqa: S608 - our own query


def as_features(query: str, columns: Mapping[str, int]) -> str:
    """The rows, each geometry as GeoJSON."""
    listed = ", ".join(
        f"ST_AsGeoJSON(layer.{GEOMETRY}, {DIGITS})::jsonb AS {GEOMETRY}"
        if name == GEOMETRY
        else f"layer.{_quoted(name)}"
        for name in columns
    )
    return f"SELECT {listed} FROM (\n{_bare(query)}\n) AS layer"  # noqa: S608 - our own query


def as_tile(query: str, columns: Mapping[str, int]) -> str:
    """One tile of the rows; takes tile_name, tile_z, tile_x and tile_y besides."""
    listed = "".join(
        f", {_travelling(name, kind)} AS {_quoted(name)}"
        for name, kind in columns.items()
        if name != GEOMETRY
    )
    drawn = (
        f"ST_AsMVTGeom(ST_Transform(layer.{GEOMETRY}, 3857),"
        f" ST_TileEnvelope(%(tile_z)s, %(tile_x)s, %(tile_y)s), {EXTENT}, {BUFFER}, true)"
    )
    # Materialized: a geometry would be cut twice, once to be looked at and once to be kept.
    rows = f"SELECT {drawn} AS {GEOMETRY}{listed} FROM (\n{_bare(query)}\n) AS layer"  # noqa: S608 - our own
    tile = f"SELECT ST_AsMVT(drawn, %(tile_name)s, {EXTENT}, '{GEOMETRY}') AS tile"
    return f"WITH drawn AS MATERIALIZED ({rows}) {tile} FROM drawn WHERE {GEOMETRY} IS NOT NULL"


def _bare(query: str) -> str:
    return query.rstrip().rstrip(";")


def _travelling(name: str, kind: int) -> str:
    return _IN_A_TILE.get(kind, "{column}").format(column=f"layer.{_quoted(name)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'
