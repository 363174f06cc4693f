"""What is reached within a time, metre by metre, against the plain search."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.profiles import load_profiles
from gis_dispatch.roads.reaching import reached_within
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.spreading import spread
from gis_dispatch.roads.stretches import Stretches
from tests.roads.plain import Part, Spot, closed_speed, plain_times, twin
from tests.roads.test_exact import place_of, snapped, weights_of
from tests.roads.towns import HEADER, banned, networks, parts, profiles, spots

LIMITS_S = (0.0, 3.0, 20.0, 60.0, 200.0, 900.0)


def blocked(network: Network, profile: Profile, spot: Spot, touched: list[Part]) -> bool:
    """Whether a place lies in a stretch that this vehicle may not drive at all."""
    length = float(network.length_m[spot.edge])
    for part in touched:
        if closed_speed(part.closure, profile) > 0:
            continue
        along = spot.along_m
        if part.edge == twin(network, spot.edge):
            along = length - along
        elif part.edge != spot.edge:
            continue
        if part.from_m - 1e-6 <= along <= part.to_m + 1e-6:
            return True
    return False


def covered(stretches: Stretches, road: int, along_m: float) -> bool:
    here = stretches.road == road
    inside = (stretches.from_m <= along_m) & (along_m <= stretches.to_m)
    return bool((here & inside).any())


def spot_of(network: Network, graph: Graph, road: int, along_m: float) -> Spot:
    for edge in range(network.edge_count):
        at, begins_m = place_of(network, graph, edge, 0.0)
        if at == road:
            forward = begins_m == 0.0
            length = float(network.length_m[edge])
            return Spot(edge, along_m if forward else length - along_m)
    raise AssertionError("the road is no edge")


def time_to(
    network: Network, profile: Profile, place: Spot, spot: Spot, touched: list[Part]
) -> float:
    [time] = plain_times(network, profile, spot, [place], touched)
    return time


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_it_ends_where_the_time_ends(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    # As for turn bans: on a road of no length nobody could say whether it was driven.
    assume((network.length_m > 0).all())
    network = data.draw(st.just(network) | banned(network))
    profile = data.draw(profiles())
    place = data.draw(spots(network, inside=True))
    touched = data.draw(parts(network))
    limit_s = data.draw(st.sampled_from(LIMITS_S))
    graph = compile_graph(network, HEADER)
    weights = weights_of(network, graph, profile, touched)
    at = snapped(network, graph, place)
    node_s = spread(graph, weights, at, limit_s)
    stretches = reached_within(graph, weights, at, node_s, limit_s).stretches()
    for spot in data.draw(st.lists(spots(network, inside=True), min_size=1, max_size=6)):
        time = time_to(network, profile, place, spot, touched)
        if abs(time - limit_s) > 1e-6 and not blocked(network, profile, spot, touched):
            reached = covered(stretches, *place_of(network, graph, spot.edge, spot.along_m))
            assert reached == (time < limit_s)
    for road, *ends in zip(stretches.road, stretches.from_m, stretches.to_m, strict=True):
        for end_m in ends:
            if 1e-6 < end_m < graph.road_length_m[road] - 1e-6 and end_m != at.along_m:
                spot = spot_of(network, graph, int(road), float(end_m))
                time = time_to(network, profile, place, spot, touched)
                at_closure = blocked(network, profile, spot, touched)
                assert at_closure or time == pytest.approx(limit_s, rel=1e-9, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_new_since_a_shorter_limit_is_the_rest(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    assume((network.length_m > 0).any())
    profile = data.draw(profiles())
    place = data.draw(spots(network))
    touched = data.draw(parts(network))
    shorter, longer = sorted((data.draw(st.floats(0, 400)), data.draw(st.floats(0, 400))))
    graph = compile_graph(network, HEADER)
    weights = weights_of(network, graph, profile, touched)
    at = snapped(network, graph, place)
    node_s = spread(graph, weights, at, longer)
    early = reached_within(graph, weights, at, node_s, shorter)
    late = reached_within(graph, weights, at, node_s, longer)
    assert early.length_m == pytest.approx(metres(early.stretches()), abs=1e-6)
    assert late.length_m == pytest.approx(metres(late.stretches()), abs=1e-6)
    fresh = metres(late.stretches(since=early), without=at.road)
    before, after = (metres(one.stretches(), without=at.road) for one in (early, late))
    assert before + fresh == pytest.approx(after, abs=1e-6)


def metres(stretches: Stretches, without: int = -1) -> float:
    """The length of what is drawn, one road left out."""
    return float((stretches.to_m - stretches.from_m)[stretches.road != without].sum())


def test_who_stands_in_a_closure_reaches_where_it_stands() -> None:
    line = np.array([[108.98, 0.9], [108.982, 0.9]])
    edges = EdgeList()
    for number, place in enumerate(line):
        edges.junction(number, (float(place[0]), float(place[1])))
    edges.add((0, 1), 1, None, "residential", {}, line)
    network = edges.network()
    flood = RoadClosure(1, 1, {"type": "Point", "coordinates": [0.0, 0.0]}, "closed")
    graph = compile_graph(network, HEADER)
    car = load_profiles()["car"]
    weights = weights_of(network, graph, car, [Part(flood, 0, 30.0, 60.0)])
    at = Snapped(0, 40.0, 0.0, 108.9804, 0.9)
    node_s = spread(graph, weights, at, 600.0)
    reached = reached_within(graph, weights, at, node_s, 600.0)
    assert reached.own_spans == [(40.0, 40.0)]
    assert reached.length_m == 0.0
