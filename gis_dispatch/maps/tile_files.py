"""Files of tiles, MBTiles and PMTiles: what they are, and one tile of them."""

import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType

from gis_dispatch.maps.refusals import TileFileBroken

_Reader: Any = Reader  # pmtiles says no types
_MmapSource: Any = MmapSource

MIME_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "pbf": "application/vnd.mapbox-vector-tile",
}
_FORMATS: Mapping[TileType, str] = {
    TileType.PNG: "png", TileType.JPEG: "jpg", TileType.WEBP: "webp", TileType.MVT: "pbf",
}  # fmt: skip
SUFFIXES = (".mbtiles", ".pmtiles")
GZIPPED = b"\x1f\x8b"

Get = Callable[[int, int, int], bytes | None]


@dataclass(frozen=True)
class TileFile:
    """An open file: what its metadata say, and how to read a tile."""

    path: Path
    format: str
    title: str
    attribution: str
    zoom: tuple[int, int]
    layers: tuple[str, ...]
    version: str
    read: Get

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One tile, unpacked, or None where the file has none."""
        try:
            found = self.read(z, x, y)
            return gzip.decompress(found) if found and found[:2] == GZIPPED else found
        except (sqlite3.Error, OSError, EOFError, ValueError, zlib.error) as wrong:
            raise TileFileBroken(file=self.path.name, problem=_words(wrong)) from wrong


def open_tile_file(path: Path) -> TileFile:
    """A file of tiles, or a refusal that says what is wrong with it."""
    try:
        opened = _mbtiles(path) if path.suffix == ".mbtiles" else _pmtiles(path)
    except (sqlite3.Error, OSError, ValueError, KeyError, IndexError, EOFError) as wrong:
        raise TileFileBroken(file=path.name, problem=_words(wrong)) from wrong
    except Exception as wrong:  # pmtiles says what is not one of its files with a class of its own
        if type(wrong).__module__.split(".")[0] != "pmtiles":
            raise
        raise TileFileBroken(file=path.name, problem="not a PMTiles file, version 3") from wrong
    if opened.format not in MIME_TYPES:
        raise TileFileBroken(
            file=path.name, problem=f'tiles of the format "{opened.format}" cannot be drawn'
        )
    if not opened.attribution:
        raise TileFileBroken(
            file=path.name, problem='its metadata have no "attribution": whose map is it?'
        )
    if opened.format == "pbf" and not opened.layers:
        raise TileFileBroken(
            file=path.name,
            problem='its metadata have no "vector_layers"',
        )
    return opened


def _words(wrong: BaseException) -> str:
    return f"{wrong}" or type(wrong).__name__


def _mbtiles(path: Path) -> TileFile:
    # Read-only, and by every thread: what is never written needs no lock.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    base = sqlite3.connect(address, uri=True, check_same_thread=False)
    rows = base.execute("SELECT name, value FROM metadata")
    said = {str(name): str(value) for name, value in rows}
    lowest, highest = base.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
    if lowest is None:
        raise ValueError("it holds no tile")
    layers = json.loads(said.get("json", "{}")).get("vector_layers", ())

    def get(z: int, x: int, y: int) -> bytes | None:
        # MBTiles count rows from the south.
        found = base.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (z, x, 2**z - 1 - y),
        ).fetchone()
        return bytes(found[0]) if found else None

    kind = {"jpeg": "jpg", "mvt": "pbf"}.get(said.get("format", ""), said.get("format", ""))
    return _told(path, kind, said, (int(lowest), int(highest)), layers, get)


def _pmtiles(path: Path) -> TileFile:
    with path.open("rb") as file:  # what is mapped stays after it is closed
        reader = _Reader(_MmapSource(file))
    header, said = reader.header(), reader.metadata()
    packed = header["tile_compression"]
    if packed not in (Compression.NONE, Compression.GZIP, Compression.UNKNOWN):
        raise ValueError(f"its tiles are compressed by {packed.name.lower()}; gzip would be right")

    def get(z: int, x: int, y: int) -> bytes | None:
        found = reader.get(z, x, y)
        return bytes(found) if found else None

    kind = _FORMATS.get(header["tile_type"], header["tile_type"].name.lower())
    zoom = int(header["min_zoom"]), int(header["max_zoom"])
    return _told(path, kind, said, zoom, said.get("vector_layers", ()), get)


def _told(
    path: Path, kind: str, said: Mapping[str, Any], zoom: tuple[int, int], layers: Any, get: Get
) -> TileFile:
    state = path.stat()
    return TileFile(
        path=path,
        format=kind,
        title=str(said.get("name") or path.stem).strip(),
        attribution=str(said.get("attribution") or "").strip(),
        zoom=zoom,
        layers=tuple(str(layer["id"]) for layer in layers),
        version=f"{state.st_mtime_ns:x}-{state.st_size:x}",
        read=get,
    )
