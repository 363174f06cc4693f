"""The road engine beside its peers: the soonest of many units, and after a closure."""

import importlib.util
import os
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench import roads_apart, standing
from bench.closures import Case, our_cases, peer_closures
from bench.networks import SAMPLE, WORLD, Place, short_name
from bench.our_engine import Floats, Ours, Search, prepared
from bench.pgrouting import PgroutingMissing, PgroutingPeer
from bench.road_peers import MAKERS, Peer
from bench.saying import (
    Teller,
    asked,
    disagreements,
    markdown,
    percentiles,
    timed,
)
from bench.weighing import save_search, weight_mb
from gis_dispatch.roads.fleet import Fleet

SEED = 112
OURS = "gis_dispatch"
PORTO_DENSITY = 200 / 68_848
"""Units per junction: 200 on Porto. The world is asked about at the same."""
FIRST = "closure to first right answer"
DRAWN = "from the polygon as drawn; arcs_known_p50_ms: from the roads it touches"
TOLD = "from the roads it touches, which our engine found; ratio is to our arcs_known_p50_ms"


@dataclass(eq=False)
class Asked:
    """One number of units: who stands where, the incidents, and our answers."""

    units: int
    fleet: Fleet
    at: list[Place]
    places: list[Place]
    answers: list[Floats]
    p50_ms: float


@dataclass
class Given:
    """What the command line asked for."""

    networks: list[str]
    units: list[int]
    nearest: int
    queries: int
    peer_seconds: float
    engines: list[str]
    table: bool


class Bench:
    """One network, all engines."""

    def __init__(self, ours: Ours, name: str, given: Given, teller: Teller) -> None:
        self.ours, self.given, self.teller = ours, given, teller
        self.facts: dict[str, Any] = {"network": short_name(name)}
        density = round(PORTO_DENSITY * ours.graph.junction_count)
        self.units = [density] if name == WORLD else given.units
        self.asked: list[Asked] = []
        self.cases: list[Case] = []
        self.closed_p50_ms = 0.0

    def say(self, engine: str, **line: Any) -> None:
        """One line about an engine on this network."""
        load = round(os.getloadavg()[0], 2)
        self.teller.say(**self.facts, engine=engine, **line, load=load)

    def us(self) -> None:
        """This engine, for each number of units."""
        ours, wanted = self.ours, self.given.nearest
        self.say(OURS, measure="preparation", **ours.prepared, **ours.facts)
        for units in self.units:
            somewhere = ours.somewhere(SEED)
            at = somewhere.places(units)
            fleet, places = ours.fleet(at), somewhere.places(self.given.queries)
            labels_ms = ours.labels_ms(fleet)
            for _ in ("without labels", "with labels"):
                ours.nearest(places[0], fleet, wanted)

            def ask(place: Place, fleet: Fleet = fleet) -> Floats:
                return ours.nearest(place, fleet, wanted)

            answers, took_ms = asked(ask, places)
            told = percentiles(took_ms)
            self.asked.append(Asked(units, fleet, at, places, answers, told["p50_ms"]))
            self.say(
                OURS, units=units, nearest=wanted, queries=len(places), **told,
                labels_made_once_ms=labels_ms,
            )  # fmt: skip
            _, took_ms = asked(partial(ours.trips, places=at, wanted=wanted), places[:200])
            self.say(
                OURS, measure="every unit's journey, the soonest with route and streets",
                units=units, drawn=wanted, queries=len(took_ms), **percentiles(took_ms),
            )  # fmt: skip
        fleet = ours.fleet(ours.plain(self.usual().at))
        self.cases, took_ms, searched_ms = our_cases(ours, fleet, wanted, 20)
        if self.cases:
            self.closed_p50_ms = percentiles(searched_ms)["p50_ms"]
            self.say(
                OURS, measure=FIRST, units=len(fleet), queries=len(took_ms),
                **percentiles(took_ms), arcs_known_p50_ms=self.closed_p50_ms, counted=DRAWN,
            )  # fmt: skip

    def usual(self) -> Asked:
        """The number of units that closures are tried with: 200 where it is asked for."""
        return min(self.asked, key=lambda one: abs(one.units - 200))

    def here(self, home: Path) -> None:
        """Peers in this process, and pgRouting."""
        free = self.ours.search(self.ours.vehicle.free)
        save_search(free, home / "search.npz")
        for make, package in MAKERS:
            if self.wanted(make.name):
                if importlib.util.find_spec(package) is None:
                    self.say(make.name, skipped=f"{package} is not installed (script/bench does)")
                    continue
                memory_mb = weight_mb(make.name, home / "search.npz")
                prepare_s, peer = timed(lambda make=make: make(free))  # type: ignore[misc]
                self._peer(peer, free, prepare_s, memory_mb)
        if self.wanted(PgroutingPeer.name):
            try:
                prepare_s, table = timed(lambda: PgroutingPeer(free))
            except PgroutingMissing as missing:
                self.say(PgroutingPeer.name, skipped=str(missing))
                return
            self._peer(table, free, prepare_s, None)

    def wanted(self, name: str) -> bool:
        return not self.given.engines or any(one in name.lower() for one in self.given.engines)

    def _peer(self, peer: Peer, free: Search, prepare_s: float, memory_mb: float | None) -> None:
        ours, wanted, weights = self.ours, self.given.nearest, self.ours.vehicle.free
        try:
            lines = []
            for one in self.asked:
                sides = ours.sides(one.fleet, weights)

                def ask(place: Place, one: Asked = one, sides: Any = sides) -> Floats:
                    question = ours.question(place, one.fleet, weights)
                    return peer.nearest(question, sides, wanted)

                answers, took_ms = asked(ask, one.places, self.given.peer_seconds)
                lines.append((one, answers, took_ms))
            if isinstance(peer, PgroutingPeer):
                memory_mb = peer.memory_mb()
            assert memory_mb is not None
            self.say(
                peer.name, measure="preparation", prepare_s=prepare_s, how=peer.how,
                memory_mb=round(memory_mb, 1),
            )  # fmt: skip
            for one, answers, took_ms in lines:
                self.compared(peer.name, one, answers, took_ms, peer.tolerance_s)
            cases = self.cases[: 20 if lines and len(lines[0][2]) > 100 else 3]
            if cases:
                found, took_ms = peer_closures(peer, cases, free, wanted)
                self.after_closure(peer.name, cases, found, took_ms, peer.tolerance_s)
        finally:
            peer.stop()

    def compared(
        self, name: str, one: Asked, answers: list[Floats], took_ms: list[float],
        tolerance_s: float | None, **more: Any,
    ) -> None:  # fmt: skip
        told = percentiles(took_ms)
        if tolerance_s is not None:
            wrong, largest = disagreements(one.answers, answers, tolerance_s)
            more |= {"disagreements": wrong, "largest_difference_s": largest}
            more["tolerance_s"] = tolerance_s
        ratio = round(told["p50_ms"] / one.p50_ms, 1)
        self.say(
            name, units=one.units, nearest=self.given.nearest, queries=len(took_ms), **told,
            ratio=ratio, **more,
        )  # fmt: skip

    def after_closure(
        self, name: str, cases: list[Case], found: list[Floats], took_ms: list[float],
        tolerance_s: float | None, **more: Any,
    ) -> None:  # fmt: skip
        told = percentiles(took_ms)
        if tolerance_s is not None:
            wrong, _ = disagreements([case.answer for case in cases], found, tolerance_s)
            more["disagreements"] = wrong
        ratio = round(told["p50_ms"] / self.closed_p50_ms, 1)
        self.say(
            name, measure=FIRST, queries=len(took_ms), **told, ratio=ratio, **more, counted=TOLD
        )


def measure(given: Given) -> None:
    """Every network, every engine."""
    teller = Teller()
    p50_ms: dict[str, float] = {}
    for name in given.networks:
        with ExitStack() as stack:
            home, ours = prepared(name)
            stack.enter_context(home)
            bench = Bench(ours, name, given, teller)
            bench.us()
            p50_ms[name] = bench.usual().p50_ms
            bench.here(Path(home.name))
            if name != WORLD:
                roads_apart.measure(bench, Path(home.name))
                if name != SAMPLE:
                    standing.tell(teller, name, Path(home.name))
    _scale(teller, p50_ms)
    if given.table:
        print(markdown(teller.lines))


def _scale(teller: Teller, p50_ms: dict[str, float]) -> None:
    """What the size of the network costs where units stand as close."""
    others = [name for name in p50_ms if "porto" in name.lower()]
    if WORLD in p50_ms and others:
        cost = p50_ms[WORLD] / p50_ms[others[0]]
        teller.say(
            measure="world highways against Porto, same density", engine=OURS,
            ratio=round(cost, 2), at_most=2, reached=cost <= 2,
        )  # fmt: skip
