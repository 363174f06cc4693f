"""What was acknowledged is there: also when a process is killed in the middle of it."""

import os
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psycopg2

from bench.ingest_ground import UNITS, Ground, connect, together
from bench.saying import Teller
from gis_dispatch.running.postmaster import Postmaster
from gis_dispatch.services.passwords import hash_token


def measure(teller: Teller, ground: Ground) -> None:
    """Kill a web worker, then PostgreSQL, while phones report."""
    _killed(teller, ground, "a web worker", lambda: os.kill(ground.running.web_workers()[0], 9))
    _killed(teller, ground, "PostgreSQL", lambda: _kill_database(ground.postmaster))


def _killed(teller: Teller, ground: Ground, what: str, kill: Callable[[], None]) -> None:
    """Kill something with -9 while phones report; whatever was acknowledged has to be there."""
    acknowledged: list[tuple[str, int]] = []
    failed: list[str] = []
    stop = threading.Event()
    begin_ms = int(time.time() * 1000)

    def report(phone: int) -> None:
        moment = begin_ms
        connection = connect(ground)
        while not stop.wait(0.11):  # a phone that reports more often is slowed down
            moment += 10
            form = {"id": f"bench-{phone}", "timestamp": moment, "lat": 0.9, "lon": 108.98}
            try:
                connection.request("POST", "/phones/osmand?" + urlencode(form))
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    acknowledged.append((f"bench-{phone}", moment))
                else:
                    failed.append(str(answer.status))
            except (HTTPException, OSError) as error:
                failed.append(type(error).__name__)
                connection.close()
                time.sleep(0.05)

    def interrupt() -> None:
        time.sleep(3)
        kill()
        time.sleep(5)
        stop.set()

    # Every second unit, so that no two phones speak for one.
    reporters = [lambda phone=phone: report(phone) for phone in range(0, UNITS, UNITS // 50)]
    together([interrupt, *reporters])
    with psycopg2.connect(ground.url()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT device.token_hash, (extract(epoch FROM recorded_at) * 1000)::bigint"
            " FROM positions JOIN devices AS device ON device.id = positions.device_id"
            " WHERE recorded_at >= to_timestamp(%s)",
            (begin_ms / 1000,),
        )
        there = set(cursor.fetchall())
    connection.close()
    lost = [one for one in acknowledged if (hash_token(one[0]), one[1]) not in there]
    teller.say(
        measure=f"kill -9 of {what}", acknowledged=len(acknowledged), lost=len(lost),
        not_acknowledged=len(failed),
    )  # fmt: skip


def _kill_database(postmaster: Postmaster) -> None:
    """As a power cut would end it: every process of the server at once, then up again."""
    pid = int((postmaster.place.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for one in [pid, *map(int, children)]:
        os.kill(one, 9)
    while postmaster.is_running():
        time.sleep(0.02)
    postmaster.start()
