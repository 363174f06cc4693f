"""pgRouting: the same search graph as a table of a throw-away cluster, asked in SQL."""

import io
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import psycopg2

from bench.our_engine import Floats, Ints, Search
from bench.road_peers import Peer
from gis_dispatch.running import cluster

SEARCH = """
    SELECT start_vid, end_vid, agg_cost FROM pgr_dijkstraCost(
        'SELECT id, head AS source, tail AS target, cost FROM arcs', %s, %s, directed := true)
"""


class PgroutingMissing(Exception):
    """The extension is not installed beside PostgreSQL."""


class PgroutingPeer(Peer):
    """One call for all units: from the incident's seeds over the arcs turned round."""

    name = "pgRouting"
    how = "pgr_dijkstraCost from the incident's seeds to the units' nodes, reversed arcs"

    def __init__(self, search: Search) -> None:
        self._running = ExitStack()
        try:
            postmaster = self._running.enter_context(cluster.throw_away())
            address = cluster.address(postmaster.socket_folder(), cluster.SUPERUSER, "postgres")
            self._connection = psycopg2.connect(address)
            self._running.callback(self._connection.close)
            self._connection.autocommit = True
            self._cursor = self._connection.cursor()
            self._fill(search)
        except BaseException:
            self._running.close()
            raise

    def _fill(self, search: Search) -> None:
        self._cursor.execute(
            "SELECT count(*) FROM pg_available_extensions WHERE name = 'pgrouting'"
        )
        if self._one() == 0:
            major = self._connection.server_version // 10000
            package = f"postgresql-{major}-pgrouting"
            raise PgroutingMissing(f"not installed here; apt-get install {package}")
        self._cursor.execute("CREATE EXTENSION pgrouting CASCADE")
        self._cursor.execute(
            "CREATE TABLE arcs (id bigint, head bigint, tail bigint, cost double precision)"
        )
        rows = zip(
            range(len(search.tail)), search.head.tolist(), search.tail.tolist(),
            _costs(search.time_s), strict=True,
        )  # fmt: skip
        text = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
        self._cursor.copy_expert("COPY arcs FROM STDIN", text)
        self._cursor.execute("ALTER TABLE arcs ADD PRIMARY KEY (id)")
        self._cursor.execute("VACUUM ANALYZE arcs")

    def _one(self) -> int:
        row = self._cursor.fetchone()
        return int(row[0]) if row else 0

    def seconds(self, seeds: list[tuple[int, float]], nodes: Ints) -> Floats:
        """One statement."""
        ends = np.unique(nodes).tolist()
        self._cursor.execute(SEARCH, ([node for node, _ in seeds], ends))
        cost_of: dict[int, float] = {}
        for node, cost in seeds:
            cost_of[node] = min(cost, cost_of.get(node, np.inf))
        found = {node: cost for node, cost in cost_of.items() if node in set(ends)}
        for seed, node, cost in self._cursor.fetchall():
            found[node] = min(found.get(node, np.inf), cost + cost_of[seed])
        return np.array([found.get(node, np.inf) for node in nodes.tolist()])

    def put(self, arcs: Ints, search: Search) -> None:
        """An UPDATE, committed."""
        self._cursor.execute(
            "UPDATE arcs SET cost = now.cost FROM unnest(%s, %s) AS now(id, cost)"
            " WHERE arcs.id = now.id",
            (arcs.tolist(), _costs(search.time_s[arcs])),
        )

    def memory_mb(self) -> float:
        """The most that the server process of our connection has held."""
        status = Path(f"/proc/{self._connection.info.backend_pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def stop(self) -> None:
        """Throw the cluster away."""
        self._running.close()


def _costs(time_s: Floats) -> list[float]:
    """A negative cost is how pgRouting says that an arc cannot be driven."""
    return np.where(np.isfinite(time_s), time_s, -1.0).tolist()
