"""What driving costs under a set of closures: the open network, with stretches blocked or slow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.closing import Stretch
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.weights import SPEED_MPS, Weights

Piece = tuple[float, float, float]
"""(from metre, to metre, s/m; inf: blocked)."""


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
    graph: Graph, profile: Profile, free: Weights,
    closures: Sequence[tuple[RoadClosure, Sequence[Stretch]]],
) -> Weights:  # fmt: skip
    """The network under closures; the same object as `free` when they do not concern it."""
    stretches: dict[int, list[Piece]] = {}
    for closure, places in closures:
        pace = closed_pace(closure, profile)
        if pace is None:
            continue
        for place in places:
            stretches.setdefault(place.road, []).append((place.from_m, place.to_m, pace))
    if not stretches:
        return free
    return _with_pieces(graph, free, {road: _flat(p) for road, p in stretches.items()})


def _flat(pieces: list[Piece]) -> list[Piece]:
    """Overlapping pieces as disjoint ones; where they overlap, the slowest holds."""
    if len(pieces) == 1:
        return pieces
    cuts = sorted({at for from_m, to_m, _ in pieces for at in (from_m, to_m)})
    flat = []
    for from_m, to_m in pairwise(cuts):
        paces = [p for start, end, p in pieces if start < to_m and end > from_m]
        if paces:
            flat.append((from_m, to_m, max(paces)))
    return flat


def _with_pieces(graph: Graph, free: Weights, stretches: Mapping[int, list[Piece]]) -> Weights:
    roads = np.fromiter(stretches, dtype=np.int32, count=len(stretches))
    sizes = np.array([len(pieces) for pieces in stretches.values()])
    columns = np.array([p for pieces in stretches.values() for p in pieces]).reshape(-1, 3)
    row = np.full(graph.road_count, -1, dtype=np.int32)
    row[roads] = np.arange(len(roads), dtype=np.int32)
    time = np.array(free.in_time_s)
    owner = np.repeat(roads, sizes)
    length = columns[:, 1] - columns[:, 0]
    for side in (0, 1):
        pace = free.pace[2 * owner + side]
        slower = (length > 0) & (columns[:, 2] > pace)
        more = np.zeros(len(roads))
        with np.errstate(invalid="ignore"):
            loss = np.where(slower, length * (columns[:, 2] - pace), 0.0)
        np.add.at(more, row[owner], loss)
        for index in np.nonzero(more)[0].tolist():
            arc = 2 * int(roads[index]) + side
            for at in range(free.at_start[arc], free.at_start[arc + 1]):
                time[free.link_at[at]] += more[index]
    drivable = time[np.isfinite(time)]
    return replace(
        free,
        in_time_s=time,
        piece_row=row,
        piece_start=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        piece_from=np.ascontiguousarray(columns[:, 0]),
        piece_to=np.ascontiguousarray(columns[:, 1]),
        piece_pace=np.ascontiguousarray(columns[:, 2]),
        longest_s=float(drivable.max(initial=0.0)),
    )
