"""Vector tiles of a basemap, compressed, and kept in memory as long as the data do not change."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from gis_dispatch.maps.basemaps import Basemap
from gis_dispatch.maps.mercator import require_within
from gis_dispatch.ports import Reads

KEPT_TILES = 2048
COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: gzip of a Mapbox Vector Tile, and the state of the data it shows."""

    body: bytes
    version: str


class TileShelf:
    """Makes tiles, and remembers the latest ones of each version."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._lock = Lock()
        self._kept: dict[tuple[str, str, int, int, int], bytes] = {}

    def version(self, basemap: Basemap) -> str:
        """The state of everything the basemap's tiles are drawn from, and of its own file."""
        data: str = self._reads.value(basemap.version_query) or "empty"
        return f"{data}.{_drawing(basemap)}"

    def tile(self, basemap: Basemap, version: str, z: int, x: int, y: int) -> Tile:
        """One tile of a version that `version` has just said."""
        require_on_map(basemap, z, x, y)
        key = (basemap.id, version, z, x, y)
        with self._lock:
            kept = self._kept.pop(key, None)
        body = kept if kept is not None else self._make(basemap, z, x, y)
        with self._lock:
            self._kept[key] = body
            while len(self._kept) > KEPT_TILES:
                self._kept.pop(next(iter(self._kept)))
        return Tile(body, version)

    def _make(self, basemap: Basemap, z: int, x: int, y: int) -> bytes:
        raw = self._reads.value(basemap.query, z=z, x=x, y=y, **basemap.wanted(z))
        # mtime=0: the same tile is the same bytes.
        return gzip.compress(bytes(raw or b""), COMPRESSION, mtime=0)


def require_on_map(basemap: Basemap, z: int, x: int, y: int) -> None:
    """Refuse a tile that lies outside the world or the zooms of this basemap."""
    require_within(z, x, y, *basemap.zoom)


@lru_cache(maxsize=16)
def _drawing(basemap: Basemap) -> str:
    drawn = repr([basemap.wanted(zoom) for zoom in range(basemap.zoom[1] + 1)])
    return hashlib.sha256(drawn.encode()).hexdigest()[:8]
