"""What benches of positions stand on: the platform with its phones, and its own database."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg2

from bench.ranking_server import Running, cpu_s
from gis_dispatch.running import cluster
from gis_dispatch.running.postmaster import Postmaster

PHONES = UNITS = 2000


@dataclass(frozen=True)
class Ground:
    """The running platform and its database."""

    running: Running
    postmaster: Postmaster

    def busy(self) -> dict[str, float]:
        """Seconds that the web workers and PostgreSQL have kept a core busy."""
        top = int((self.postmaster.place.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{top}/task/{top}/children").read_text().split()
        return {
            "web_cpu_s": cpu_s(self.running.web_workers()),
            "postgres_cpu_s": cpu_s([top, *map(int, children)]),
        }

    def ask(self, question: str) -> int:
        with psycopg2.connect(self.url()) as connection, connection.cursor() as cursor:
            cursor.execute(question)
            (answer,) = cursor.fetchone() or (0,)
        connection.close()
        return int(answer)

    def url(self) -> str:
        return cluster.address(self.postmaster.socket_folder())

    def kept(self) -> int:
        return self.ask("SELECT count(*) FROM positions")


def connect(ground: Ground) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", ground.running.settings.port, timeout=30)


def together(works: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
