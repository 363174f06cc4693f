"""Who reaches a place when, worked out by networkx from a network and a profile alone.

Turn bans are obeyed by remembering the last edges driven; closures make parts of roads slow or
impassable; into a blocked part the crew walks from where a vehicle can stand. One search against
the driving direction answers for every start.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

import networkx as nx

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.profile import Profile
from tests.roads.same_roads import Place, Road, Roads, joined

History = tuple[int, ...]
State = tuple[int, History]
"""A junction, and the edges driven last as far as a ban may ask for them."""
Target = Place | int
"""On a road, or a junction."""
INCIDENT = "incident"


class Town:
    """What one kind of vehicle can do on these roads under closures drawn as areas."""

    def __init__(
        self, roads: Roads, profile: Profile, closures: Sequence[RoadClosure] = ()
    ) -> None:
        self.roads, self.profile = roads, profile
        self.pieces = roads.pieces(closures, profile)
        self.paces = [self._paces(road) for road in roads.all]
        binding = [ban for ban in roads.network.turn_bans if profile.bound_by(ban.rule)]
        against = dict(pair for road in roads.all for pair in (road.edges, road.edges[::-1]))
        bans = [ban.edges for ban in binding]
        # A barrier stops from both sides, also who drives a one-way against.
        bans += [
            tuple(against[edge] for edge in reversed(ban.edges))
            for ban in binding
            if "barrier" in ban.rule
        ]
        self._forbidden = set(bans)
        self._begun = {edges[:count] for edges in bans for count in range(1, len(edges))}
        self._states: dict[int, list[State]] = {}
        self._backward: nx.DiGraph = nx.DiGraph()
        self._lay_out()

    def _paces(self, road: Road) -> tuple[float, float]:
        """s/m as drawn and against; inf: not allowed."""
        network, (first, second) = self.roads.network, road.edges
        rule = network.road_class[first], network.restrictions[first]
        speeds_kph = self.profile.speed_kph(*rule), self.profile.contraflow_kph(*rule)
        if second >= 0:
            rule = network.road_class[second], network.restrictions[second]
            speeds_kph = speeds_kph[0], self.profile.speed_kph(*rule)
        along, against = (3.6 / speed if speed else inf for speed in speeds_kph)
        return along, against

    def driven(self, history: History, edge: int) -> History | None:
        """What must be remembered after one more edge; None: a ban forbids it."""
        after = (*history, edge)
        endings = [after[begin:] for begin in range(len(after) + 1)]
        if any(ending in self._forbidden for ending in endings):
            return None
        return next(ending for ending in endings if not ending or ending in self._begun)

    def seconds(self, road: int, side: int, low: float, high: float) -> float:
        """Time from place to place on a road, as it is drawn (side 0) or against (1)."""
        if high <= low:
            return 0.0
        pace, pieces = self.paces[road][side], self.pieces.get(road, [])
        cuts = {low, high, *(at for piece in pieces for at in piece[:2] if low < at < high)}
        return sum(
            (to - at) * max([pace, *(p for start, end, p in pieces if start < to and end > at)])
            for at, to in pairwise(sorted(cuts))
        )

    def _lay_out(self) -> None:
        """Every state that can be come to, and its links, turned round."""
        leaving: dict[int, list[tuple[int, int, float]]] = {}
        waiting: list[State] = [(j, ()) for j in range(self.roads.network.junction_count)]
        for number, road in enumerate(self.roads.all):
            for side, edge in enumerate(road.edges):
                head, time = road.ends[1 - side], self.seconds(number, side, 0.0, road.length_m)
                if time < inf:
                    leaving.setdefault(road.ends[side], []).append((edge, head, time))
                # Who starts on the road comes this way, too.
                waiting.append((head, self.driven((), edge) or ()))
        known: set[State] = set()
        while waiting:
            state = waiting.pop()
            if state in known:
                continue
            known.add(state)
            self._states.setdefault(state[0], []).append(state)
            for edge, head, time in leaving.get(state[0], []):
                after = self.driven(state[1], edge)
                if after is not None:
                    self._link((head, after), state, time)
                    waiting.append((head, after))

    def _link(self, one: object, other: object, time: float) -> None:
        """The quickest of parallel links stays."""
        known = self._backward.get_edge_data(one, other)
        if known is None or time < known["weight"]:
            self._backward.add_edge(one, other, weight=time)

    def arrivals(self, end: Place, starts: Sequence[Place]) -> list[float]:
        """Seconds of driving and walking from each start; inf where there is no way."""
        targets = self.targets(end)
        self._backward.add_node(INCIDENT)
        for to, foot_s in targets.items():
            for state, time in self._last_states(to):
                self._link(INCIDENT, state, time + foot_s)
        reached = nx.single_source_dijkstra_path_length(self._backward, INCIDENT)
        self._backward.remove_node(INCIDENT)
        return [self._from(start, targets, reached) for start in starts]

    def _from(
        self, start: Place, targets: Mapping[Target, float], reached: Mapping[object, float]
    ) -> float:
        """By either end of its road, or along it to a target on the same road."""
        road = self.roads.all[start.road]
        rest = (start.along_m, road.length_m), (0.0, start.along_m)
        times = []
        for side, edge in enumerate(road.edges):
            state = road.ends[1 - side], self.driven((), edge)
            times.append(self.seconds(start.road, side, *rest[side]) + reached.get(state, inf))
        for to, foot_s in targets.items():
            if isinstance(to, Place) and to.road == start.road:
                low, high = sorted((start.along_m, to.along_m))
                side = int(start.along_m > to.along_m)
                times.append(self.seconds(start.road, side, low, high) + foot_s)
        return min(times)

    def _last_states(self, to: Target) -> Iterator[tuple[State, float]]:
        """The states from which a target is driven to without another junction between."""
        if isinstance(to, int):
            yield from ((state, 0.0) for state in self._states[to])
            return
        road = self.roads.all[to.road]
        for side, (low, high) in enumerate(((0.0, to.along_m), (to.along_m, road.length_m))):
            time = self.seconds(to.road, side, low, high)
            for state in self._states[road.ends[side]]:
                if low == high:  # at the very end of its road: whoever is at the junction is there
                    yield state, 0.0
                elif time < inf and self.driven(state[1], road.edges[side]) is not None:
                    yield state, time

    def targets(self, end: Place) -> dict[Target, float]:
        """The incident itself, and from where it is walked to over blocked parts: (s on foot)."""
        foot: nx.MultiGraph = nx.MultiGraph()
        pace = 3.6 / self.profile.foot_speed_kph
        for number, pieces in self.pieces.items():
            road = self.roads.all[number]
            for low, high in joined((a, b) for a, b, p in pieces if p == inf and b > a):
                first: Target = Place(number, low) if low > 0.0 else road.ends[0]
                last: Target = Place(number, high) if high < road.length_m else road.ends[1]
                foot.add_edge(first, last, weight=(high - low) * pace)
                if number == end.road and low <= end.along_m <= high:
                    foot.add_edge(INCIDENT, first, weight=(end.along_m - low) * pace)
                    foot.add_edge(INCIDENT, last, weight=(high - end.along_m) * pace)
        walked: dict[Target | str, float] = {}
        if INCIDENT in foot:
            walked = nx.single_source_dijkstra_path_length(foot, INCIDENT)
        return {end: 0.0} | {
            to: time for to, time in walked.items() if not isinstance(to, str) and to != end
        }
