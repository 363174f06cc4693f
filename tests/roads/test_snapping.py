"""Snapping finds the nearest road a vehicle may use, exactly, wherever on Earth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profiles import Profile, load_profiles
from gis_dispatch.roads.snapping import Snapper
from gis_dispatch.roads.weights import open_weights
from tests.roads.towns import HEADER

GEOD = Geod(ellps="WGS84")
CAR = load_profiles()["car"]
Line = list[tuple[float, float]]


def graph_of(*roads: tuple[Line, str, bool]) -> Graph:
    """Roads that do not meet: (line, class, one-way)."""
    edges = EdgeList()
    for number, (line, kind, one_way) in enumerate(roads):
        ends = edges.junction((number, 0), line[0]), edges.junction((number, 1), line[-1])
        points = np.array(line)
        edges.add(ends, number, f"road {number}", kind, {}, points)
        if not one_way:
            edges.add(ends[::-1], number, f"road {number}", kind, {}, points[::-1])
    return compile_graph(edges.network(), HEADER)


def snapper(graph: Graph, profile: Profile = CAR) -> Snapper:
    return Snapper(graph, open_weights(graph, profile).ways, profile.max_gap_m)


def brute_gap_m(graph: Graph, lon: float, lat: float) -> float:
    """The gap by walking along every segment in small steps on the ellipsoid."""
    best = np.inf
    for road in range(graph.road_count):
        first, last = graph.point_start[road], graph.point_start[road + 1] - 1
        for point in range(first, last):
            share = np.linspace(0, 1, 401)
            lons = graph.point_lon[point] * (1 - share) + graph.point_lon[point + 1] * share
            lats = graph.point_lat[point] * (1 - share) + graph.point_lat[point + 1] * share
            _, _, gaps = GEOD.inv(np.full(401, lon), np.full(401, lat), lons, lats)
            best = min(best, float(gaps.min()))
    return best


@settings(max_examples=60, deadline=None)
@given(
    lat=st.sampled_from([-62.0, -1.2, 0.9, 41.1, 57.7, 69.6]),
    points=st.lists(st.tuples(st.floats(0, 0.02), st.floats(0, 0.02)), min_size=4, max_size=12),
    spot=st.tuples(st.floats(-0.005, 0.025), st.floats(-0.005, 0.025)),
)
def test_no_road_is_nearer_than_the_one_found(
    lat: float, points: list[tuple[float, float]], spot: tuple[float, float]
) -> None:
    placed = [(11.0 + x, lat + y) for x, y in points]
    graph = graph_of(*[([a, b], "primary", False) for a, b in pairwise(placed)])
    lon, at_lat = 11.0 + spot[0], lat + spot[1]
    found = snapper(graph).snap(lon, at_lat)
    expected = brute_gap_m(graph, lon, at_lat)
    assert found is not None
    assert found.gap_m == pytest.approx(expected, rel=0.005, abs=4)
    _, _, measured = GEOD.inv(lon, at_lat, found.lon, found.lat)
    assert found.gap_m == pytest.approx(measured, rel=0.002, abs=0.05)


def test_along_is_measured_from_the_beginning_of_the_road() -> None:
    graph = graph_of(([(108.98, 0.9), (108.981, 0.9), (108.981, 0.902)], "primary", False))
    found = snapper(graph).snap(108.9812, 0.901)
    assert found is not None
    _, _, first = GEOD.inv(108.98, 0.9, 108.981, 0.9)
    _, _, second = GEOD.inv(108.981, 0.9, 108.981, 0.901)
    assert found.along_m == pytest.approx(first + second, abs=0.01)
    assert (found.lon, found.lat) == pytest.approx((108.981, 0.901))


def test_a_vehicle_is_put_on_a_road_it_may_use() -> None:
    graph = graph_of(
        ([(108.98, 0.9), (108.99, 0.9)], "path", False),
        ([(108.98, 0.901), (108.99, 0.901)], "residential", False),
    )
    at = (108.985, 0.9001)
    car, motorcycle = snapper(graph), snapper(graph, load_profiles()["motorcycle"])
    on_street, in_alley = car.snap(*at), motorcycle.snap(*at)
    assert on_street is not None
    assert in_alley is not None
    assert (on_street.road, in_alley.road) == (1, 0)


@pytest.mark.parametrize(("heading", "road"), [(90.0, 0), (270.0, 1), (100.0, 0), (None, 1)])
def test_heading_picks_the_carriageway(heading: float | None, road: int) -> None:
    graph = graph_of(
        ([(108.98, 0.9), (108.99, 0.9)], "primary", True),
        ([(108.99, 0.9002), (108.98, 0.9002)], "primary", True),
    )
    found = snapper(graph).snap(108.985, 0.90012, heading)
    assert found is not None
    assert found.road == road


def test_heading_does_not_carry_a_unit_to_a_far_road() -> None:
    graph = graph_of(
        ([(108.98, 0.9), (108.99, 0.9)], "primary", True),
        ([(108.99, 0.902), (108.98, 0.902)], "primary", True),
    )
    found = snapper(graph).snap(108.985, 0.9001, 270.0)
    assert found is not None
    assert found.road == 0


def test_too_far_from_any_road_is_said() -> None:
    graph = graph_of(([(108.98, 0.9), (108.99, 0.9)], "primary", False))
    at_four_km, at_six_km = snapper(graph).snap(108.985, 0.937), snapper(graph).snap(108.985, 0.955)
    assert at_four_km is not None
    assert at_four_km.gap_m == pytest.approx(4091, abs=5)
    assert at_six_km is None


def test_a_road_joined_to_nothing_is_no_trap() -> None:
    edges = EdgeList()
    for column in range(21):
        for row in range(12):
            edges.junction((column, row), (108.9 + column * 0.001, 0.9 + row * 0.001))
    for column in range(20):
        for row in range(12):
            ends = edges.junction((column, row), (0, 0)), edges.junction((column + 1, row), (0, 0))
            line = np.array([edges.places[ends[0]], edges.places[ends[1]]])
            edges.add(ends, 1, None, "primary", {}, line)
            edges.add(ends[::-1], 1, None, "primary", {}, line[::-1])
    for row in range(11):
        ends = edges.junction((0, row), (0, 0)), edges.junction((0, row + 1), (0, 0))
        line = np.array([edges.places[ends[0]], edges.places[ends[1]]])
        edges.add(ends, 2, None, "primary", {}, line)
    lost = edges.junction("a", (108.9053, 0.9003)), edges.junction("b", (108.9057, 0.9003))
    line = np.array([edges.places[lost[0]], edges.places[lost[1]]])
    edges.add(lost, 3, "yard", "service", {}, line)
    graph = compile_graph(edges.network(), HEADER)
    found = snapper(graph).snap(108.9055, 0.9003)
    assert found is not None
    assert graph.names[graph.road_name[found.road]] is None
