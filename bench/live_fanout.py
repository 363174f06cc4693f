"""From a commit to every console: 500 streams of the real server, and whether any event is lost."""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psycopg2

from bench.live_clients import opened
from bench.ranking_server import Running, cpu_s, platform
from bench.saying import Teller, percentiles
from gis_dispatch import wiring
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.ports import House
from gis_dispatch.running import cluster
from gis_dispatch.services.manage_tokens import create_token
from gis_dispatch.services.take_call import take_call

CONSOLES, WORKERS, RATE, SECONDS = 500, 2, 10, 30
UNITS = 2000
MOVING_EVERY_S = 5.0
LIMITS = {"event": 100, "position": 500}
MOVE = """
UPDATE unit_positions
SET point = ST_SetSRID(ST_MakePoint(ST_X(point) + 1e-5, ST_Y(point)), 4326),
    recorded_at = clock_timestamp(), received_at = clock_timestamp()
WHERE unit_id %% %(parts)s = %(part)s AND unit_id <> %(marked)s
"""
MARK = """
UPDATE unit_positions
SET accuracy_m = %s, recorded_at = clock_timestamp(), received_at = clock_timestamp()
WHERE unit_id = %s
"""
ENTERED = "SELECT id, extract(epoch FROM entered_at) FROM events WHERE id > %s AND id <= %s"


def measure(teller: Teller) -> None:
    """Consoles that follow, the limit beside them, and a new one among dead ones."""
    with platform(None, UNITS, WORKERS, 10) as running, _house(running) as (house, url):
        _number, token = create_token(house, SYSTEM_ACTOR, label="bench", role="operator")
        size = _follow(teller, running, house, url, token)
        _limit(teller, size)
        _among_the_dead(teller, running, house, token)


@contextmanager
def _house(running: Running) -> Iterator[tuple[House, str]]:
    with (
        cluster.running(running.settings) as url,
        wiring.open_house(running.settings, url) as house,
    ):
        yield house, url


@contextmanager
def _clients(port: int, unit: int, token: str, file: Path) -> Iterator[None]:
    arguments = [str(port), str(CONSOLES), str(unit), str(file), token]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.live_clients", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout
    try:
        if process.stdout.readline() != "open\n":
            raise RuntimeError("the consoles could not open their streams")
        yield
        process.stdin.close()
        if process.wait(60) != 0:
            raise RuntimeError("a console lost its stream")
    finally:
        process.kill()
        process.wait()


def _every(each_s: float, seconds: float, act: Callable[[int], None]) -> None:
    began = time.monotonic()
    for number in range(int(seconds / each_s)):
        time.sleep(max(0, began + number * each_s - time.monotonic()))
        act(number)


def _follow(teller: Teller, running: Running, house: House, url: str, token: str) -> int:
    """How large an event is, in bytes."""
    marked_at: dict[int, float] = {}
    workers = running.web_workers()
    with tempfile.TemporaryDirectory() as folder, closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(
            "SELECT min(unit_id) FROM unit_positions JOIN units ON id = unit_id AND active"
        )
        [marked] = cursor.fetchone() or [0]
        file = Path(folder) / "heard.npz"
        with _clients(running.settings.port, marked, token, file):
            running.settle()
            first = int(house.store.reads.value("newest_event_id"))
            busy_s, began = cpu_s(workers), time.monotonic()

            def act(number: int) -> None:
                take_call(house, SYSTEM_ACTOR, caller_number="0812")
                parts = int(MOVING_EVERY_S * RATE)
                part = {"parts": parts, "part": number % parts, "marked": marked}
                cursor.execute(MOVE, part)
                if number % 5 == 0:
                    marked_at[number] = time.time()
                    cursor.execute(MARK, (number, marked))

            _every(1 / RATE, SECONDS, act)
            used = (cpu_s(workers) - busy_s) / (time.monotonic() - began)
            time.sleep(3)
        last = int(house.store.reads.value("newest_event_id"))
        cursor.execute(ENTERED, (first, last))
        entered = {int(id): float(at) for id, at in cursor.fetchall()}
        heard = np.load(file)
    _tell_events(teller, entered, heard["events"], round(used, 2))
    _tell_moves(teller, marked_at, heard["moves"])
    [event] = house.store.reads.all("list_new_events", after=last - 1, most=1)
    return len(str(event))


def _tell_events(teller: Teller, entered: dict[int, float], heard: Any, used: float) -> None:
    times = Counter((int(client), int(id)) for client, id, _at in heard if int(id) in entered)
    late_ms = [(at - entered[int(id)]) * 1000 for _client, id, at in heard if int(id) in entered]
    teller.say(
        bench="fanout", measure="event committed → on every console", consoles=CONSOLES,
        events=len(entered), a_second=round(len(entered) / SECONDS, 1), **percentiles(late_ms),
        most_ms=round(max(late_ms), 1), limit_p99_ms=LIMITS["event"],
        lost=CONSOLES * len(entered) - len(times), double=sum(n - 1 for n in times.values()),
        cores_used_by_web_workers=used,
    )  # fmt: skip


def _tell_moves(teller: Teller, marked_at: dict[int, float], heard: Any) -> None:
    first: dict[tuple[int, int], float] = {}
    for client, mark, at in heard:
        first.setdefault((int(client), int(mark)), at)
    late_ms = [(at - marked_at[m]) * 1000 for (_c, m), at in first.items() if m in marked_at]
    teller.say(
        bench="fanout", measure="position written → on every console", consoles=CONSOLES,
        units=UNITS, positions_a_second=round(UNITS / MOVING_EVERY_S), **percentiles(late_ms),
        most_ms=round(max(late_ms), 1), limit_p99_ms=LIMITS["position"],
        not_shown=CONSOLES * len(marked_at) - len(late_ms),
    )  # fmt: skip


def _limit(teller: Teller, size: int) -> None:
    """The same bytes, as often, from a loop that does nothing else; one process."""
    seconds = 10
    port = opened_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.live_bare", *map(str, (port, CONSOLES, size, RATE, seconds))],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    written: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        process.stdout.readline()
        file = Path(folder) / "heard.npz"
        with _clients(port, 0, "none", file):
            for line in process.stdout:
                number, at = line.split()
                written[int(number)] = float(at)
                if int(number) == RATE * seconds:
                    break
            time.sleep(0.5)
        heard = np.load(file)["events"]
    process.kill()
    late_ms = [(at - written[int(number)]) * 1000 for _client, number, at in heard]
    teller.say(
        bench="fanout", measure="the limit: a bare gevent loop, the same bytes",
        consoles=CONSOLES, **percentiles(late_ms), most_ms=round(max(late_ms), 1),
    )  # fmt: skip


def opened_port() -> int:
    """A port nobody uses."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _among_the_dead(teller: Teller, running: Running, house: House, token: str) -> None:
    """Consoles that never read, as many as there are living ones; then a new one comes."""
    port = running.settings.port
    dead = [opened(port, token) for _ in range(CONSOLES)]
    time.sleep(5)
    began = time.monotonic()
    new = opened(port, token)
    said = b""
    while b"event: beat" not in said:
        said += new.recv(1 << 20)
    opened_ms = (time.monotonic() - began) * 1000
    began = time.monotonic()
    take_call(house, SYSTEM_ACTOR, caller_number="0812")
    while b"call.received" not in said:
        said += new.recv(1 << 20)
    teller.say(
        bench="fanout", measure="a new console among dead ones", dead=len(dead),
        opened_ms=round(opened_ms, 1), event_ms=round((time.monotonic() - began) * 1000, 1),
    )  # fmt: skip
    for one in [*dead, new]:
        one.close()
