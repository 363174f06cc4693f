"""Tiles of a layer with a million incidents, each made anew, at every zoom.

Beside each zoom stands its limit, measured in the same run: the incidents of the same tiles put
into a tile by one bare ST_AsMVT, with nothing joined, counted or decided.
"""

import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import psycopg2

from bench.saying import Teller
from gis_dispatch.domain.people import Actor
from gis_dispatch.maps.catalogue import viewing
from gis_dispatch.maps.layer_shelf import LayerShelf
from gis_dispatch.maps.layers import Layer, list_layers
from gis_dispatch.running import cluster
from gis_dispatch.running.migrating import migrate
from gis_dispatch.services.count_incidents import count_incidents
from gis_dispatch.store.postgres import SystemClock, open_store

INCIDENTS = 1_000_000
OPEN = 500
YEARS = 5
TILES = 40
ZOOMS = range(20)
BARE_UP_TO = 50_000
"""The limit is not measured where one tile would hold more: nobody would wait for it."""
CENTRE = (108.987, 0.906)
PLANNER = Actor(None, "bench", "planner")

# A city: a dense middle, a belt along one road, and the rest of the land.
SPREAD = """
INSERT INTO incidents (
    number, kind_code, priority, status, received_at, point, method, verified_at, outcome, summary,
    resolved_at, closed_at
)
SELECT
    'B' || n, 'kebakaran', 1 + n % 4, 'closed', at, place, 'pin', at, 'resolved', 'Selesai', at, at
FROM (
    SELECT
        n,
        now() - interval '1 day' - (1 - n::float8 / {many}) * interval '{years} years' AS at,
        ST_SetSRID(ST_MakePoint(
            {lon} + CASE n % 10
                WHEN 0 THEN 0.3 * (random() - 0.5)
                WHEN 1 THEN 0.2 * (random() - 0.5)
                ELSE 0.02 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())
            END,
            {lat} + CASE n % 10
                WHEN 0 THEN 0.3 * (random() - 0.5)
                WHEN 1 THEN 0.004 * (random() - 0.5)
                ELSE 0.02 * sqrt(-2 * ln(1 - random())) * sin(2 * pi() * random())
            END
        ), 4326) AS place
    FROM generate_series(1, {many}) AS n
) AS made
"""
OPEN_AGAIN = """
UPDATE incidents SET status = 'verified', received_at = now() - random() * interval '3 hours',
    closed_at = NULL, resolved_at = NULL, verified_at = now()
WHERE id IN (SELECT id FROM incidents ORDER BY id DESC LIMIT {many})
"""
KIND = """
INSERT INTO kinds (code, name_id, name_en, icon, default_priority)
VALUES ('kebakaran', 'Kebakaran', 'Fire', 'fire', 2)
"""
SOME_PLACES = "SELECT ST_X(point), ST_Y(point) FROM incidents ORDER BY md5(id::text) LIMIT %s"
BARE = """
SELECT ST_AsMVT(drawn, 'incidents', 4096, 'geometry'), count(*) FROM (
    SELECT id, priority, ST_AsMVTGeom(
        ST_Transform(point, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 256, true
    ) AS geometry
    FROM incidents
    WHERE point && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4326)
) AS drawn
"""
HOW_MANY = """
SELECT count(*) FROM incidents WHERE point && ST_Transform(ST_TileEnvelope(%s, %s, %s), 4326)
"""
"""What a tile would hold, asked for the first tile of a zoom."""


def measure(teller: Teller) -> None:
    """One line per zoom, then what else is drawn from the same table."""
    with cluster.throw_away() as postmaster:
        url = cluster.make_database(postmaster, "bench_tiles")
        migrate(url)
        store = open_store(url, pool_size=2)
        with closing(psycopg2.connect(url)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            _fill(cursor)
            began = time.perf_counter()
            count_incidents(store)
            teller.say(
                measure="first counting of the past", incidents=INCIDENTS,
                seconds=round(time.perf_counter() - began, 1),
            )  # fmt: skip
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(SOME_PLACES, (TILES,))
            places = [(float(lon), float(lat)) for lon, lat in cursor.fetchall()]
            now = SystemClock().now()
            history = _layer("incident_history")
            took_ms, _sizes = _timed(
                lambda _: str(store.reads.value("newest_event_id")).encode(), range(100)
            )
            teller.say(measure="a question of one number", **_percentiles(took_ms))
            for z in ZOOMS:
                tiles = [_around(z, *place) for place in places]
                if z < 5:
                    tiles = tiles[:20]

                def ours(tile: tuple[int, int, int], layer: Layer = history) -> bytes:
                    # A shelf of its own for every tile: nothing is remembered.
                    shelf = LayerShelf(store.reads)
                    return shelf.tile(shelf.version(layer, viewing(layer, PLANNER, now)), *tile)

                took_ms, sizes = _timed(ours, tiles)
                teller.say(
                    measure="tile of incident_history, not kept", zoom=z, tiles=len(tiles),
                    kb=round(float(np.mean(sizes)) / 1024, 1), **_percentiles(took_ms),
                    **_limit(cursor, tiles),
                )  # fmt: skip
            _others(teller, store.reads, now)
        store.close()


def _fill(cursor: Any) -> None:
    cursor.execute(KIND)
    cursor.execute("ALTER TABLE incidents DISABLE TRIGGER USER")
    cursor.execute("SELECT setseed(0.112)")
    lon, lat = CENTRE
    cursor.execute(SPREAD.format(years=YEARS, lon=lon, lat=lat, many=INCIDENTS))
    cursor.execute(OPEN_AGAIN.format(many=OPEN))
    cursor.execute("ALTER TABLE incidents ENABLE TRIGGER USER")
    cursor.execute("ANALYZE incidents")


def _limit(cursor: Any, tiles: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    cursor.execute(HOW_MANY, tiles[0])
    if cursor.fetchone()[0] > BARE_UP_TO:
        return {"bare_rows": f"more than {BARE_UP_TO}"}

    def bare(tile: tuple[int, int, int]) -> bytes:
        cursor.execute(BARE, dict(zip("zxy", tile, strict=True)))
        return bytes(cursor.fetchone()[0])

    took_ms, _sizes = _timed(bare, tiles)
    told = _percentiles(took_ms)
    return {"bare_p50_ms": told["p50_ms"], "bare_p95_ms": told["p95_ms"]}


def _others(teller: Teller, reads: Any, now: Any) -> None:
    for id, role in (("incidents", "operator"), ("heat", "planner")):
        layer = _layer(id)

        def whole(_question: int, layer: Layer = layer, role: str = role) -> bytes:
            shelf = LayerShelf(reads)
            version = shelf.version(layer, viewing(layer, Actor(None, "bench", role), now))
            return shelf.features(version, None, lambda answer: repr(answer).encode())

        took_ms, sizes = _timed(whole, range(10))
        teller.say(
            measure=f"layer {id}, everything, not kept", incidents=INCIDENTS, times=10,
            kb=round(float(np.mean(sizes)) / 1024, 1), **_percentiles(took_ms),
        )  # fmt: skip


def _layer(id: str) -> Layer:
    return next(layer for layer in list_layers() if layer.id == id)


def _around(z: int, lon: float, lat: float) -> tuple[int, int, int]:
    side = 2**z
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * side
    return z, int((lon + 180) / 360 * side), int(y)


def _timed(ask: Callable[[Any], bytes], questions: Sequence[Any]) -> tuple[list[float], list[int]]:
    """(milliseconds each, bytes each), in a shuffled order after one that warms the connection."""
    order = list(questions)
    random.Random(112).shuffle(order)
    ask(order[0])
    took_ms, sizes = [], []
    for question in order:
        began = time.perf_counter()
        answer = ask(question)
        took_ms.append((time.perf_counter() - began) * 1000)
        sizes.append(len(answer))
    return took_ms, sizes


def _percentiles(took_ms: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(took_ms, [50, 95])
    return {"p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}
