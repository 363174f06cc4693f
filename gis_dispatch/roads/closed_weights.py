"""What driving costs under a set of closures: the open network, with stretches blocked or slow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.stretches import Stretch, Stretches, joined, stretches
from gis_dispatch.roads.weights import SPEED_MPS, Weights


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


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Disjoint pieces of roads, in order, and how fast each still is (s/m; inf: blocked)."""

    road: IntArray
    from_m: FloatArray
    to_m: FloatArray
    pace: FloatArray


def closed_weights(
    graph: Graph, profile: Profile, free: Weights,
    closures: Sequence[tuple[RoadClosure, Iterable[Stretch]]],
) -> Weights:  # fmt: skip
    """The network under closures; the same object as `free` when they do not concern it."""
    touched: list[Stretches] = []
    paces: list[FloatArray] = []
    for closure, places in closures:
        pace = closed_pace(closure, profile)
        if pace is None:
            continue
        found = stretches(places)
        touched.append(found)
        paces.append(np.full(len(found), pace))
    found = joined(touched)
    if not len(found):
        return free
    return _with_pieces(graph, free, _flat(found, np.concatenate(paces)))


def _flat(found: Stretches, pace: FloatArray) -> _Pieces:
    """Overlapping stretches as disjoint pieces; where they overlap, the slowest holds.

    Every beginning and end cuts its road; each stretch then covers a run of what lies between cuts.
    """
    count = len(found)
    road = np.concatenate([found.road, found.road])
    at_m = np.concatenate([found.from_m, found.to_m])
    order = np.lexsort((at_m, road))
    road, at_m = road[order], at_m[order]
    new = np.ones(2 * count, dtype=bool)
    new[1:] = (np.diff(road) > 0) | (np.diff(at_m) > 0)
    cut = np.empty(2 * count, dtype=np.int64)
    cut[order] = np.cumsum(new) - 1
    road, at_m = road[new], at_m[new]
    first, runs = cut[:count], cut[count:] - cut[:count]
    covered = np.repeat(first - np.cumsum(runs) + runs, runs) + np.arange(int(runs.sum()))
    slowest = np.full(len(road), -np.inf)
    np.maximum.at(slowest, covered, np.repeat(pace, runs))
    piece = np.nonzero(slowest > -np.inf)[0]
    return _Pieces(road[piece], at_m[piece], at_m[piece + 1], slowest[piece])


def _with_pieces(graph: Graph, free: Weights, pieces: _Pieces) -> Weights:
    starts = np.nonzero(np.diff(pieces.road, prepend=-1))[0]
    roads = pieces.road[starts]
    row = np.full(graph.road_count, -1, dtype=np.int32)
    row[roads] = np.arange(len(roads), dtype=np.int32)
    time_s = np.array(free.out_time_s)
    slower = []
    middle_s, longest_s = free.link_s.tolist()
    length = pieces.to_m - pieces.from_m
    for side in (0, 1):
        pace = free.pace[2 * pieces.road + side]
        with np.errstate(invalid="ignore"):
            loss = np.where(pieces.pace > pace, length * (pieces.pace - pace), 0.0)
        more = np.bincount(row[pieces.road], weights=loss, minlength=len(roads))
        arcs = 2 * roads[more > 0] + side
        uses = free.at_start[arcs + 1] - free.at_start[arcs]
        at = np.repeat(free.at_start[arcs] - np.cumsum(uses) + uses, uses)
        links = free.link_at[at + np.arange(int(uses.sum()))]
        time_s[links] += np.repeat(more[more > 0], uses)
        slower.append(links)
        longest_s = float(time_s[links].max(initial=longest_s, where=np.isfinite(time_s[links])))
    return replace(
        free,
        **free.slower(graph, time_s, np.concatenate(slower)),
        piece_row=row,
        piece_start=np.append(starts, len(pieces.road)).astype(np.int32),
        piece_from=pieces.from_m,
        piece_to=pieces.to_m,
        piece_pace=pieces.pace,
        link_s=np.array([middle_s, longest_s]),
        kept_in=None,
    )
