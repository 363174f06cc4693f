"""The network as an OSM file for engines that read nothing else: our roads, speeds and bans.

Every road is one way from junction to junction with the tags `bench:forward` and `bench:backward`
(km/h, by the length that OSRM reckons; 0: not drivable), and what other engines look at: `highway`,
`oneway`, `maxspeed`.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import osmium

from bench.our_engine import Floats, Ints
from gis_dispatch.roads.build import GEOD
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.vehicle import Vehicle

DEEPEST_BAN = 6


def write_osm(vehicle: Vehicle, file: Path) -> Ints:
    """Write it; returns the OSM node of every point of every road."""
    graph, pace = vehicle.graph, vehicle.free.pace
    nodes = point_nodes(graph)
    lengths = np.repeat(lengths_m(graph), 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = lengths / np.repeat(graph.road_length_m, 2)
        kph = np.where(np.isfinite(pace) & (ratio > 0), 3.6 * ratio / pace, 0.0)
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        ids, first = np.unique(nodes, return_index=True)
        lons, lats = graph.point_lon[first].tolist(), graph.point_lat[first].tolist()
        for node, *place in zip(ids.tolist(), lons, lats, strict=True):
            writer.add_node(osmium.osm.mutable.Node(id=node, location=tuple(place)))
        for road in np.nonzero(np.isfinite(pace).reshape(-1, 2).any(axis=1))[0].tolist():
            points = nodes[graph.point_start[road] : graph.point_start[road + 1]].tolist()
            tags = _tags(graph, road, kph[2 * road : 2 * road + 2])
            writer.add_way(osmium.osm.mutable.Way(id=road + 1, nodes=points, tags=tags))
        for number, arcs in enumerate(sorted(set(banned_sequences(vehicle))), start=1):
            writer.add_relation(_restriction(graph, number, arcs))
    return nodes


def point_nodes(graph: Graph) -> Ints:
    """An OSM node for each point: junctions first, from 1."""
    nodes = np.arange(len(graph.point_lon), dtype=np.int64) + graph.junction_count + 1
    nodes[graph.point_start[:-1]] = graph.road_from + 1
    nodes[graph.point_start[1:] - 1] = graph.road_to + 1
    return nodes


def lengths_m(graph: Graph) -> Floats:
    """Each road's length between points rounded as OSRM rounds them, on the ellipsoid."""
    lon, lat = graph.point_lon.round(6), graph.point_lat.round(6)
    steps = np.append(GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2], 0.0)
    steps[graph.point_start[1:] - 1] = 0.0  # from the last point of a road to the next road
    return np.asarray(np.add.reduceat(steps, graph.point_start[:-1]))


def _tags(graph: Graph, road: int, kph: Floats) -> dict[str, str]:
    rule = max(graph.arc_rule[2 * road], graph.arc_rule[2 * road + 1])
    forward, backward = (float(one) for one in kph)
    tags = {
        "highway": graph.rules[rule][0],
        "bench:forward": f"{forward:.6f}",
        "bench:backward": f"{backward:.6f}",
        "maxspeed": str(max(5, round(max(forward, backward)))),
    }
    if not (forward and backward):
        tags["oneway"] = "yes" if forward else "-1"
    return tags


def _restriction(graph: Graph, number: int, arcs: tuple[int, ...]) -> object:
    """`no_…` from the first road over what lies between to the last."""
    first, *between, last = arcs
    members = [("w", (first >> 1) + 1, "from"), ("w", (last >> 1) + 1, "to")]
    if between:
        members += [("w", (arc >> 1) + 1, "via") for arc in between]
    else:
        node = graph.road_from[last >> 1] if last % 2 == 0 else graph.road_to[last >> 1]
        members.append(("n", int(node) + 1, "via"))
    tags = {"type": "restriction", "restriction": "no_straight_on"}
    return osmium.osm.mutable.Relation(id=number, members=members, tags=tags)


def banned_sequences(vehicle: Vehicle) -> Iterator[tuple[int, ...]]:
    """The arcs that may not be driven one after the other, read back from the search graph."""
    graph = vehicle.graph
    binds = [any(map(vehicle.profile.bound_by, rules)) for rules in graph.bans]
    entered: dict[int, list[tuple[int, int]]] = {}
    for link in np.nonzero(graph.link_head >= graph.junction_count)[0].tolist():
        came = int(graph.link_tail[link]), int(graph.link_arc[link])
        entered.setdefault(int(graph.link_head[link]), []).append(came)

    def reached(copy: int, depth: int) -> Iterator[tuple[int, ...]]:
        for tail, arc in entered.get(copy, []):
            if graph.arc_head[arc] == copy:
                yield (arc,)
            elif tail >= graph.junction_count and depth < DEEPEST_BAN:
                yield from ((*before, arc) for before in reached(tail, depth + 1))

    for link in np.nonzero(graph.link_ban >= 0)[0].tolist():
        if binds[graph.link_ban[link]]:
            arc = int(graph.link_arc[link])
            yield from ((*way, arc) for way in reached(int(graph.link_tail[link]), 0))
