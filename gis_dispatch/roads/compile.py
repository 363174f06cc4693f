"""Network to compiled graph: pairs the two directions of a road, orders arcs, lays the grid."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, IntArray, Network, NetworkHeader
from gis_dispatch.roads.build import GEOD
from gis_dispatch.roads.contracting import contracted
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.grid import lay_grid
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.turns import lay_turns


def compile_graph(network: Network, header: NetworkHeader) -> Graph:
    """The network as the arrays that the engine searches."""
    network = nearby_first(network)
    forward, backward = _paired(network)
    arc_rule, rules = _rules(network, forward, backward)
    lines = [network.lines[edge] for edge in forward]
    sizes = np.array([len(line) for line in lines], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    points = np.concatenate(lines) if lines else np.zeros((0, 2))
    road_from = network.from_junction[forward]
    road_to = network.to_junction[forward]
    length = network.length_m[forward]
    names, road_name = _names(network, forward)
    turns = lay_turns(road_from, road_to, network.junction_count, _bans(network, forward, backward))
    hierarchy = contracted(
        network.junction_count + len(turns.copy_junction), turns.tail, turns.head
    )
    segment_road = np.repeat(np.arange(len(lines)), sizes).astype(np.int32)
    cell_key, cell_start, cell_point = lay_grid(points, starts)
    arrays: dict[str, Any] = {
        "node_lon": network.junction_lon,
        "node_lat": network.junction_lat,
        "road_from": road_from,
        "road_to": road_to,
        "road_length_m": length,
        "road_name": road_name,
        "arc_rule": arc_rule,
        "point_start": starts,
        "point_lon": np.ascontiguousarray(points[:, 0]),
        "point_lat": np.ascontiguousarray(points[:, 1]),
        "point_m": _along(points, starts, length),
        "node_junction": np.concatenate(
            [np.arange(network.junction_count, dtype=np.int32), turns.copy_junction]
        ),
        "arc_head": turns.arc_head,
        "link_tail": turns.tail,
        "link_head": turns.head,
        "link_arc": turns.arc,
        "link_ban": turns.ban,
        **vars(hierarchy),
        "cell_key": cell_key,
        "cell_start": cell_start,
        "cell_point": cell_point,
        "segment_road": segment_road,
    }
    for array in arrays.values():
        # As a mapped file would be: the kernels are then compiled once, for one kind of array.
        array.setflags(write=False)
    return Graph(
        header=header,
        edge_count=network.edge_count,
        names=names,
        rules=rules,
        bans=[[dict(rule) for rule in broken] for broken in turns.bans],
        bounds=_bounds(points),
        order=hashlib.sha256(hierarchy.node_rank.tobytes()).hexdigest()[:8],
        **arrays,
    )


def _bounds(points: FloatArray) -> tuple[float, float, float, float]:
    """west, south, east, north"""
    if not len(points):
        return 0.0, 0.0, 0.0, 0.0
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return west, south, east, north


def _paired(network: Network) -> tuple[IntArray, IntArray]:
    """For each road the edge as drawn, and the edge the other way (-1: none)."""
    waiting: dict[tuple[int, int, bytes], list[int]] = {}
    forward: list[int] = []
    backward: list[int] = []
    ends = zip(network.from_junction.tolist(), network.to_junction.tolist(), strict=True)
    for edge, (start, end) in enumerate(ends):
        line = network.lines[edge]
        twins = waiting.get((end, start, line[::-1].tobytes()))
        if twins:
            backward[twins.pop()] = edge
            continue
        waiting.setdefault((start, end, line.tobytes()), []).append(len(forward))
        forward.append(edge)
        backward.append(-1)
    return np.array(forward, dtype=np.int32), np.array(backward, dtype=np.int32)


def _rules(
    network: Network, forward: IntArray, backward: IntArray
) -> tuple[IntArray, list[tuple[str, dict[str, object]]]]:
    """The distinct (class, restrictions), and which of them holds on each arc."""
    numbers: dict[str, int] = {}
    rules: list[tuple[str, dict[str, object]]] = []
    arc_rule = np.full(2 * len(forward), -1, dtype=np.int32)
    for side, edges in enumerate((forward, backward)):
        for road, edge in enumerate(edges):
            if edge < 0:
                continue
            rule = network.road_class[edge], dict(network.restrictions[edge])
            number = numbers.setdefault(json.dumps(rule, sort_keys=True), len(rules))
            if number == len(rules):
                rules.append(rule)
            arc_rule[2 * road + side] = number
    return arc_rule, rules


def _names(network: Network, forward: IntArray) -> tuple[list[str | None], IntArray]:
    numbers: dict[str | None, int] = {None: 0}
    road_name = [numbers.setdefault(network.name[edge], len(numbers)) for edge in forward]
    return list(numbers), np.array(road_name, dtype=np.int32)


def _bans(
    network: Network, forward: IntArray, backward: IntArray
) -> list[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """The turn bans as sequences of arcs."""
    if not network.turn_bans:
        return []
    arc_of = {int(edge): 2 * road for road, edge in enumerate(forward)}
    arc_of |= {int(edge): 2 * road + 1 for road, edge in enumerate(backward) if edge >= 0}
    bans = [(tuple(arc_of[edge] for edge in ban.edges), ban.rule) for ban in network.turn_bans]
    told = {arcs for arcs, _ in bans}
    # A barrier stands there whichever way one comes, also for who may drive one-ways against.
    barred = [
        (tuple(arc ^ 1 for arc in reversed(arcs)), rule) for arcs, rule in bans if "barrier" in rule
    ]
    return bans + [(arcs, rule) for arcs, rule in barred if arcs not in told]


def _along(points: NDArray[np.float64], starts: IntArray, length: FloatArray) -> FloatArray:
    """Metres from its road's beginning to each point; the last is exactly the road's length."""
    steps = np.zeros(len(points))
    if len(points) > 1:
        _, _, steps[1:] = GEOD.inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    steps[starts[:-1]] = 0.0
    total = np.cumsum(steps)
    along = total - np.repeat(total[starts[:-1]], np.diff(starts))
    along[starts[1:] - 1] = length
    return along
