"""Files of tiles as other programs make them: MBTiles and PMTiles."""

import gzip
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

Tiles = Mapping[tuple[int, int, int], bytes]
"""By zoom, x and y, counted from the north."""


def write_mbtiles(path: Path, tiles: Tiles, said: Mapping[str, str]) -> Path:
    """MBTiles count rows from the south."""
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE metadata (name text, value text)")
        base.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,"
            " tile_data blob)"
        )
        base.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        base.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            [(z, x, 2**z - 1 - y, body) for (z, x, y), body in tiles.items()],
        )
    return path


def write_pmtiles(
    path: Path, tiles: Tiles, said: Mapping[str, Any], kind: TileType = TileType.MVT
) -> Path:
    """Packed tiles, in the order that the format wants."""
    with path.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]  # pmtiles says no types
        for place in sorted(tiles, key=lambda place: zxy_to_tileid(*place)):
            writer.write_tile(zxy_to_tileid(*place), gzip.compress(tiles[place]))
        header = {"tile_type": kind, "tile_compression": Compression.GZIP}
        bounds = {f"{side}_e7": 0 for side in ("min_lon", "min_lat", "max_lon", "max_lat")}
        centre = {
            "center_zoom": min(z for z, _x, _y in tiles),
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        writer.finalize({**header, **bounds, **centre}, dict(said))
    return path
