"""Road networks in PostgreSQL: exchanged whole inside a transaction, read back as they were."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

import numpy as np
import shapely
from psycopg2 import extensions
from sqlalchemy import delete, insert, text

from gis_dispatch.domain.network import NamedPoint, Network, NetworkHeader
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import Transaction
from gis_dispatch.store import tables_roads as tables
from gis_dispatch.store.postgres import PostgresStore, PostgresTransaction

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
        return NetworkHeader(**header), _network(junctions, edges)

    def replace(
        self, tx: Transaction, header: NetworkHeader, network: Network,
        names: Iterable[NamedPoint], at: datetime,
    ) -> None:  # fmt: skip
        """Put a network in the place of all others; kept or undone with the transaction."""
        connection = cast(PostgresTransaction, tx).connection
        # Two imports at once would each delete what the other one wrote.
        connection.execute(text("LOCK TABLE road_networks IN SHARE ROW EXCLUSIVE MODE"))
        connection.execute(delete(tables.road_networks))
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
            )
        )
        raw = cast(extensions.connection, connection.connection.dbapi_connection)
        _copy(raw, "road_junctions (version, id, point)", _junction_rows(header.version, network))
        _copy(
            raw,
            "road_edges (version, id, from_junction, to_junction, way_id, name, class, length_m,"
            " speed_kph, restrictions, geom)",
            _edge_rows(header.version, network),
        )
        _copy(raw, "places (name, kind, point, detail, source)", _place_rows(list(names)))


def _copy(connection: extensions.connection, target: str, rows: Iterable[Sequence[object]]) -> None:
    data = io.StringIO()
    for row in rows:
        data.write("\t".join(_field(value) for value in row) + "\n")
    data.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {target} FROM STDIN", data)


def _field(value: object) -> str:
    """A value as COPY reads it in text format."""
    if value is None:
        return r"\N"
    escaped = str(value).replace("\\", "\\\\").replace("\0", "")
    return escaped.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _wkb(geometries: Any) -> list[str]:
    marked = shapely.set_srid(geometries, 4326)
    return list(np.atleast_1d(shapely.to_wkb(marked, hex=True, include_srid=True)))


def _junction_rows(version: str, network: Network) -> Iterator[Sequence[object]]:
    points = _wkb(shapely.points(network.junction_lon, network.junction_lat))
    for number, point in enumerate(points):
        yield version, number, point


def _edge_rows(version: str, network: Network) -> Iterator[Sequence[object]]:
    sizes = [len(line) for line in network.lines]
    points = np.concatenate(network.lines) if sizes else np.zeros((0, 2))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    lines = _wkb(shapely.linestrings(points, indices=owner)) if sizes else []
    columns = zip(
        network.from_junction.tolist(), network.to_junction.tolist(), network.way_id.tolist(),
        network.name, network.road_class, network.length_m.tolist(), network.speed_kph.tolist(),
        network.restrictions, lines, strict=True,
    )  # fmt: skip
    for number, (start, end, way, name, kind, length, speed, rules, line) in enumerate(columns):
        yield (
            version, number, start, end, way or None, name, kind, repr(length), repr(speed),
            json.dumps(rules, ensure_ascii=False), line,
        )  # fmt: skip


def _place_rows(names: Sequence[NamedPoint]) -> Iterator[Sequence[object]]:
    points = _wkb(shapely.points([(name.lon, name.lat) for name in names])) if names else []
    for name, point in zip(names, points, strict=True):
        yield name.name, name.kind, point, name.detail, PLACE_SOURCE


def _network(junctions: Sequence[Any], edges: Sequence[Any]) -> Network:
    lines = shapely.from_wkb([bytes(edge["line"]) for edge in edges])
    points, owner = shapely.get_coordinates(lines, return_index=True)
    cuts = np.searchsorted(owner, np.arange(1, len(edges)))
    return Network(
        junction_lon=np.array([row["lon"] for row in junctions], dtype=np.float64),
        junction_lat=np.array([row["lat"] for row in junctions], dtype=np.float64),
        from_junction=np.array([row["from_junction"] for row in edges], dtype=np.int32),
        to_junction=np.array([row["to_junction"] for row in edges], dtype=np.int32),
        way_id=np.array([row["way_id"] or 0 for row in edges], dtype=np.int64),
        name=[row["name"] for row in edges],
        road_class=[row["class"] for row in edges],
        length_m=np.array([row["length_m"] for row in edges], dtype=np.float64),
        speed_kph=np.array([row["speed_kph"] for row in edges], dtype=np.float64),
        restrictions=[row["restrictions"] for row in edges],
        lines=np.split(points, cuts),
    )
