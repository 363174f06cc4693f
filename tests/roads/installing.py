"""A store with the roads on it, into which tests import networks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.ports import House
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.services.import_roads import import_roads
from gis_dispatch.store import PostgresStore, open_store
from gis_dispatch.store.networks import PostgresNetworks
from gis_dispatch.store.postgres import SystemClock
from tests.whose import ISSUER, ZONE

ADMIN = Actor(None, "test", "administrator", source="import")


@dataclass
class Installation:
    """A store, its networks and the roads on them."""

    store: PostgresStore
    networks: PostgresNetworks
    roads: GraphRoads

    def take_in(self, source: Any, progress: Any = lambda *_: None) -> Survey:
        house = House(
            self.store,
            self.roads,
            cast(Any, None),
            SystemClock(),
            cast(Any, None),
            (),
            ZONE,
            ISSUER,
        )
        return import_roads(
            house, ADMIN, source, networks=self.networks, engine=self.roads, progress=progress
        )

    def count(self, table: str) -> int:
        with self.store.engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    def last_import(self) -> Any:
        """What the record says of the last import."""
        with self.store.engine.connect() as connection:
            return connection.exec_driver_sql(
                "SELECT data FROM events WHERE kind = 'roads.imported' ORDER BY id DESC LIMIT 1"
            ).scalar_one()


@contextmanager
def installed(database_url: str, home: Path) -> Iterator[Installation]:
    store = open_store(database_url)
    networks = PostgresNetworks(store)
    yield Installation(store, networks, open_roads(home, networks))
    store.close()
