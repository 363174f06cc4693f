"""Closures that change an answer: drawn near an incident, clear of everybody's own road."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

import numpy as np

from bench.networks import DEGREE_M, Place
from bench.our_engine import Floats, Ints, Ours, Question, Search
from bench.road_peers import Peer
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.fleet import Fleet

SQUARE_M = 100.0
TRIES = 2000
SHORTEST_WAY = 3
"""Roads between the unit and the incident."""
Ring = list[list[float]]


@dataclass(eq=False)
class Case:
    """An incident and a closure near it, with the right answer and what becomes of the arcs."""

    place: Place
    ring: Ring
    answer: Floats
    roads: list[int]
    question: Question
    sides: tuple[Ints, Floats]
    arcs: Ints
    search: Search


def our_cases(
    ours: Ours, fleet: Fleet, wanted: int, count: int
) -> tuple[list[Case], list[float], list[float]]:
    """Cases; milliseconds from each closure, never seen before, to our first answer; and, without
    finding the roads it touches, what peers are measured by: they are told the arcs.
    """
    cases: list[Case] = []
    took_ms: list[float] = []
    searched_ms: list[float] = []
    free = ours.search(ours.vehicle.free)
    own_roads = set(fleet.road.tolist())
    for number, (place, ring) in enumerate(_drawn(ours, fleet)):
        if len(cases) == count:
            break
        closure = RoadClosure(number, 1, {"type": "Polygon", "coordinates": [ring]}, "closed")
        roads = sorted({one.road for one in ours.vehicle.closed.stretches(closure)})
        end = ours.vehicle.snapper.snap(*place)
        if end is None or (own_roads | {end.road}) & set(roads):
            continue
        before = ours.nearest(place, fleet, wanted)
        # Looked at above: drawn anew under a number of its own, so that nothing is remembered.
        drawn = RoadClosure(10_000 + number, 1, closure.geometry, "closed")
        began = time.perf_counter()
        ours.vehicle.closed.stretches(drawn)
        found = time.perf_counter()
        answer = ours.nearest(place, fleet, wanted, [drawn])
        ended = time.perf_counter()
        if np.array_equal(before, answer):
            continue
        took_ms.append((ended - began) * 1000)
        searched_ms.append((ended - found) * 1000)
        weights = ours.vehicle.weights([drawn])
        search = ours.search(weights)
        arcs = np.nonzero(search.time_s != free.time_s)[0]
        question, sides = ours.question(place, fleet, weights), ours.sides(fleet, weights)
        cases.append(Case(place, ring, answer, roads, question, sides, arcs, search))
    return cases, took_ms, searched_ms


def _drawn(ours: Ours, fleet: Fleet) -> Iterator[tuple[Place, Ring]]:
    """Incidents, each with a square on the way of a unit that is among the soonest."""
    somewhere, graph, vehicle = ours.somewhere(seed=9), ours.graph, ours.vehicle
    side_m = max(SQUARE_M, float(np.median(graph.road_length_m)))
    for tried in range(TRIES):
        places = ours.plain([somewhere.place()])
        end = vehicle.snapper.snap(*places[0]) if places else None
        if end is None:
            continue
        targets = vehicle.targets(vehicle.free, end)
        found = vehicle.searcher.run(vehicle.free, targets, fleet)
        arcs = found.arcs_of(int(found.order[min(tried % 10, len(found.order) - 1)]))
        if len(arcs) < SHORTEST_WAY:
            continue
        road = int(arcs[len(arcs) // 2]) >> 1
        middle = (graph.point_start[road] + graph.point_start[road + 1]) // 2
        lon, lat = float(graph.point_lon[middle]), float(graph.point_lat[middle])
        high = side_m / DEGREE_M / 2
        wide = high / cos(radians(lat))
        corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
        yield places[0], [[lon + x * wide, lat + y * high] for x, y in corners]


def peer_closures(
    peer: Peer, cases: list[Case], free: Search, wanted: int
) -> tuple[list[Floats], list[float]]:
    """(answers, milliseconds from the changed arcs, handed over, to the answer)."""
    answers, took_ms = [], []
    for case in cases:
        began = time.perf_counter()
        peer.put(case.arcs, case.search)
        answers.append(peer.nearest(case.question, case.sides, wanted))
        took_ms.append((time.perf_counter() - began) * 1000)
        peer.put(case.arcs, free)
    return answers, took_ms


def segments(nodes: Ints, point_start: Ints, roads: list[int]) -> list[tuple[int, int]]:
    """Every piece of these roads, both ways, by OSM nodes."""
    pairs: list[tuple[int, int]] = []
    for road in roads:
        points = nodes[point_start[road] : point_start[road + 1]].tolist()
        pairs += [pair for ends in pairwise(points) for pair in (ends, ends[::-1])]
    return pairs
