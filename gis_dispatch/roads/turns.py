"""Lays turn bans into the graph: where a ban begins, a junction is left from a copy of itself.

A copy remembers how it was reached. From it the same arcs lead on as from the junction, and each
that would complete a ban carries that ban's rules: whether they bind is for a vehicle to say. All
bans together are one automaton of forbidden arc sequences (Aho and Corasick, 1975), so bans that
overlap, share their beginning or run over several roads need no cases of their own.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gis_dispatch.domain.network import IntArray

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TurnGraph:
    """The arcs between search nodes; nodes from `junction_count` on are copies."""

    copy_junction: IntArray
    """The junction each copy stands for."""
    tail: IntArray
    head: IntArray
    arc: IntArray
    ban: IntArray
    """Which set of `bans` an arc would break; -1: none."""
    arc_head: IntArray
    """Per arc: the node one is at after driving it, nothing being known of before."""
    bans: list[list[Rule]]


class _Automaton:
    """States are beginnings of forbidden sequences; 0 is "nothing known"."""

    def __init__(self, bans: Iterable[tuple[Sequence[int], Rule]]) -> None:
        self.after: dict[tuple[int, int], int] = {}
        self.last_arc = [-1]
        self.broken: list[list[Rule]] = [[]]
        self.goes_on = [True]
        for arcs, rule in bans:
            state = 0
            for arc in arcs:
                self.goes_on[state] = True
                state = self._added(state, arc)
            self.broken[state].append(rule)
        self.shorter = [0] * len(self.last_arc)
        self._find_shorter()

    def _added(self, state: int, arc: int) -> int:
        new = self.after.setdefault((state, arc), len(self.last_arc))
        if new == len(self.last_arc):
            self.last_arc.append(arc)
            self.broken.append([])
            self.goes_on.append(False)
        return new

    def _find_shorter(self) -> None:
        """Per state the longest other state that is its ending, breadth first."""
        children: dict[int, list[int]] = {}
        for (state, _), child in self.after.items():
            children.setdefault(state, []).append(child)
        waiting = deque(children.get(0, []))
        while waiting:
            state = waiting.popleft()
            self.broken[state] = self.broken[state] + self.broken[self.shorter[state]]
            for child in children.get(state, []):
                self.shorter[child] = self._step(self.shorter[state], self.last_arc[child])
                waiting.append(child)

    def _step(self, state: int, arc: int) -> int:
        while state and (state, arc) not in self.after:
            state = self.shorter[state]
        return self.after.get((state, arc), 0)

    def drive(self, state: int, arc: int) -> tuple[int, list[Rule]]:
        """(the state after an arc, the rules it breaks)."""
        reached = self._step(state, arc)
        broken = self.broken[reached]
        while not self.goes_on[reached]:
            reached = self.shorter[reached]
        return reached, broken


def lay_turns(
    road_from: IntArray, road_to: IntArray, junction_count: int,
    bans: Sequence[tuple[Sequence[int], Rule]],
) -> TurnGraph:  # fmt: skip
    """The search graph of roads under bans; `bans` are arc sequences that join head to tail."""
    tail = np.stack([road_from, road_to], axis=1).ravel().astype(np.int32)
    head = np.stack([road_to, road_from], axis=1).ravel().astype(np.int32)
    arcs = np.arange(len(tail), dtype=np.int32)
    automaton = _Automaton(bans)
    copies = [s for s in range(1, len(automaton.last_arc)) if automaton.goes_on[s]]
    node = {state: junction_count + number for number, state in enumerate(copies)}
    for arc in {arc for state, arc in automaton.after if state == 0}:
        state, _ = automaton.drive(0, arc)
        if state:
            head[arc] = node[state]
    leaving: dict[int, list[int]] = {}
    ends = {head_of(automaton.last_arc[state], road_from, road_to) for state in copies}
    for arc in np.nonzero(np.isin(tail, list(ends)))[0].tolist():
        leaving.setdefault(int(tail[arc]), []).append(arc)
    more: list[tuple[int, int, int, int]] = []
    sets: list[list[Rule]] = []
    junctions = []
    for state in copies:
        junction = head_of(automaton.last_arc[state], road_from, road_to)
        junctions.append(junction)
        for arc in leaving.get(junction, []):
            reached, broken = automaton.drive(state, arc)
            if broken:
                sets.append(broken)
            to = node[reached] if reached else head_of(arc, road_from, road_to)
            more.append((node[state], to, arc, len(sets) - 1 if broken else -1))
    columns = np.array(more, dtype=np.int32).reshape(-1, 4)
    return TurnGraph(
        copy_junction=np.array(junctions, dtype=np.int32),
        tail=np.concatenate([tail, columns[:, 0]]),
        head=np.concatenate([head, columns[:, 1]]),
        arc=np.concatenate([arcs, columns[:, 2]]),
        ban=np.concatenate([np.full(len(arcs), -1, dtype=np.int32), columns[:, 3]]),
        arc_head=head,
        bans=sets,
    )


def head_of(arc: int, road_from: IntArray, road_to: IntArray) -> int:
    """The junction an arc ends at."""
    return int(road_from[arc >> 1] if arc & 1 else road_to[arc >> 1])
