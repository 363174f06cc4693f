"""The whole platform in a temporary home, as `script/server` runs it, for benches to ask."""

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from gis_dispatch import wiring
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.running import cluster, home, migrating, ports, processes
from gis_dispatch.running.progress import Progress
from gis_dispatch.running.road_sources import load_roads, of_file
from gis_dispatch.running.starting import first_start
from gis_dispatch.running.supervisor import Supervisor
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.settings import Settings

Place = tuple[float, float]
NOWHERE = "http://127.0.0.1:9/api"  # nobody listens there: the first start takes the sample city

SETTLES_WITHIN_S, IDLE_S, IDLE_SHARE = 90.0, 3.0, 0.2

# Junctions in an order of their own, so that every run asks the same questions.
SOME_JUNCTIONS = """
SELECT ST_X(j.point), ST_Y(j.point) FROM road_junctions AS j
JOIN road_networks AS n ON n.version = j.version AND n.current
ORDER BY md5(j.id::text || %s) LIMIT %s
"""
ALL_AWAY = "UPDATE units SET active = false"
UNIT = """
INSERT INTO units (call_sign, agency_code, type_code)
SELECT 'Bench ' || %(number)s, agency_code, type_code FROM units
WHERE sample ORDER BY id OFFSET %(number)s %% (SELECT count(*) FROM units WHERE sample) LIMIT 1
RETURNING id
"""
CREW = """
INSERT INTO crew_members (agency_code, unit_id, name, duty_role)
SELECT agency_code, id, %(name)s, 'petugas' FROM units WHERE id = %(unit)s
"""
EQUIPMENT = "INSERT INTO equipment (unit_id, name, quantity) VALUES (%s, %s, 2)"
POSITION = """
INSERT INTO unit_positions (unit_id, recorded_at, received_at, point, speed_kph, heading_deg, source)
VALUES (%s, now(), now(), ST_SetSRID(ST_MakePoint(%s, %s), 4326), 30, %s, 'simulator')
"""  # noqa: E501


@dataclass(frozen=True)
class Running:
    """A running platform, and where incidents may be."""

    settings: Settings
    people: tuple[SignIn, ...]
    supervisor: Supervisor
    places: list[Place]
    units: int
    start_s: float
    """From the start of the web server to its first answer."""
    url: str
    """Of its database."""

    def person(self, role: str) -> SignIn:
        """Somebody of this role."""
        return next(one for one in self.people if one.role == role)

    def settle(self) -> None:
        """Wait until the worker has loaded its roads and done what it does first, and idles."""
        worker = self.supervisor.children[1].process
        idle_since = give_up = time.monotonic() + SETTLES_WITHIN_S
        while worker is not None and time.monotonic() < min(idle_since + IDLE_S, give_up):
            used_s = cpu_s([worker.pid])
            time.sleep(1.0)
            busy = cpu_s([worker.pid]) - used_s > IDLE_SHARE
            idle_since = give_up if busy else min(idle_since, time.monotonic())

    def web_workers(self) -> list[int]:
        """The process ids of the web server's workers."""
        web = self.supervisor.children[0].process
        return [] if web is None else [pid for pid in _below(web.pid) if not _children(pid)]


@contextmanager
def platform(file: Path | None, units: int | None, workers: int, places: int) -> Iterator[Running]:
    """Database, roads, units, web server and worker, until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="gis-dispatch-bench-"))
    folder.chmod(0o755)  # run by root, the database's own user has to get in
    settings = Settings(
        home=folder / "home", database_url=None, port=_free_port(), workers=workers,
        overpass_url=NOWHERE, nominatim_url=NOWHERE, simulate="off",
    )  # fmt: skip
    os.environ["GIS_DISPATCH_WORKERS"] = str(workers)  # children read their own settings
    try:
        home.ensure(settings.home)
        with cluster.running(settings) as url:
            migrating.migrate(url)
            progress = Progress(sys.stderr)
            people = first_start(settings, url, progress).sign_ins
            if file is not None:
                with wiring.open_house(settings, url) as house:
                    load_roads(house, SYSTEM_ACTOR, of_file(file, None), _silently)
            made, incidents = _furnish(url, units, places)
            supervisor = Supervisor(progress.say)
            try:
                web = processes.web(settings, url)
                began = time.perf_counter()
                supervisor.add(web)
                if not ports.wait_for_answer(settings, web.alive):
                    raise RuntimeError(f"The web server did not start: {web.log.read_text()}")
                start_s = time.perf_counter() - began
                supervisor.add(processes.worker(settings, url))
                yield Running(settings, people, supervisor, incidents, made, start_s, url)
            finally:
                supervisor.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _silently(_share: float, _sentence: str) -> None:
    """An import has nobody to tell."""


def _furnish(url: str, units: int | None, places: int) -> tuple[int, list[Place]]:
    """The units asked for, on the road and just seen, instead of the sample city's at stations."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(SOME_JUNCTIONS, ("incidents", places))
        incidents = [(float(lon) + 2e-4, float(lat)) for lon, lat in cursor.fetchall()]
        if units is None:
            cursor.execute("SELECT count(*) FROM units WHERE active")
            return int(cursor.fetchone()[0]), incidents  # type: ignore[index] # count() answers
        cursor.execute(ALL_AWAY)
        cursor.execute(SOME_JUNCTIONS, ("units", units))
        for number, (lon, lat) in enumerate(cursor.fetchall()):
            cursor.execute(UNIT, {"number": number})
            unit = cursor.fetchone()[0]  # type: ignore[index] # RETURNING answers
            for name in ("Andi", "Budi", "Cinta"):
                cursor.execute(CREW, {"unit": unit, "name": name})
            for name in ("Selang", "Nozel", "Tangga", "APAR"):
                cursor.execute(EQUIPMENT, (unit, name))
            cursor.execute(POSITION, (unit, lon, lat, number * 37 % 360))
        cursor.execute("ANALYZE")
    return units, incidents


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except FileNotFoundError:
        return []


def _below(pid: int) -> list[int]:
    found = _children(pid)
    return found + [deeper for child in found for deeper in _below(child)]


def memory_mb(pid: int) -> dict[str, float]:
    """What a process holds: resident, its fair share of it, and what is its own alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kb = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    own = kb["Private_Clean"] + kb["Private_Dirty"]
    return {
        "rss_mb": round(kb["Rss"] / 1024, 1),
        "pss_mb": round(kb["Pss"] / 1024, 1),
        "own_mb": round(own / 1024, 1),
    }


def cpu_s(pids: list[int]) -> float:
    """Seconds these processes have kept a core busy; says more than a clock on a busy machine."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def processes_of(running: Running) -> list[dict[str, object]]:
    """Every process of the platform but the database's, with its memory."""
    workers = running.web_workers()
    told: list[dict[str, object]] = []
    for child in running.supervisor.children:
        if child.process is None:
            continue
        for pid in [child.process.pid, *_below(child.process.pid)]:
            name = "web worker process" if pid in workers else child.name
            told.append({"process": name, "pid": pid, **memory_mb(pid)})
    return told


def serving_pid(port: int, client_port: int, among: list[int]) -> int | None:
    """Which process holds the server's end of a connection."""
    ends = f":{port:04X}", f":{client_port:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(ends[0]) and fields[2].endswith(ends[1]):
            wanted = f"socket:[{fields[9]}]"
            return next((pid for pid in among if wanted in _links(pid)), None)
    return None


def _links(pid: int) -> set[str]:
    folder = f"/proc/{pid}/fd"
    links = set()
    for name in os.listdir(folder):  # noqa: PTH208 - a thousand paths a look
        try:
            links.add(os.readlink(f"{folder}/{name}"))  # noqa: PTH115
        except FileNotFoundError:
            continue
    return links
