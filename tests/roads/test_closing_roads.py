"""A road picked whole is closed alone, and water runs under bridges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.closing import stretches_of
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profiles import Profiles, load_profiles
from gis_dispatch.roads.stretches import Stretch, stretches
from tests.roads.test_closing import at
from tests.roads.towns import HEADER

Line = list[tuple[float, float]]
NORTH_LANE: Line = [at(0, 5), at(400, 5), at(1000, 5)]
SOUTH_LANE: Line = [at(1000, 0), at(400, 0), at(0, 0)]
CROSSING: Line = [at(500, -300), at(500, 300)]
WINDING: Line = [at(0, 0), at(300, 200), at(700, 180), at(1000, 0)]


def drawn(*roads: tuple[Line, dict[str, Any], bool]) -> Graph:
    """Roads by (line, tags, one-way) that meet where their ends are; named by their number."""
    edges = EdgeList()
    for number, (line, tags, one_way) in enumerate(roads):
        ends = edges.junction(line[0], line[0]), edges.junction(line[-1], line[-1])
        points = np.array(line)
        edges.add(ends, number, f"road {number}", "primary", tags, points)
        if not one_way:
            edges.add(ends[::-1], number, f"road {number}", "primary", tags, points[::-1])
    return compile_graph(edges.network(), HEADER)


@pytest.fixture
def streets() -> Graph:
    """Two carriageways 5 m apart, a road across both, and a winding one between the same ends."""
    return drawn(
        (NORTH_LANE, {}, True), (SOUTH_LANE, {}, True), (CROSSING, {}, False), (WINDING, {}, False)
    )


def closed(
    graph: Graph, kind: str, coordinates: Any, **effect: Any
) -> dict[str | None, list[tuple[float, float]]]:
    closure = RoadClosure(1, 1, {"type": kind, "coordinates": coordinates}, "closed", **effect)
    found: dict[str | None, list[tuple[float, float]]] = {}
    for stretch in stretches_of(graph, closure):
        name = graph.names[graph.road_name[stretch.road]]
        found.setdefault(name, []).append((stretch.from_m, stretch.to_m))
    return found


def length_m(graph: Graph, name: str) -> float:
    (road,) = np.nonzero(graph.road_name == graph.names.index(name))[0]
    return float(graph.road_length_m[road])


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize(
    ("number", "line"), [(0, NORTH_LANE), (1, SOUTH_LANE), (2, CROSSING), (3, WINDING)]
)
def test_a_roads_own_drawing_closes_it_whole_and_alone(
    streets: Graph, number: int, line: Line, back: bool
) -> None:
    name = f"road {number}"
    found = closed(streets, "LineString", line[::-1] if back else line)
    assert found == {name: [(0.0, length_m(streets, name))]}


def test_what_the_engine_tells_of_a_road_closes_it(streets: Graph) -> None:
    engine = Engine(streets, Profiles(load_profiles()))
    edge = engine.edge_at(*at(300, 198))
    assert edge is not None
    # As it comes back from the tables, where seven decimals are kept.
    kept = [[round(lon, 7), round(lat, 7)] for lon, lat in edge.line]
    assert closed(streets, "LineString", kept) == {"road 3": [(0.0, edge.length_m)]}


def test_a_line_not_quite_the_drawing_is_any_line(streets: Graph) -> None:
    moved = [(lon, lat + 3e-7) for lon, lat in NORTH_LANE]
    assert closed(streets, "LineString", moved).keys() >= {"road 0", "road 1", "road 2"}
    part = NORTH_LANE[:2]
    assert closed(streets, "LineString", part).keys() >= {"road 0", "road 1"}
    straightened = [NORTH_LANE[0], NORTH_LANE[-1]]
    assert "road 1" in closed(streets, "LineString", straightened)


def test_several_roads_picked_are_closed_each(streets: Graph) -> None:
    found = closed(streets, "MultiLineString", [CROSSING, WINDING[::-1]])
    assert found == {
        name: [(0.0, length_m(streets, name))] for name in ("road 2", "road 3")
    }  # fmt: skip


def test_of_two_roads_of_one_drawing_both_are_closed() -> None:
    graph = drawn((WINDING, {}, True), (WINDING, {"layer": "1"}, True), (CROSSING, {}, False))
    assert closed(graph, "LineString", WINDING).keys() == {"road 0", "road 1"}


def test_every_drawing_closes_its_road_alone(streets: Graph) -> None:
    engine = Engine(streets, Profiles(load_profiles()))
    for x, y in ((200, 4.6), (800, 0.4), (500, 100), (700, 182)):
        edge = engine.edge_at(*at(x, y))
        assert edge is not None
        line = [list(point) for point in edge.line]
        assert closed(streets, "LineString", line) == {edge.street: [(0.0, edge.length_m)]}


@pytest.fixture
def river() -> Graph:
    """A street on a bridge, one beside the river, one on a ford-like bridge, one by a culvert."""
    return drawn(
        ([at(0, 0), at(1000, 0)], {"bridge": "yes"}, False),
        ([at(0, 100), at(1000, 100)], {}, False),
        ([at(0, 200), at(1000, 200)], {"bridge": "low_water_crossing"}, False),
        ([at(0, 300), at(1000, 300)], {"bridge": "no", "tunnel": "culvert"}, True),
        ([at(0, 400), at(1000, 400)], {"bridge": "viaduct"}, True),
    )


BANKS = [[at(300, -50), at(600, -50), at(600, 450), at(300, 450), at(300, -50)]]


def test_water_runs_under_bridges(river: Graph) -> None:
    flooded = closed(river, "Polygon", BANKS, depth_cm=40.0)
    assert sorted(map(str, flooded)) == ["road 1", "road 2", "road 3"]
    assert flooded["road 1"] == [pytest.approx((300, 600), abs=0.5)]


def test_an_area_without_depth_closes_bridges(river: Graph) -> None:
    assert len(closed(river, "Polygon", BANKS)) == 5


def test_water_drawn_on_the_bridge_itself_closes_it(river: Graph) -> None:
    assert closed(river, "LineString", [at(0, 0), at(1000, 0)], depth_cm=40.0).keys() == {"road 0"}
    assert closed(river, "LineString", [at(200, 2), at(400, 2)], depth_cm=9.0).keys() == {"road 0"}
    assert closed(river, "Point", at(200, 402), depth_cm=9.0).keys() == {"road 4"}


def test_a_road_that_only_touches_an_area_stays_open(river: Graph) -> None:
    beside = [[at(1000, 50), at(1100, 50), at(1100, 150), at(1000, 150), at(1000, 50)]]
    assert closed(river, "Polygon", beside) == {}


def test_a_road_inside_is_closed_to_its_very_ends(river: Graph) -> None:
    halves = [
        [[at(-50, 50), at(333.3, 50), at(333.3, 150), at(-50, 150), at(-50, 50)]],
        [[at(333.3, 50), at(1050, 50), at(1050, 150), at(333.3, 150), at(333.3, 50)]],
    ]
    assert closed(river, "MultiPolygon", halves) == {"road 1": [(0.0, length_m(river, "road 1"))]}


METRES = st.floats(0, 100, allow_subnormal=False) | st.sampled_from([0.0, 10.0, 10.0005, 20.0])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), METRES, METRES), max_size=12))
def test_joining_stretches_loses_and_adds_nothing(raw: list[tuple[int, float, float]]) -> None:
    found = [Stretch(road, *sorted((one, other))) for road, one, other in raw]
    joined: list[Stretch] = []
    for new in sorted(found, key=lambda one: (one.road, one.from_m)):
        last = joined[-1] if joined else None
        if last and last.road == new.road and new.from_m <= last.to_m + 0.001:
            joined[-1] = Stretch(new.road, last.from_m, max(last.to_m, new.to_m))
        else:
            joined.append(new)
    assert list(stretches(found).merged()) == joined
