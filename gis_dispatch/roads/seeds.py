"""Where a search begins: the nodes from which a target is driven to, and starts on its own road."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_parts
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.weights import Weights

STAYS = 2
"""Sides from here on reach a target without leaving their road: side - STAYS is its number."""
_NO_FLAGS = np.zeros(0, dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """Per seed a node, its cost, the target it leads to and by which arc (-1: it is the target)."""

    node: IntArray
    cost: FloatArray
    target: IntArray
    arc: IntArray
    direct_start: IntArray
    direct_cost: FloatArray
    """Delay, driving and walking of a start that stays on its road."""
    direct_driving: FloatArray
    direct_side: IntArray


def inward_seeds(
    graph: Graph, weights: Weights, targets: Sequence[Target], fleet: Fleet | None
) -> Seeds:
    """For a search from the targets against the direction of driving."""
    arrived_at = weights.arrived_at if len(targets) > 1 else _NO_FLAGS
    left_for = set(fleet.sides(weights).node.tolist()) if fleet and len(targets) > 1 else set()
    seeds: list[tuple[int, float, int, int]] = []
    direct: list[tuple[int, float, float, int]] = []
    for number, target in enumerate(targets):
        walk_s, road, length = target.foot_time_s, target.road, graph.road_length_m[target.road]
        if target.junction >= 0:
            # Deep inside a closure most junctions are out of reach for whatever drives.
            seeds += [
                (node, walk_s, number, -1)
                for node in graph.nodes_at(target.junction)
                if arrived_at[node] or node in left_for
            ]
            continue
        times = kernel_parts.from_ends_s(
            road, target.along_m, length, weights.pace, *weights.pieces
        )
        for arc, time, gone_m in zip(
            (2 * road, 2 * road + 1), times, (target.along_m, length - target.along_m), strict=True
        ):
            nodes = graph.nodes_at(int(graph.road_to[road] if arc & 1 else graph.road_from[road]))
            if gone_m <= 0.0:
                # At the very end of its road: whoever is at the junction is there.
                seeds += [(node, walk_s, number, arc) for node in nodes]
            elif time < np.inf:
                seeds += [
                    (node, time + walk_s, number, arc)
                    for node in nodes
                    if weights.leads_into(node, arc)
                ]
        if fleet is not None:
            direct += _staying(weights, fleet, target, STAYS + number)
    nodes_, costs, numbers, arcs = zip(*seeds, strict=True) if seeds else ((),) * 4
    starts, totals, drivings, sides = zip(*direct, strict=True) if direct else ((),) * 4
    return Seeds(
        np.array(nodes_, dtype=np.int32), np.array(costs, dtype=np.float64),
        np.array(numbers, dtype=np.int32), np.array(arcs, dtype=np.int32),
        np.array(starts, dtype=np.int32), np.array(totals, dtype=np.float64),
        np.array(drivings, dtype=np.float64), np.array(sides, dtype=np.int32),
    )  # fmt: skip


def _staying(
    weights: Weights, fleet: Fleet, target: Target, side: int
) -> list[tuple[int, float, float, int]]:
    """The starts on a target's own road that can drive along it to the target."""
    found = []
    for start in fleet.on_road.get(target.road, ()):
        along = float(fleet.along_m[start])
        arc = 2 * target.road + (along > target.along_m)
        low, high = sorted((along, target.along_m))
        driving = kernel_parts.part_time_s(
            target.road, weights.pace[arc], low, high, *weights.pieces
        )
        if driving < np.inf:
            total = driving + target.foot_time_s + float(fleet.delay_s[start])
            found.append((start, total, driving, side))
    return found


def outward_seeds(graph: Graph, weights: Weights, at: Snapped) -> tuple[IntArray, FloatArray]:
    """(nodes, seconds to each) for a search from a place in the direction of driving."""
    times = kernel_parts.to_ends_s(
        np.array([at.road], dtype=np.int32), np.array([at.along_m]),
        graph.road_length_m, weights.pace, *weights.pieces,
    )  # fmt: skip
    used = np.isfinite(times)
    return graph.arc_head[2 * at.road : 2 * at.road + 2][used], times[used]
