"""A drawn closure closes what it touches, and only the part it touches."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.errors import GeometryUnusable
from gis_dispatch.roads.closing import stretches_of
from gis_dispatch.roads.graph import Graph
from tests.roads.test_snapping import graph_of

METRE, METRE_NORTH = 1 / 111_319.5, 1 / 110_574.3
"""In degrees, at the equator."""


def at(x: float, y: float) -> tuple[float, float]:
    """Metres east and north of the town's corner, as (lon, lat)."""
    return 108.98 + x * METRE, y * METRE_NORTH


def closed(graph: Graph, kind: str, coordinates: Any) -> dict[int, list[tuple[int, int]]]:
    closure = RoadClosure(1, 1, {"type": kind, "coordinates": coordinates}, "closed")
    found: dict[int, list[tuple[int, int]]] = {}
    for stretch in stretches_of(graph, closure):
        part = round(stretch.from_m), round(stretch.to_m)
        # By the number it was drawn with: compiling puts roads in an order of its own.
        name = graph.names[graph.road_name[stretch.road]] or ""
        found.setdefault(int(name.removeprefix("road ")), []).append(part)
    return found


@pytest.fixture
def cross() -> Graph:
    """Road 0 runs east for a kilometre; road 1 crosses it (on a bridge) at 500 m."""
    return graph_of(
        ([at(0, 0), at(400, 0), at(1000, 0)], "primary", False),
        ([at(500, -500), at(500, 500)], "primary", True),
    )


def test_a_polygon_closes_what_lies_inside(cross: Graph) -> None:
    ring = [at(300, -50), at(450, -50), at(450, 50), at(300, 50), at(300, -50)]
    assert closed(cross, "Polygon", [ring]) == {0: [(300, 450)]}


def test_a_polygon_beside_the_road_closes_nothing(cross: Graph) -> None:
    ring = [at(300, 5), at(450, 5), at(450, 50), at(300, 50), at(300, 5)]
    assert closed(cross, "Polygon", [ring]) == {}


def test_a_hole_in_a_polygon_stays_open(cross: Graph) -> None:
    outer = [at(100, -90), at(400, -90), at(400, 90), at(100, 90), at(100, -90)]
    inner = [at(200, -50), at(300, -50), at(300, 50), at(200, 50), at(200, -50)]
    assert closed(cross, "Polygon", [outer, inner]) == {0: [(100, 200), (300, 400)]}


def test_a_line_drawn_along_a_road_closes_that_stretch(cross: Graph) -> None:
    line = [at(100, 4), at(300, 6), at(450, 3)]
    assert closed(cross, "LineString", line) == {0: [(100, 450)]}


def test_a_line_across_a_road_closes_the_crossing(cross: Graph) -> None:
    line = [at(250, -40), at(260, 40)]
    assert closed(cross, "LineString", line) == {0: [(254, 256)]}


def test_a_short_line_across_a_road_closes_it(cross: Graph) -> None:
    assert closed(cross, "LineString", [at(250, -4), at(250, 4)]) == {0: [(249, 251)]}


def test_a_line_along_one_road_closes_a_road_it_crosses_only_there(cross: Graph) -> None:
    line = [at(400, 2), at(600, 2)]
    assert closed(cross, "LineString", line) == {0: [(400, 600)], 1: [(501, 503)]}


def test_a_road_that_meets_only_the_end_of_a_line_stays_open(cross: Graph) -> None:
    line = [at(300, 0), at(500, 0)]
    assert closed(cross, "LineString", line) == {0: [(300, 500)]}


def test_a_line_drawn_well_beside_the_road_still_closes_it(cross: Graph) -> None:
    assert closed(cross, "LineString", [at(100, 14), at(300, 14)]) == {0: [(100, 300)]}
    assert closed(cross, "LineString", [at(100, 25), at(300, 25)]) == {0: [(100, 300)]}
    assert closed(cross, "LineString", [at(100, 60), at(300, 60)]) == {}


def test_a_point_closes_the_road_around_it(cross: Graph) -> None:
    assert closed(cross, "Point", at(200, 2)) == {0: [(192, 208)]}
    assert closed(cross, "Point", at(200, 20)) == {0: [(175, 225)]}
    assert closed(cross, "Point", at(200, 60)) == {}


def test_several_parts_are_one_closure(cross: Graph) -> None:
    lines = [[at(100, 0), at(200, 0)], [at(150, 1), at(300, 1)], [at(700, 0), at(800, 0)]]
    assert closed(cross, "MultiLineString", lines) == {0: [(100, 300), (700, 800)]}


def test_what_is_no_geometry_is_refused(cross: Graph) -> None:
    with pytest.raises(GeometryUnusable):
        closed(cross, "Polygon", [[1, 2]])
    with pytest.raises(GeometryUnusable):
        closed(cross, "Circle", [1, 2])


@pytest.mark.parametrize("nowhere", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_is_refused(cross: Graph, nowhere: float) -> None:
    for kind, coordinates in (
        ("Point", (nowhere, 0.0)),
        ("LineString", [at(0, 0), (108.98, nowhere), at(9, 9)]),
        ("Polygon", [[at(0, 0), at(9, 0), (nowhere, 0.0), at(0, 0)]]),
    ):
        with pytest.raises(GeometryUnusable, match="not a number"):
            closed(cross, kind, coordinates)


# Roads on whole metres, borders between them: a road exactly on a border is neither in nor out.
WHOLE_M = st.integers(0, 500)
HALF_M = st.integers(0, 400).map(lambda metres: metres + 0.5)


@settings(max_examples=100, deadline=None)
@example(road=[(0, 0), (0, 1), (0, 0)], corner=(-0.5, -0.5), size=(5, 5))
@given(
    road=st.lists(st.tuples(WHOLE_M, WHOLE_M), min_size=2, max_size=5),
    corner=st.tuples(HALF_M, HALF_M),
    size=st.tuples(st.integers(5, 300), st.integers(5, 300)),
)
def test_every_metre_inside_is_closed_and_no_metre_outside(
    road: list[tuple[float, float]], corner: tuple[float, float], size: tuple[float, float]
) -> None:
    line = [at(*point) for point in road]
    graph = graph_of((line, "primary", False))
    west, south = at(*corner)
    east, north = at(corner[0] + size[0], corner[1] + size[1])
    area = shapely.box(west, south, east, north)
    closure = RoadClosure(1, 1, shapely.geometry.mapping(area), "closed")
    stretches = stretches_of(graph, closure)
    inside_m = sum(stretch.to_m - stretch.from_m for stretch in stretches)
    # Piece by piece: where a road runs back over itself, both runs are closed.
    pieces = [shapely.LineString(ends) for ends in pairwise(line)]
    drawn_length = sum(piece.length for piece in pieces)
    length = float(graph.road_length_m[0])
    inside = sum(piece.intersection(area).length for piece in pieces)
    expected = inside / max(drawn_length, 1e-12) * length
    assert inside_m == pytest.approx(expected, abs=max(0.02 * length, 0.5))
    for stretch in stretches:
        middle = (stretch.from_m + stretch.to_m) / 2
        lon = np.interp(middle, graph.point_m, graph.point_lon)
        lat = np.interp(middle, graph.point_m, graph.point_lat)
        assert area.buffer(0.5 * METRE).covers(shapely.Point(lon, lat))
