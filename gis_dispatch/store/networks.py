"""Road networks in PostgreSQL: exchanged whole inside a transaction, read back as they were.

A network stays for as long as a recommendation was made on it: that can be worked out again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from psycopg2 import extensions
from sqlalchemy import Connection, delete, exists, insert, text, update

from gis_dispatch.domain.land import Land
from gis_dispatch.domain.network import NamedPoint, Network, NetworkHeader
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import Transaction
from gis_dispatch.store import network_rows as rows
from gis_dispatch.store import tables_roads as tables
from gis_dispatch.store.land_rows import write_land
from gis_dispatch.store.postgres import PostgresStore, PostgresTransaction
from gis_dispatch.store.tables_response import recommendations

PLACE_SOURCE = "roads"
"""Marks the names in the gazetteer that came with a network and leave with it."""


class PostgresNetworks:
    """The current network, and how it is exchanged."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def current_version(self) -> str | None:
        """The version in use, or None before the first import."""
        return cast("str | None", self._store.reads.value("current_road_version"))

    def read(self, version: str) -> tuple[NetworkHeader, Network]:
        """A network as it was imported."""
        header = self._store.reads.find("road_network_header", version=version)
        if header is None:
            raise RoadsNotLoaded
        junctions = self._store.reads.all("road_junctions_of", version=version)
        edges = self._store.reads.all("road_edges_of", version=version)
        bans = self._store.reads.all("road_turn_bans_of", version=version)
        return NetworkHeader(**header), rows.network_of(junctions, edges, bans)

    def replace(
        self, tx: Transaction, header: NetworkHeader, network: Network,
        names: Iterable[NamedPoint], at: datetime, land: Land,
    ) -> Sequence[str]:  # fmt: skip
        """Put a network in the place of the current one, and remove what nobody needs any more.

        Answers the versions removed. All of it is kept or undone with the transaction.
        """
        connection = cast(PostgresTransaction, tx).connection
        # Two imports at once would each delete what the other one wrote.
        connection.execute(text("LOCK TABLE road_networks IN SHARE ROW EXCLUSIVE MODE"))
        # The same roads imported again the same day have the same version: written anew.
        again = tables.road_networks.c.version == header.version
        connection.execute(delete(tables.road_networks).where(again))
        # Before the current one becomes an earlier one: some worker still answers on it for a few
        # seconds, and may keep a recommendation that says so. The next import looks at it again.
        removed = _prune(connection)
        connection.execute(update(tables.road_networks).values(current=False))
        connection.execute(delete(tables.places).where(tables.places.c.source == PLACE_SOURCE))
        connection.execute(
            insert(tables.road_networks).values(
                version=header.version,
                source=header.source,
                place=header.place,
                attribution=header.attribution,
                licence=header.licence,
                sample=header.sample,
                sha256=header.sha256,
                imported_at=at,
                junction_count=network.junction_count,
                edge_count=network.edge_count,
                current=True,
                land=dict(land.counts),
            )
        )
        raw = cast(extensions.connection, connection.connection.dbapi_connection)
        rows.write(raw, header.version, network, list(names), PLACE_SOURCE)
        write_land(raw, header.version, land)
        return removed

    def prune(self, tx: Transaction) -> Sequence[str]:
        """Remove earlier networks on which no kept recommendation was made; their versions."""
        connection = cast(PostgresTransaction, tx).connection
        connection.execute(text("LOCK TABLE road_networks IN SHARE ROW EXCLUSIVE MODE"))
        return _prune(connection)


def _prune(connection: Connection) -> Sequence[str]:
    networks = tables.road_networks
    needed = exists().where(recommendations.c.network_version == networks.c.version)
    unneeded = delete(networks).where(~networks.c.current, ~needed)
    return sorted(connection.execute(unneeded.returning(networks.c.version)).scalars())
