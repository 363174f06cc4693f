"""What layers answer, tiles and GeoJSON, compressed, and kept as long as the data do not change."""

import gzip
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from gis_dispatch.maps.geojson import layer_features
from gis_dispatch.maps.layers import Layer
from gis_dispatch.maps.mercator import Bbox, require_within, tile_box
from gis_dispatch.maps.refusals import NotInTiles
from gis_dispatch.ports import Reads

KEPT_BYTES = 48 * 1024 * 1024
COMPRESSION = 5
NEAREST = 22

# How long an answer is good for whose layer names no `state`.
LIVE_S, ONCE_S = 2, 60

Given = Mapping[str, Any]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The state of a layer's data and of its file, for one way of looking at it."""

    layer: Layer
    given: Given
    tag: str


class LayerShelf:
    """Makes what layers answer, and remembers the latest of it."""

    def __init__(self, reads: Reads, now: Callable[[], float] = time.time) -> None:
        self._reads = reads
        self._now = now
        self._lock = Lock()
        self._kept: dict[Key, bytes] = {}
        self._kept_bytes = 0
        self._states: dict[str, str] = {}

    def version(self, layer: Layer, given: Given) -> Version:
        """What an answer made now would show; another one once data or file have changed."""
        state = self._state(layer, given)
        with self._lock:
            if self._states.get(layer.id) != state:
                self._states[layer.id] = state
                self._drop(layer.id)
        taken = sorted((name, str(value)) for name, value in given.items() if value is not None)
        shown = repr((state, layer.model_dump_json(), taken))
        return Version(layer, given, hashlib.sha256(shown.encode()).hexdigest()[:20])

    def tile(self, version: Version, z: int, x: int, y: int) -> bytes:
        """One vector tile, compressed with gzip."""
        layer = version.layer
        require_tile(layer, z, x, y)
        west, south, east, north = tile_box(z, x, y)

        def make() -> bytes:
            box = {"west": west, "south": south, "east": east, "north": north, "zoom": z}
            return self._reads.tile(layer.query, layer.id, z, x, y, **box, **version.given)

        return self._remember((layer.id, version.tag, z, x, y), make)

    def features(
        self, version: Version, bbox: Bbox | None, write: Callable[[dict[str, Any]], bytes]
    ) -> bytes:
        """A FeatureCollection as `write` puts it down, compressed with gzip."""

        def make() -> bytes:
            return write(layer_features(self._reads, version.layer, bbox, version.given))

        return self._remember((version.layer.id, version.tag, bbox), make)

    def _state(self, layer: Layer, given: Given) -> str:
        if layer.state is not None:
            return str(self._reads.value(layer.state, **_only_upload(given)) or "empty")
        good_s = {"live": LIVE_S, "once": ONCE_S}.get(str(layer.refresh)) or int(layer.refresh)
        return f"{int(self._now() // good_s)}"

    def _remember(self, key: Key, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            body = self._kept.pop(key, None)
            if body is not None:
                self._kept[key] = body  # asked for last, forgotten last
                return body
        # mtime=0: the same answer is the same bytes.
        body = gzip.compress(make(), COMPRESSION, mtime=0)
        with self._lock:
            self._kept_bytes += len(body) - len(self._kept.pop(key, b""))
            self._kept[key] = body
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                self._kept_bytes -= len(self._kept.pop(next(iter(self._kept))))
        return body

    def _drop(self, layer_id: str) -> None:
        for key in [key for key in self._kept if key[0] == layer_id]:
            self._kept_bytes -= len(self._kept.pop(key))


def require_tile(layer: Layer, z: int, x: int, y: int) -> None:
    """Refuse a tile of a layer without any, and one outside the world or the layer's zooms."""
    if layer.served != "tiles":
        raise NotInTiles(id=layer.id)
    require_within(z, x, y, max(0, layer.zoom[0] - 1), min(NEAREST, layer.zoom[1]))


def _only_upload(given: Given) -> Given:
    return {name: value for name, value in given.items() if name == "upload"}
