"""The engine and the plain Dijkstra of these tests never disagree."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.network import Network
from gis_dispatch.roads.closing import Stretch
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profiles import Profile
from gis_dispatch.roads.routes import Pieces, line_of, pieces_driven
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.weights import Weights, closed_weights, open_weights
from tests.roads.plain import Part, Spot, plain_times
from tests.roads.towns import HEADER, networks, parts, profiles, spots


def place_of(network: Network, graph: Graph, edge: int, along_m: float) -> tuple[int, float]:
    """(road, metres along it as the graph draws it) of a place on an edge."""
    line = network.lines[edge]
    for road in range(graph.road_count):
        points = slice(graph.point_start[road], graph.point_start[road + 1])
        drawn = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
        ends = graph.road_from[road], graph.road_to[road]
        edge_ends = network.from_junction[edge], network.to_junction[edge]
        if ends == edge_ends and np.array_equal(drawn, line):
            return road, min(along_m, float(graph.road_length_m[road]))
        if ends == edge_ends[::-1] and np.array_equal(drawn, line[::-1]):
            # Counted from the other end, a place may come out a hair before the beginning.
            return road, max(0.0, float(graph.road_length_m[road]) - along_m)
    raise AssertionError("the edge is not in the graph")


def snapped(network: Network, graph: Graph, spot: Spot) -> Snapped:
    road, along = place_of(network, graph, spot.edge, spot.along_m)
    return Snapped(road, along, 0.0, 0.0, 0.0)


def weights_of(network: Network, graph: Graph, profile: Profile, touched: list[Part]) -> Weights:
    stretches = []
    for part in touched:
        road, first = place_of(network, graph, part.edge, part.from_m)
        _, second = place_of(network, graph, part.edge, part.to_m)
        low, high = sorted((first, second))
        stretches.append((part.closure, [Stretch(road, low, high)]))
    return closed_weights(graph, open_weights(graph, profile), stretches)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_times_are_those_of_the_plain_search(data: st.DataObject) -> None:
    network = data.draw(networks())
    assume((network.length_m > 0).any())
    profile = data.draw(profiles())
    end = data.draw(spots(network))
    starts = data.draw(st.lists(spots(network), min_size=1, max_size=6))
    touched = data.draw(parts(network))
    graph = compile_graph(network, HEADER)
    weights = weights_of(network, graph, profile, touched)
    here = [snapped(network, graph, spot) for spot in starts]
    there = snapped(network, graph, end)
    searcher = Searcher(graph)
    outcome = searcher.run(weights, there, here)
    expected = plain_times(network, profile, end, starts, touched)
    assert outcome.cost_s.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-6)
    for number, time in enumerate(expected):
        if np.isfinite(time):
            pieces = pieces_driven(
                graph, here[number], there, int(outcome.side[number]), outcome.arcs[number]
            )
            check_way(graph, weights, pieces, time)
    wanted = data.draw(st.integers(0, len(starts)))
    first = searcher.run(weights, there, here, wanted=wanted, with_arcs=False)
    reached = sorted(time for time in expected if np.isfinite(time))[:wanted]
    assert first.cost_s[first.order].tolist() == pytest.approx(reached, abs=1e-6)


def check_way(graph: Graph, weights: Weights, pieces: Pieces, time: float) -> None:
    """The way shown hangs together, and driving it takes the time that was said."""
    spent = 0.0
    for road, from_m, to_m in zip(
        pieces.roads.tolist(), pieces.from_m.tolist(), pieces.to_m.tolist(), strict=True
    ):
        pace = float(weights.pace[2 * road + (to_m < from_m)])
        low, high = sorted((from_m, to_m))
        if high == low:
            continue
        spent += (high - low) * pace
        row = weights.piece_row[road]
        if row >= 0:
            for piece in range(weights.piece_start[row], weights.piece_start[row + 1]):
                inside = min(high, weights.piece_to[piece]) - max(low, weights.piece_from[piece])
                if inside > 0:
                    spent += inside * max(0.0, float(weights.piece_pace[piece]) - pace)
    assert spent == pytest.approx(time, rel=1e-9, abs=1e-6)
    line = np.array(line_of(graph, pieces))
    assert len(line) >= 2
    drawn = np.hypot(*(np.diff(line, axis=0) * 111_000).T).sum()
    assert drawn == pytest.approx(pieces.length_m, rel=0.01, abs=0.5)
