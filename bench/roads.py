"""The road engine measured: the nearest of many units, snapping included, and after a closure."""

import json
import random
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.road_peers import NetworkxPeer, Peer, ScipyPeer, peer_times
from gis_dispatch import assets
from gis_dispatch.domain.network import NetworkHeader
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.graph import Graph, load_graph, save_graph
from gis_dispatch.roads.graph_roads import Engine
from gis_dispatch.roads.profiles import load_profiles
from gis_dispatch.roads.sources import read_network
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import Weights

Place = tuple[float, float]
Answer = TypeVar("Answer")
SEED = 112


def measure(
    file: Path | None, units: list[int], nearest: int, queries: int, peer_queries: int
) -> None:
    """Print one JSON line for each engine and number of units."""
    file = file or assets.sample_network()
    with tempfile.TemporaryDirectory() as home:
        engine, prepared = _prepared(file, Path(home))
        vehicle = engine.vehicle("car")
        facts = {"network": file.name, "roads": engine.graph.road_count, "profile": "car"}
        _say(facts | {"engine": "gis_dispatch", "measure": "preparation"} | prepared)
        peers: list[Peer] = []
        makers: tuple[Callable[[Graph, Weights], Peer], ...] = (ScipyPeer, NetworkxPeer)
        for make in makers:
            seconds, peer = _timed(partial(make, engine.graph, vehicle.free))
            peers.append(peer)
            _say(facts | {"engine": peer.name, "measure": "preparation", "prepare_s": seconds})
        for count in units:
            told = facts | {"units": count, "nearest": nearest}
            _compare(vehicle, peers, told, (queries, peer_queries))
            _closures(vehicle, told)


def _prepared(file: Path, home: Path) -> tuple[Engine, dict[str, float]]:
    header = NetworkHeader("bench", file.name, file.stem, "", "", sample=False, sha256="")
    read_s, network = _timed(lambda: read_network(file))
    compile_s, _ = _timed(lambda: save_graph(compile_graph(network, header), home / "graph"))
    start_s, engine = _timed(lambda: _opened(home / "graph"))
    return engine, {"read_s": read_s, "compile_s": compile_s, "start_s": start_s}


def _opened(folder: Path) -> Engine:
    graph = load_graph(folder)
    if graph is None:
        raise FileNotFoundError(folder)
    engine = Engine(graph, load_profiles())
    engine.warm_up()
    return engine


def _compare(
    vehicle: Vehicle, peers: list[Peer], told: dict[str, object], queries: tuple[int, int]
) -> None:
    """This engine on many questions; the peers on the first of them, and do they agree?"""
    rng = random.Random(SEED)
    nearest = int(str(told["nearest"]))
    starts = [
        Start(key, *_somewhere(vehicle.graph, rng), "car") for key in range(int(str(told["units"])))
    ]
    places = [_somewhere(vehicle.graph, rng) for _ in range(queries[0])]
    answers: list[NDArray[np.float64]] = []

    def ours(place: Place) -> NDArray[np.float64]:
        end = vehicle.snapper.snap(*place)
        snapped = [one for one in vehicle.snapper.snap_starts(starts) if one]
        if end is None:
            return np.zeros(0)
        outcome = vehicle.searcher.run(vehicle.free, end, snapped, wanted=nearest, with_arcs=False)
        return outcome.cost_s[outcome.order]

    ours(places[0])
    p50, p99 = _percentiles(ours, places, answers)
    _say(told | {"engine": "gis_dispatch", "p50_ms": p50, "p99_ms": p99, "queries": len(places)})
    with_routes = _percentiles(
        lambda place: len(vehicle.trips(*place, starts, ())), places[: queries[1]], []
    )
    _say(
        told | {"engine": "gis_dispatch", "measure": "every unit with its route and streets"}
        | {"p50_ms": with_routes[0], "p99_ms": with_routes[1], "queries": queries[1]}
    )  # fmt: skip
    for peer in peers:
        theirs: list[NDArray[np.float64]] = []

        def other(place: Place, peer: Peer = peer) -> NDArray[np.float64]:
            end = vehicle.snapper.snap(*place)
            snapped = [one for one in vehicle.snapper.snap_starts(starts) if one]
            if end is None:
                return np.zeros(0)
            times = np.sort(peer_times(peer, vehicle.graph, vehicle.free, end, snapped))
            return times[np.isfinite(times)][:nearest]

        peer_p50, peer_p99 = _percentiles(other, places[: queries[1]], theirs)
        differ = sum(
            len(a) != len(b) or not np.allclose(a, b, atol=1e-4)
            for a, b in zip(answers, theirs, strict=False)
        )
        _say(
            told | {"engine": peer.name, "p50_ms": peer_p50, "p99_ms": peer_p99}
            | {"queries": len(theirs), "times_slower": round(peer_p50 / p50, 1)}
            | {"disagreements": differ}
        )  # fmt: skip


def _closures(vehicle: Vehicle, told: dict[str, object]) -> None:
    """From a closure never seen before to the first right answer."""
    rng = random.Random(SEED)
    starts = [
        Start(key, *_somewhere(vehicle.graph, rng), "car") for key in range(int(str(told["units"])))
    ]
    taken = []
    snapped = [one for one in vehicle.snapper.snap_starts(starts) if one]
    for number in range(20):
        lon, lat = _somewhere(vehicle.graph, rng)
        ring = [
            [lon + x * 0.002, lat + y * 0.002] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        ]
        flood = RoadClosure(
            len(starts) * 100 + number, 1, {"type": "Polygon", "coordinates": [ring]}, "closed"
        )
        end = vehicle.snapper.snap(lon - 0.001, lat)
        began = time.perf_counter()
        if end is not None:
            vehicle.searcher.run(
                vehicle.weights([flood]), end, snapped,
                wanted=int(str(told["nearest"])), with_arcs=False,
            )  # fmt: skip
        taken.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(taken, [50, 99])
    _say(
        told | {"engine": "gis_dispatch", "measure": "closure to first right answer"}
        | {"p50_ms": round(float(p50), 3), "p99_ms": round(float(p99), 3), "queries": len(taken)}
    )  # fmt: skip


def _somewhere(graph: Graph, rng: random.Random) -> Place:
    """Within some 50 m of a random junction."""
    node = rng.randrange(len(graph.node_lon))
    return (
        float(graph.node_lon[node]) + rng.uniform(-5e-4, 5e-4),
        float(graph.node_lat[node]) + rng.uniform(-5e-4, 5e-4),
    )


def _percentiles(
    ask: Callable[[Place], Answer], places: list[Place], answers: list[Answer]
) -> tuple[float, float]:
    taken = []
    for place in places:
        began = time.perf_counter()
        answers.append(ask(place))
        taken.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(taken, [50, 99])
    return round(float(p50), 4), round(float(p99), 4)


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    result = work()
    return round(time.perf_counter() - began, 3), result


def _say(line: dict[str, object]) -> None:
    """One JSON line, with the most memory this process has held so far."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(line | {"max_rss_mb": memory}), flush=True)
