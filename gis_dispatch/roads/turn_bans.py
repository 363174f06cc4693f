"""Signs and barriers to turn bans: which edges may not be driven one straight after another."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gis_dispatch.domain.network import FloatArray, TurnBan
from gis_dispatch.roads.restrictions import Restriction
from gis_dispatch.roads.turn_angles import is_back, meant

MOST_STEPS = 2000
"""Via ways are a few edges; a search among them that takes longer is lost."""

Junctions = Mapping[Any, int]
Path = tuple[int, ...]


class _Unusable(ValueError):
    """A restriction that bans nothing here; the argument is the reason it is counted under."""


class TurnBans:
    """The bans on the edges of one network: edge `i` has entry `i` of every argument."""

    def __init__(
        self, ends: Sequence[tuple[int, int]], way_ids: Sequence[int], lines: Sequence[FloatArray]
    ) -> None:
        self._ends, self._way_ids, self._lines = ends, way_ids, lines
        self._leaving: dict[int, list[int]] = defaultdict(list)
        self._arriving: dict[int, list[int]] = defaultdict(list)
        self._of_way: dict[int, list[int]] = defaultdict(list)
        for edge, (start, end) in enumerate(ends):
            self._leaving[start].append(edge)
            self._arriving[end].append(edge)
            self._of_way[way_ids[edge]].append(edge)
        self._bans: dict[tuple[Path, str], TurnBan] = {}

    def made(self) -> list[TurnBan]:
        """Every ban, in order of being made, none of them twice."""
        return list(self._bans.values())

    def bar(self, junctions: Junctions, barriers: Mapping[object, Mapping[str, Any]]) -> int:
        """Ban the ways through barriers, not back from them; how many barriers stand on a way."""
        standing = 0
        for identity, rule in barriers.items():
            junction = junctions.get(identity, -1)
            before = len(self._bans)
            for arriving in self._arriving.get(junction, ()):
                for leaving in self._leaving.get(junction, ()):
                    if not self._is_back(arriving, leaving):
                        self._ban((arriving, leaving), rule)
            standing += len(self._bans) > before
        return standing

    def restrict(
        self, junctions: Junctions, restrictions: Sequence[Restriction], skipped: Counter[str]
    ) -> int:
        """Ban what restrictions forbid; how many of them could be used."""
        used = 0
        for sign in restrictions:
            try:
                paths = self._paths(junctions, sign)
            except _Unusable as reason:
                skipped[str(reason)] += 1
                continue
            used += 1
            for path in paths if sign.kind.startswith("no_") else self._all_but(paths):
                self._ban(path, sign.rule)
                for round_about in self._turning_round_behind(path):
                    self._ban(round_about, sign.rule)
        return used

    def _turning_round_behind(self, path: Path) -> Iterator[Path]:
        """The ways past a banned turn and straight back to it: driven so, the sign would mean
        nothing. At a dead end one turns round all the same.
        """
        *so_far, banned = path
        if self._is_back(so_far[-1], banned):
            return
        for onward in self._leaving[self._ends[so_far[-1]][1]]:
            if onward == banned or self._is_back(so_far[-1], onward):
                continue
            leaving = self._leaving[self._ends[onward][1]]
            back = [edge for edge in leaving if self._is_back(onward, edge)]
            if len(leaving) > len(back):
                yield from ((*so_far, onward, edge) for edge in back)

    def _ban(self, path: Path, rule: Mapping[str, Any]) -> None:
        self._bans.setdefault((path, json.dumps(rule, sort_keys=True)), TurnBan(path, rule))

    def _is_back(self, edge: int, other: int) -> bool:
        """Whether the second is the first one, driven back."""
        return (
            self._way_ids[edge] == self._way_ids[other]
            and self._ends[edge] == self._ends[other][::-1]
            and is_back(self._lines[edge], self._lines[other])
        )

    def _paths(self, junctions: Junctions, sign: Restriction) -> list[Path]:
        """The ways to drive that a restriction speaks of, each from its `from` to its `to`."""
        ways = {way for way in sign.from_ways if way in self._of_way}
        to_ways = {way for way in sign.to_ways if way in self._of_way}
        if not ways or not to_ways or any(way not in self._of_way for way in sign.via_ways):
            raise _Unusable("restriction_off_road")
        if sign.via_ways:
            paths = self._along(ways, sign.via_ways, to_ways)
        else:
            (node,) = sign.via_nodes
            paths = self._at(junctions.get(node, -1), ways, to_ways)
        return meant(sign.kind, paths, self._lines, self._is_back)

    def _at(self, junction: int, from_ways: set[int], to_ways: set[int]) -> list[Path]:
        arriving, leaving = self._arriving.get(junction, []), self._leaving.get(junction, [])
        touching = {self._way_ids[edge] for edge in [*arriving, *leaving]}
        if not touching & from_ways or not touching & to_ways:
            raise _Unusable("restriction_apart")
        starts = [edge for edge in arriving if self._way_ids[edge] in from_ways]
        ends = [edge for edge in leaving if self._way_ids[edge] in to_ways]
        if not starts or not ends:
            raise _Unusable("restriction_idle")
        return [(start, end) for start in starts for end in ends]

    def _along(
        self, from_ways: set[int], via_ways: frozenset[int], to_ways: set[int]
    ) -> list[Path]:
        """Over all via ways, as short as may be from each edge arriving at them."""
        touched = {
            end for way in via_ways for edge in self._of_way[way] for end in self._ends[edge]
        }
        for ways in (from_ways, to_ways):
            edges = [edge for way in ways for edge in self._of_way[way]]
            if not any(touched.intersection(self._ends[edge]) for edge in edges):
                raise _Unusable("restriction_apart")
        paths: list[Path] = []
        starts = [edge for way in sorted(from_ways) for edge in self._of_way[way]]
        for start in starts:
            if self._ends[start][1] in touched:
                found = list(self._onward(start, via_ways, to_ways))
                shortest = min(map(len, found), default=0)
                paths += [path for path in found if len(path) == shortest]
        if not paths:
            raise _Unusable("restriction_idle")
        shortest = min(map(len, paths))
        return [path for path in paths if len(path) == shortest]

    def _onward(self, start: int, via_ways: frozenset[int], to_ways: set[int]) -> Iterator[Path]:
        """Every way from an edge over all via ways to one of the others, no junction twice."""
        waiting: list[Path] = [(start,)]
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            path = waiting.pop()
            here = self._ends[path[-1]][1]
            been = {self._ends[edge][1] for edge in path}
            if via_ways <= {self._way_ids[edge] for edge in path[1:]}:
                for edge in self._leaving.get(here, ()):
                    if self._way_ids[edge] in to_ways and edge not in path:
                        yield (*path, edge)
            waiting += [
                (*path, edge)
                for edge in self._leaving.get(here, ())
                if self._way_ids[edge] in via_ways and self._ends[edge][1] not in been
            ]

    def _all_but(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Every other way on from where these turn off, but for turning back."""
        allowed: dict[Path, set[int]] = defaultdict(set)
        for path in paths:
            allowed[path[:-1]].add(path[-1])
        for so_far, ends in allowed.items():
            for edge in self._leaving[self._ends[so_far[-1]][1]]:
                if edge not in ends and not self._is_back(so_far[-1], edge):
                    yield (*so_far, edge)
