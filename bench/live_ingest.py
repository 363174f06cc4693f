"""Positions in: one by one, in batches, beside what PostgreSQL itself can do; and nothing lost."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import orjson
import psycopg2

from bench import ingest_killed
from bench.ingest_ground import PHONES, UNITS, Ground, connect, together
from bench.ranking_server import platform
from bench.saying import Teller, percentiles
from gis_dispatch.running import places
from gis_dispatch.running.postmaster import Postmaster

SECONDS = 15
CONNECTIONS = 128
BATCH = 1000
REQUESTS = 300
ROW_BY_ROW = 2000
SCRIPT = Path(__file__).parent / "phones.lua"

DEVICES = """
INSERT INTO devices (label, unit_id, token_hash)
SELECT 'bench', unit.id, encode(sha256(('bench-' || number)::bytea), 'hex')
FROM generate_series(0, %s - 1) AS number
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM units WHERE active) AS unit
    ON unit.place = number %% (SELECT count(*) FROM units WHERE active)
"""
COLUMNS = """(unit_id, device_id, recorded_at, received_at, point, accuracy_m, speed_kph,
    heading_deg, battery_percent, source)"""
SAME = "positions_of_bench"
LIKE = f"""
CREATE TABLE {SAME} (LIKE positions INCLUDING ALL) PARTITION BY RANGE (recorded_at);
CREATE TABLE {SAME}_all PARTITION OF {SAME} DEFAULT
"""
INSERT = f"""
INSERT INTO {SAME} {COLUMNS} VALUES
    (%s, %s, %s, %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s, %s, %s, %s, %s)
"""


def measure(teller: Teller) -> None:
    """Everything, on one platform with durable settings and two web workers."""
    with platform(None, UNITS, 2, 1) as running:
        ground = Ground(running, Postmaster.of(places.of_home(running.settings.home)))
        with psycopg2.connect(ground.url()) as connection, connection.cursor() as cursor:
            cursor.execute(DEVICES, (PHONES,))
            cursor.execute("ANALYZE")
        connection.close()
        _singles(teller, ground)
        _batches(teller, ground)
        _limits(teller, ground)
        ingest_killed.measure(teller, ground)


def _singles(teller: Teller, ground: Ground) -> None:
    """One request a position, by wrk on the same machine."""
    wrk = shutil.which("wrk")
    if wrk is None:
        teller.say(measure="single positions", skipped="wrk is not installed: apt-get install wrk")
        return
    for seconds, told in ((3, False), (SECONDS, True)):
        before, began = ground.kept(), time.time()
        busy = ground.busy()
        done = subprocess.run(
            [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(SCRIPT),
             ground.running.settings.address],
            env={
                **os.environ, "GIS_DISPATCH_PHONES": str(PHONES),
                "GIS_DISPATCH_BEGIN_MS": str(int(began * 1000) - 30_000),
            },
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        if told:
            said = dict(_of_wrk(done))
            rows = ground.kept() - before
            teller.say(
                measure="single positions", phones=PHONES, connections=CONNECTIONS,
                requests_per_s=round(float(said["Requests/sec:"])), p50=said["50%"],
                p99=said["99%"], errors=int(said.get("Non-2xx", "0")) + _broken(done),
                acknowledged=int(said["requests"]), rows=rows,
                lost=max(0, int(said["requests"]) - int(said.get("Non-2xx", "0")) - rows),
                **_since(busy, ground), seconds=seconds,
            )  # fmt: skip


def _since(before: dict[str, float], ground: Ground) -> dict[str, float]:
    return {name: round(now - before[name], 1) for name, now in ground.busy().items()}


def _of_wrk(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 and (words[0].endswith("%") or words[0] == "Requests/sec:"):
            found.append((words[0], words[1]))
        elif "requests in" in line:
            found.append(("requests", words[0]))
        elif "Non-2xx" in line:
            found.append(("Non-2xx", words[-1]))
    return found


def _broken(text: str) -> int:
    line = next((line for line in text.splitlines() if "Socket errors" in line), "")
    return sum(int(word.rstrip(",")) for word in line.split() if word.rstrip(",").isdigit())


Point = tuple[int, int]
"""A phone by its number, and a moment in milliseconds."""

SHAPES = {
    # A gateway that passes on what many phones have just said.
    "gateway": lambda number, place, now_ms: (
        (number * BATCH + place) % PHONES, now_ms + number * 10,
    ),
    # A phone that was out of reach, a point a second; no phone twice.
    "phone's buffer": lambda number, place, now_ms: (
        number % PHONES, now_ms - (BATCH - place) * 1000 - number // PHONES * BATCH * 1000,
    ),
}  # fmt: skip


def _bodies(shape: Callable[[int, int, int], Point], count: int, now_ms: int) -> list[bytes]:
    """Batches of points, each of a moment of its own; a unit drives on at 40 km/h."""
    return [
        orjson.dumps(
            [
                {
                    "id": f"bench-{phone}", "timestamp": at_ms, "lat": 0.9,
                    "lon": 108.98 + phone * 1e-5 + at_ms % 1_000_000 / 1000 * 1e-4, "speed": 21.5,
                    "bearing": 90.0, "altitude": 4.0, "accuracy": 5.0, "batt": 80,
                }
                for phone, at_ms in (shape(number, place, now_ms) for place in range(BATCH))
            ]
        )
        for number in range(count)
    ]  # fmt: skip


def _batches(teller: Teller, ground: Ground) -> None:
    """Many points a request, eight requests at a time."""
    for name, shape in SHAPES.items():
        _send_all(teller, ground, name, _bodies(shape, REQUESTS, int(time.time() * 1000)))


def _send_all(teller: Teller, ground: Ground, shape: str, bodies: list[bytes]) -> None:
    before, busy = ground.kept(), ground.busy()
    waiting, took_ms, errors = iter(bodies), [], []
    taking = threading.Lock()

    def send() -> None:
        connection = connect(ground)
        while True:
            with taking:
                body = next(waiting, None)
            if body is None:
                return
            began = time.perf_counter()
            connection.request("POST", "/phones/batch", body)
            answer = connection.getresponse()
            told = orjson.loads(answer.read())
            took_ms.append((time.perf_counter() - began) * 1000)
            if answer.status != 200 or told["refused"]:
                errors.append(told)

    began = time.perf_counter()
    together([send] * 8)
    took_s = time.perf_counter() - began
    rows = ground.kept() - before
    teller.say(
        measure="batches", shape=shape, points_per_request=BATCH,
        requests=len(bodies), errors=len(errors),
        positions_per_s=round(len(bodies) * BATCH / took_s), rows=rows,
        lost=len(bodies) * BATCH - rows, **percentiles(took_ms),
        **_since(busy, ground), seconds=round(took_s, 1),
    )  # fmt: skip


def _limits(teller: Teller, ground: Ground) -> None:
    """What PostgreSQL does with the same rows by itself, in a table of the same shape."""
    with psycopg2.connect(ground.url()) as connection, connection.cursor() as cursor:
        cursor.execute(LIKE)
        cursor.execute(
            "SELECT unit_id, device_id, recorded_at::text, received_at::text, point::text,"
            " accuracy_m, speed_kph, heading_deg, battery_percent, source,"
            " ST_X(point), ST_Y(point) FROM positions ORDER BY received_at DESC LIMIT 300000"
        )
        rows = cursor.fetchall()
    data = StringIO("".join("\t".join(map(str, row[:10])) + "\n" for row in rows))
    began = time.perf_counter()
    with connection, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {SAME} {COLUMNS} FROM STDIN", data)
    took_s = time.perf_counter() - began
    teller.say(measure="COPY, one connection", positions_per_s=round(len(rows) / took_s))
    with connection, connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {SAME}")
    took_ms = []
    for row in rows[:ROW_BY_ROW]:
        began = time.perf_counter()
        with connection, connection.cursor() as cursor:
            cursor.execute(INSERT, (*row[:4], row[10], row[11], *row[5:10]))
        took_ms.append((time.perf_counter() - began) * 1000)
    per_s = round(len(took_ms) / (sum(took_ms) / 1000))
    teller.say(measure="INSERT and commit, row by row", rows_per_s=per_s, **percentiles(took_ms))
    connection.close()
