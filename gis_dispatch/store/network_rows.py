"""A network as rows: copied into its tables in one go, and put together again from them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from psycopg2 import extensions

from gis_dispatch.domain.network import NamedPoint, Network, TurnBan
from gis_dispatch.store.copying import copy_rows


def write(
    connection: extensions.connection, version: str, network: Network,
    names: Sequence[NamedPoint], source: str,
) -> None:  # fmt: skip
    """Every junction, edge and turn ban of a version, and the names that come with it."""
    copy_rows(connection, "road_junctions (version, id, point)", _junction_rows(version, network))
    copy_rows(
        connection,
        "road_edges (version, id, from_junction, to_junction, way_id, name, class, length_m,"
        " speed_kph, restrictions, geom)",
        _edge_rows(version, network),
    )
    copy_rows(connection, "road_turn_bans (version, id, edges, rule)", _ban_rows(version, network))
    copy_rows(connection, "places (name, kind, point, detail, source)", _place_rows(names, source))


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


def _ban_rows(version: str, network: Network) -> Iterator[Sequence[object]]:
    for number, ban in enumerate(network.turn_bans):
        edges = ",".join(map(str, ban.edges))
        yield version, number, f"{{{edges}}}", json.dumps(ban.rule, ensure_ascii=False)


def _place_rows(names: Sequence[NamedPoint], source: str) -> Iterator[Sequence[object]]:
    points = _wkb(shapely.points([(name.lon, name.lat) for name in names])) if names else []
    for name, point in zip(names, points, strict=True):
        yield name.name, name.kind, point, name.detail, source


def network_of(junctions: Sequence[Any], edges: Sequence[Any], bans: Sequence[Any]) -> Network:
    """The network that these rows, each in order, were written of."""
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
        turn_bans=[TurnBan(tuple(row["edges"]), row["rule"]) for row in bans],
    )
