"""The engine and the plain Dijkstra of these tests never disagree."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.network import Network
from gis_dispatch.roads.closed_weights import closed_weights
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.routes import Pieces, lengths_driven_m, line_of, pieces_driven
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.stretches import Stretch
from gis_dispatch.roads.targets import targets_of
from gis_dispatch.roads.weights import Weights, open_weights
from tests.roads.plain import Part, Spot, plain_times
from tests.roads.towns import HEADER, banned, networks, parts, profiles, spots


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
    return closed_weights(graph, profile, open_weights(graph, profile), stretches)


def check(data: st.DataObject, network: Network, *, inside: bool) -> None:
    """Every time, every way and every selection of the soonest, against the plain search."""
    profile = data.draw(profiles())
    end = data.draw(spots(network, inside=inside))
    starts = data.draw(st.lists(spots(network, inside=inside), min_size=1, max_size=6))
    touched = data.draw(parts(network))
    graph = compile_graph(network, HEADER)
    weights = weights_of(network, graph, profile, touched)
    here = [snapped(network, graph, spot) for spot in starts]
    there = snapped(network, graph, end)
    delays = data.draw(st.lists(st.sampled_from([0.0, 45.0, 90.0]), min_size=6, max_size=6))
    fleet = Fleet(graph, here, delays[: len(starts)])
    targets = targets_of(graph, weights, there, profile.foot_speed_kph)
    searcher = Searcher(graph)
    outcome = searcher.run(weights, targets, fleet)
    expected = plain_times(network, profile, end, starts, touched)
    arrivals = [time + delay for time, delay in zip(expected, delays, strict=False)]
    assert outcome.arrival_s.tolist() == pytest.approx(arrivals, rel=1e-9, abs=1e-6)
    lengths = lengths_driven_m(graph, fleet, targets, outcome)
    assert np.isnan(lengths).tolist() == np.isinf(expected).tolist()
    for number, time in enumerate(expected):
        if np.isfinite(time):
            target = targets[int(outcome.target[number])]
            driving = float(outcome.driving_s[number])
            assert driving + target.foot_time_s == pytest.approx(time, rel=1e-9, abs=1e-6)
            pieces = pieces_driven(graph, here[number], target, number, outcome)
            check_way(graph, weights, pieces, driving)
            assert lengths[number] == pytest.approx(np.abs(pieces.to_m - pieces.from_m).sum())
            check_turns(network, graph, profile, pieces)
    wanted = data.draw(st.integers(0, len(starts)))
    reached = sorted(time for time in arrivals if np.isfinite(time))[:wanted]
    for _ in ("without labels", "with labels"):
        order, times = searcher.soonest(weights, targets, fleet, wanted)
        assert len(set(order.tolist())) == len(order)
        assert times.tolist() == pytest.approx(reached, rel=1e-9, abs=1e-6)
        assert times.tolist() == pytest.approx(outcome.arrival_s[order].tolist(), rel=1e-9)
    assert wanted == 0 or fleet.labels(weights) is not None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_times_are_those_of_the_plain_search(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    assume((network.length_m > 0).any())
    check(data, network, inside=False)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_turn_bans_are_those_of_the_plain_search(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    # On a road of no length nobody could say whether it was driven.
    assume((network.length_m > 0).all())
    check(data, data.draw(banned(network)), inside=True)


def check_turns(network: Network, graph: Graph, profile: Profile, pieces: Pieces) -> None:
    """No ban that binds the vehicle is broken on the way shown."""
    arc_of = {}
    for edge in range(network.edge_count):
        road, begins_m = place_of(network, graph, edge, 0.0)
        arc_of[edge] = 2 * road + (begins_m > 0.0)
    driven = [
        2 * road + (to_m < from_m)
        for road, from_m, to_m in zip(
            pieces.roads.tolist(), pieces.from_m.tolist(), pieces.to_m.tolist(), strict=True
        )
        if to_m != from_m
    ]
    for ban in network.turn_bans:
        forbidden = [arc_of[edge] for edge in ban.edges]
        if profile.bound_by(ban.rule):
            for at in range(len(driven)):
                assert driven[at : at + len(forbidden)] != forbidden


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
    length = np.abs(pieces.to_m - pieces.from_m).sum()
    assert drawn == pytest.approx(length, rel=0.01, abs=0.5)
