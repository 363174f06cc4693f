"""OSRM and Valhalla beside this engine: each in a process of its own, over a file of our roads."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import closures
from bench.children import APART, NO_PYTHON, Child, ChildFailed
from bench.networks import Place
from bench.osm_file import write_osm
from bench.our_engine import Floats, Ints, Ours
from bench.saying import disagreements

if TYPE_CHECKING:
    from bench.roads import Asked, Bench

KINDS = (
    ("OSRM table, CH", "osrm_child.py", "CH"),
    ("OSRM table, MLD", "osrm_child.py", "MLD"),
    ("Valhalla matrix", "valhalla_child.py", None),
)
OSRM_TOLERANCE_S = 0.5
"""It keeps thousandths of a second for each segment, and places to a millionth of a degree."""
PATIENCE_MS = 1000
"""Who takes longer is not asked about more units."""
HOW = "a process of its own, times and memory measured inside it"


def measure(bench: Bench, home: Path) -> None:
    """Lines about each of them, or why there are none."""
    kinds = [kind for kind in KINDS if bench.wanted(kind[0])]
    if not APART.exists():
        for name, _, _ in kinds:
            bench.say(name, skipped=NO_PYTHON)
        return
    if not kinds:
        return
    # OSRM takes who stands in a small dead part of the network to a larger one: nobody does.
    asked = [plain(bench, one) for one in bench.asked]
    file = home / "roads.osm.pbf"
    nodes = write_osm(bench.ours.vehicle, file)
    for name, program, algorithm in kinds:
        child = Child(program)
        try:
            Apart(bench, child, name, algorithm).measure(asked, file, nodes)
        except ChildFailed as failed:
            bench.say(name, skipped=str(failed))
        finally:
            child.stop()


def plain(bench: Bench, one: Asked) -> Asked:
    """The same questions without the units and incidents that engines put on different roads."""
    ours, wanted = bench.ours, bench.given.nearest
    at, places = ours.plain(one.at), ours.plain(one.places)
    fleet = ours.fleet(at)
    answers = [ours.nearest(place, fleet, wanted) for place in places]
    return type(one)(one.units, fleet, at, places, answers, one.p50_ms)


class Apart:
    """One of them, beside this engine."""

    def __init__(self, bench: Bench, child: Child, name: str, algorithm: str | None) -> None:
        self.bench, self.child, self.name, self.algorithm = bench, child, name, algorithm
        self.tolerance_s = OSRM_TOLERANCE_S if algorithm else None
        self.notes: dict[str, Any] = {} if algorithm else {"weights": "own"}

    def measure(self, asked: list[Asked], file: Path, nodes: Ints) -> None:
        """Prepare it, ask it, close roads."""
        bench, child, ours = self.bench, self.child, self.bench.ours
        given = bench.given
        more = {"algorithm": self.algorithm} if self.algorithm else {}
        ready = child.do("prepare", file=str(file), folder=str(file.parent), **more)
        lines, answer = [], ready
        for one in sorted(asked, key=lambda one: one.units):
            if lines and min(lines[-1][2]) > PATIENCE_MS:
                slow = f"not asked about {one.units} units: fewer took {min(lines[-1][2]):,.0f} ms"
                bench.say(self.name, skipped=slow)
                continue
            child.do("fleet", places=on_road(ours, one.at))
            answer = child.do(
                "ask", places=on_road(ours, one.places), wanted=given.nearest,
                budget_s=given.peer_seconds,
            )  # fmt: skip
            lines.append((one, answer["times_s"], answer["took_ms"]))
        bench.say(
            self.name, measure="preparation", prepare_s=round(ready["prepare_s"], 3), how=HOW,
            memory_mb=round(answer["memory_mb"], 1), tools_mb=round(ready["tools_mb"], 1),
            **self.notes,
        )  # fmt: skip
        for one, found, took_ms in lines:
            turned = turned_round(bench, one, found) if self.tolerance_s else None
            bench.compared(
                self.name, one, found, took_ms, self.tolerance_s,
                of_them_where_we_turn_round=turned, **self.notes,
            )  # fmt: skip
        child.do("fleet", places=on_road(ours, ours.plain(bench.usual().at)))
        self._close(nodes)

    def _close(self, nodes: Ints) -> None:
        bench = self.bench
        cases = bench.cases[: 1 if self.algorithm == "CH" else 3]
        found, took_ms = [], []
        for case in cases:
            closed: dict[str, Any] = {"ring": case.ring}
            if self.algorithm:
                pairs = closures.segments(nodes, bench.ours.graph.point_start, case.roads)
                closed = {"segments": pairs}
            place = on_road(bench.ours, [case.place])[0]
            answer = self.child.do("close", place=place, wanted=bench.given.nearest, **closed)
            found.append(answer["times_s"][0])
            took_ms.append(answer["took_ms"][0])
        if cases:
            bench.after_closure(self.name, cases, found, took_ms, self.tolerance_s, **self.notes)


def turned_round(bench: Bench, one: Asked, found: list[Floats]) -> int:
    """Disagreements where one of our ways turns round at a junction, to come back past a banned
    turn: OSRM turns round at dead ends only.
    """
    count = 0
    for place, ours, theirs in zip(one.places, one.answers, found, strict=False):
        if disagreements([ours], [theirs], OSRM_TOLERANCE_S)[0]:
            ways = bench.ours.ways(place, one.fleet, bench.given.nearest)
            count += any(a == b ^ 1 for way in ways for a, b in pairwise(way))
    return count


def on_road(ours: Ours, places: list[Place]) -> list[Place]:
    """The same places as our engine puts them, so that every engine takes the same roads."""
    found = [ours.vehicle.snapper.snap(*place) for place in places]
    return [(one.lon, one.lat) for one in found if one is not None]
