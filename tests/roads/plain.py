"""The road engine as one would explain it: cut roads into pieces, then Dijkstra with a heap.

Written for clarity and sharing nothing with the engine but the profile's speed on a road.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.profile import Profile


@dataclass(frozen=True)
class Spot:
    """A place on a road: metres from the beginning of `edge`, as that edge is drawn."""

    edge: int
    along_m: float


@dataclass(frozen=True)
class Part:
    """A stretch of an edge (and of the edge the other way) that a closure touches."""

    closure: RoadClosure
    edge: int
    from_m: float
    to_m: float


def plain_times(
    network: Network, profile: Profile, end: Spot, starts: Sequence[Spot], parts: Sequence[Part]
) -> list[float]:
    """Seconds from each start to the end, walking through a closure that the end lies in included;
    inf where there is no way.
    """
    spots = [*starts, end]
    town = _Town(network, profile)
    for edge in range(network.edge_count):
        if twin(network, edge) is not None and twin(network, edge) < edge:
            continue  # both directions are laid out with the first of them
        _lay_out(network, profile, edge, spots, parts, town)
    there = ("spot", len(starts))
    return [
        _dijkstra(town, ("spot", number), {there, ("foot", there)}) for number in range(len(starts))
    ]


class _Town:
    """Named places, and the steps between them: (to, seconds, the edge driven or None)."""

    def __init__(self, network: Network, profile: Profile) -> None:
        self.steps: dict[object, list[tuple[object, float, int | None]]] = defaultdict(list)
        self.at_junction: set[object] = set()
        binding = [ban for ban in network.turn_bans if profile.bound_by(ban.rule)]
        self.bans = [ban.edges for ban in binding]
        # A barrier is there from both sides, also for who drives a one-way against.
        self.bans += [
            tuple(_against(network, edge) for edge in reversed(ban.edges))
            for ban in binding
            if "barrier" in ban.rule
        ]
        self.memory = max((len(edges) - 1 for edges in self.bans), default=0)

    def driven(
        self, place: object, before: tuple[int, ...], edge: int | None
    ) -> tuple[int, ...] | None:
        """The edges driven last, after one more step; None: it is not allowed."""
        if edge is None:
            return before
        if place not in self.at_junction:
            # Between junctions one drives on; only who starts there may choose the direction.
            return before if before and before[-1] == edge else None if before else (edge,)
        after = (*before, edge)
        if any(after[-len(ban) :] == ban for ban in self.bans):
            return None
        return after[-max(self.memory, 1) :]

    def join(self, one: object, other: object) -> None:
        """Two names of one point."""
        self.steps[one].append((other, 0.0, None))
        self.steps[other].append((one, 0.0, None))


def twin(network: Network, edge: int) -> int | None:
    """The edge that is the same road the other way."""
    for other in range(network.edge_count):
        same_road = (
            network.from_junction[other] == network.to_junction[edge]
            and network.to_junction[other] == network.from_junction[edge]
            and network.lines[other].tolist() == network.lines[edge][::-1].tolist()
        )
        if same_road and other != edge:
            return other
    return None


def _against(network: Network, edge: int) -> int:
    """The name of driving an edge against its direction."""
    back = twin(network, edge)
    return back if back is not None else -1 - edge


def _lay_out(
    network: Network,
    profile: Profile,
    edge: int,
    spots: Sequence[Spot],
    parts: Sequence[Part],
    town: _Town,
) -> None:
    """A road becomes a chain of cuts (ends, spots, closure ends), each step with its two times."""
    length = float(network.length_m[edge])
    back = twin(network, edge)
    here = [_as_drawn(part, edge, length) for part in parts if part.edge in (edge, back)]
    first, last = network.from_junction[edge], network.to_junction[edge]
    cuts: set[tuple[float, object]] = set()
    for number, spot in enumerate(spots):
        if spot.edge in (edge, back):
            at = spot.along_m if spot.edge == edge else length - spot.along_m
            cuts.add((at, ("spot", number)))
    cuts.update((at, ("cut", edge, at)) for part in here for at in (part.from_m, part.to_m))
    # The ends stay outermost: on a road of no length everything lies at 0.
    chain = [
        (0.0, ("junction", int(first))),
        *sorted(
            # Counted from the other end, a place may come out a hair beyond this one.
            ((min(max(at, 0.0), length), name) for at, name in cuts),
            key=lambda cut: (cut[0], str(cut[1])),
        ),
        (length, ("junction", int(last))),
    ]
    town.at_junction |= {name for at, name in chain if at in (0.0, length)}
    blocked = _joined(
        (part.from_m, part.to_m)
        for part in here
        if part.to_m > part.from_m and closed_speed(part.closure, profile) == 0
    )
    forward, backward = _speeds(network, profile, edge, back)
    for (from_m, here_name), (to_m, there_name) in pairwise(chain):
        slowest = min(
            (
                closed_speed(part.closure, profile)
                for part in here
                if part.from_m < to_m and part.to_m > from_m
            ),
            default=inf,
        )
        for tail, head, speed, driven in (
            (here_name, there_name, forward, edge),
            (there_name, here_name, backward, _against(network, edge)),
        ):
            if to_m == from_m and (speed > 0 or length > 0):
                # Two names of one point. (A road of no length keeps its direction.)
                town.steps[tail].append((head, 0.0, None))
            elif min(speed, slowest) > 0:
                time = (to_m - from_m) / (min(speed, slowest) / 3.6)
                town.steps[tail].append((head, time, driven))
        if to_m > from_m and slowest == 0:
            on_foot = (to_m - from_m) / (profile.foot_speed_kph / 3.6)
            for at, tail, head in (
                (from_m, here_name, there_name),
                (to_m, there_name, here_name),
            ):
                town.steps["foot", tail].append((("foot", head), on_foot, None))
                # Who stands in the closure itself does not come out of it.
                if not any(low < at < high for low, high in blocked):
                    town.steps[tail].append((("foot", tail), 0.0, None))
        elif to_m == from_m and any(low <= from_m <= high for low, high in blocked):
            town.join(("foot", here_name), ("foot", there_name))


def _joined(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches that touch, as one."""
    joined: list[tuple[float, float]] = []
    for low, high in sorted(stretches):
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return joined


def _as_drawn(part: Part, edge: int, length: float) -> Part:
    """A part of the other direction, in metres of this one."""
    if part.edge == edge:
        return part
    return Part(part.closure, edge, length - part.to_m, length - part.from_m)


def _speeds(network: Network, profile: Profile, edge: int, back: int | None) -> tuple[float, float]:
    """Speed as drawn, and against: the other direction's own, or contraflow on a one-way."""
    rule = network.road_class[edge], network.restrictions[edge]
    forward = profile.speed_kph(*rule)
    if back is not None:
        return forward, profile.speed_kph(network.road_class[back], network.restrictions[back])
    return forward, profile.contraflow_kph(*rule)


def closed_speed(closure: RoadClosure, profile: Profile) -> float:
    """How fast a closure lets a profile drive: 0 not at all, inf it does not care."""
    if closure.profiles is not None and profile.name not in closure.profiles:
        return inf
    if closure.depth_cm is None:
        return 0.0 if closure.effect == "closed" else (closure.speed_kph or 0.0)
    if closure.depth_cm > profile.fording_depth_cm:
        return 0.0
    return min(profile.fording_speed_kph, closure.speed_kph or inf)


def _dijkstra(town: _Town, start: object, ends: set[object]) -> float:
    """Over (place, edges driven last): what may be driven next depends on how one came."""
    best: dict[object, float] = {(start, ()): 0.0}
    waiting: list[tuple[float, int, object, tuple[int, ...]]] = [(0.0, 0, start, ())]
    count = 0
    while waiting:
        time, _, at, before = heapq.heappop(waiting)
        if at in ends:
            return time
        if time > best[at, before]:
            continue
        for there, more, edge in town.steps[at]:
            after = town.driven(at, before, edge)
            if after is not None and time + more < best.get((there, after), inf):
                best[there, after] = time + more
                count += 1
                heapq.heappush(waiting, (time + more, count, there, after))
    return inf
