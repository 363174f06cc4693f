"""What driving costs one kind of vehicle: on the open network, and under a set of closures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.closing import Stretch
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profiles import Profile

FRAGMENT_JUNCTIONS = 20
"""A drawn road joined to nothing traps who is put on it. Components smaller than this, and than a
tenth of the network's largest, are not snapped to."""
SPEED_MPS = 3.6


@dataclass(frozen=True, eq=False)
class Weights:
    """Paces for every arc (s/m; inf: may not be driven) and times in the order of the search."""

    profile: Profile
    ways: NDArray[np.uint8]
    """Per road, bit 0: may be driven as drawn; bit 1: against. 0: not snapped to."""
    pace: FloatArray
    in_time_s: FloatArray
    piece_row: IntArray
    """Per road: its row of pieces, or -1 when no closure touches it."""
    piece_start: IntArray
    piece_from: FloatArray
    piece_to: FloatArray
    piece_pace: FloatArray
    """No faster than this within the piece; inf: blocked."""

    @property
    def pieces(self) -> tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray]:
        """The closures' part, as the kernels take it."""
        return (
            self.piece_row, self.piece_start, self.piece_from, self.piece_to, self.piece_pace,
        )  # fmt: skip


def open_weights(graph: Graph, profile: Profile) -> Weights:
    """The network with nothing closed."""
    speeds = _arc_speeds(graph, profile)
    with np.errstate(divide="ignore"):
        pace = np.where(speeds > 0, SPEED_MPS / speeds, np.inf)
    length = np.repeat(graph.road_length_m, 2)
    time = np.where(np.isfinite(pace), np.where(np.isfinite(pace), pace, 0) * length, np.inf)
    return Weights(
        profile=profile,
        ways=_ways(graph, pace),
        pace=pace,
        in_time_s=time[graph.in_arc],
        piece_row=np.full(graph.road_count, -1, dtype=np.int32),
        piece_start=np.zeros(1, dtype=np.int32),
        piece_from=np.zeros(0),
        piece_to=np.zeros(0),
        piece_pace=np.zeros(0),
    )


def _arc_speeds(graph: Graph, profile: Profile) -> FloatArray:
    """Speed on each arc; a one-way's other arc has the contraflow speed of the way driven."""
    with_flow = np.array([profile.speed_kph(*rule) for rule in graph.rules] + [0.0])
    against = np.array([profile.contraflow_kph(*rule) for rule in graph.rules] + [0.0])
    rule = graph.arc_rule.reshape(-1, 2)
    other = rule[:, ::-1]
    speeds = np.where(rule >= 0, with_flow[rule], against[other])
    return np.asarray(speeds.ravel(), dtype=np.float64)


def _ways(graph: Graph, pace: FloatArray) -> NDArray[np.uint8]:
    drivable = np.isfinite(pace).reshape(-1, 2)
    ways: NDArray[np.uint8] = (drivable[:, 0] + 2 * drivable[:, 1]).astype(np.uint8)
    used = ways > 0
    ends = graph.road_from[used], graph.road_to[used]
    nodes = len(graph.node_lon)
    joined = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    _, component = connected_components(joined, directed=False)
    size = np.bincount(component, minlength=1)[component]
    fragment = (size < FRAGMENT_JUNCTIONS) & (size * 10 < size.max(initial=0))
    ways[fragment[graph.road_from]] = 0
    return ways


def closed_pace(closure: RoadClosure, profile: Profile) -> float | None:
    """The pace (s/m) a closure leaves this vehicle; inf: none; None: it does not concern it.

    Water of a known depth stops who cannot ford it, whatever the effect says, and slows who can.
    """
    if closure.profiles is not None and profile.name not in closure.profiles:
        return None
    limits = [] if closure.speed_kph is None else [closure.speed_kph]
    if closure.depth_cm is not None:
        if closure.depth_cm > profile.fording_depth_cm:
            return float("inf")
        limits.append(profile.fording_speed_kph)
    elif closure.effect == "closed":
        return float("inf")
    slowest = min(limits, default=0.0)
    return SPEED_MPS / slowest if slowest > 0 else float("inf")


def closed_weights(
    graph: Graph, free: Weights, closures: Sequence[tuple[RoadClosure, Sequence[Stretch]]]
) -> Weights:
    """The network under closures; the same object as `free` when they do not concern it."""
    stretches: dict[int, list[tuple[float, float, float]]] = {}
    for closure, places in closures:
        pace = closed_pace(closure, free.profile)
        if pace is None:
            continue
        for place in places:
            piece = (place.from_m, place.to_m, pace)
            stretches.setdefault(place.road, []).append(piece)
    if not stretches:
        return free
    return _with_pieces(graph, free, {road: _flat(p) for road, p in stretches.items()})


def _flat(pieces: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Overlapping pieces as disjoint ones; where they overlap, the slowest holds."""
    cuts = sorted({at for from_m, to_m, _ in pieces for at in (from_m, to_m)})
    flat = []
    for from_m, to_m in pairwise(cuts):
        paces = [p for start, end, p in pieces if start < to_m and end > from_m]
        if paces:
            flat.append((from_m, to_m, max(paces)))
    return flat


def _with_pieces(
    graph: Graph, free: Weights, stretches: Mapping[int, list[tuple[float, float, float]]]
) -> Weights:
    row = np.full(graph.road_count, -1, dtype=np.int32)
    start, flat = [0], []
    time = np.empty(2 * graph.road_count)
    time[graph.in_arc] = free.in_time_s
    for number, (road, pieces) in enumerate(stretches.items()):
        row[road] = number
        flat.extend(pieces)
        start.append(len(flat))
        for arc in (2 * road, 2 * road + 1):
            if np.isfinite(free.pace[arc]):
                slower = ((b - a, max(pace - free.pace[arc], 0.0)) for a, b, pace in pieces)
                time[arc] += sum(length * more for length, more in slower if length > 0)
    columns = np.array(flat, dtype=np.float64).reshape(-1, 3)
    return Weights(
        profile=free.profile,
        ways=free.ways,
        pace=free.pace,
        in_time_s=time[graph.in_arc],
        piece_row=row,
        piece_start=np.array(start, dtype=np.int32),
        piece_from=np.ascontiguousarray(columns[:, 0]),
        piece_to=np.ascontiguousarray(columns[:, 1]),
        piece_pace=np.ascontiguousarray(columns[:, 2]),
    )
