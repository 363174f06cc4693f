"""The sea: on the right of its shore, around islands, and nowhere when the shore has a gap."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from gis_dispatch.roads.sea import seas

ROADS = (108.9, 0.8, 109.1, 1.0)
WEST, SOUTH, EAST, NORTH = 108.0, 0.0, 110.0, 2.0
SHORE = LineString([(109.0, SOUTH), (108.98, 0.85), (109.02, 0.93), (109.0, NORTH)])
"""Northwards: the land is on its left, in the west."""


def sea_of(*shores: LineString) -> shapely.Geometry:
    return shapely.union_all(shapely.from_wkb(seas([shore.wkb for shore in shores], ROADS)))


def test_the_sea_is_on_the_right_of_its_shore() -> None:
    sea = sea_of(SHORE)
    assert sea.contains(Point(109.08, 0.9)) and not sea.intersects(Point(108.92, 0.9))
    assert sea.bounds[2] == pytest.approx(ROADS[2] + 0.05)
    other = sea_of(LineString(SHORE.coords[::-1]))
    assert other.contains(Point(108.92, 0.9)) and not other.intersects(Point(109.08, 0.9))


def test_a_shore_comes_in_pieces_and_islands_have_their_own() -> None:
    first, second = SHORE.coords[:2], SHORE.coords[1:]
    island = LineString(_round(109.07, 0.9, 0.01).exterior.coords)
    sea = sea_of(LineString(second), LineString(first), island)
    assert sea.contains(Point(109.05, 0.9)) and not sea.intersects(Point(109.07, 0.9))


def test_an_island_is_all_there_is() -> None:
    sea = sea_of(LineString(_round(109.0, 0.9, 0.08).exterior.coords))
    assert not sea.intersects(Point(109.0, 0.9)) and sea.contains(Point(108.91, 0.81))


def test_a_shore_that_breaks_off_far_away_only_makes_the_sea_smaller() -> None:
    cut = SHORE.intersection(box(108.8, 0.79, 109.2, 1.01))
    sea = sea_of(cut)
    assert sea.contains(Point(109.08, 0.9))
    assert sea.bounds[3] == pytest.approx(ROADS[3] + 0.005)


def test_of_a_shore_with_a_gap_nobody_knows_the_sea() -> None:
    south, north = LineString(SHORE.coords[:2]), LineString([(109.01, 0.9), (109.0, NORTH)])
    assert seas([south.wkb, north.wkb], ROADS) == []


def test_no_shore_near_no_sea() -> None:
    assert seas([], ROADS) == []
    assert seas([LineString([(WEST, SOUTH), (WEST, NORTH)]).wkb], ROADS) == []


@given(
    st.lists(st.floats(-0.04, 0.04), min_size=3, max_size=12),
    st.lists(st.tuples(st.floats(0.01, 0.03), st.floats(0, 6.28)), max_size=3),
)
def test_every_place_is_either_land_or_sea(
    wiggle: list[float], islands: list[tuple[float, float]]
) -> None:
    """Whatever shape the shore has: the parts fill the frame, and the sea is never a place that
    lies west of a shore going north or on an island.
    """
    step = (NORTH - SOUTH) / (len(wiggle) - 1)
    shore = [(109.0 + off, SOUTH + step * number) for number, off in enumerate(wiggle)]
    round_ = [
        _round(109.11 + 0.008 * math.cos(turn), 0.85 + 0.07 * number, size / 2)
        for number, (size, turn) in enumerate(islands)
    ]
    sea = sea_of(LineString(shore), *(LineString(one.exterior.coords) for one in round_))
    frame = box(*ROADS).buffer(0.05, join_style="mitre")
    east = Polygon([*shore, (EAST, NORTH), (EAST, SOUTH)]).intersection(frame)
    expected = shapely.difference(east, shapely.union_all(round_))
    assert sea.symmetric_difference(expected).area < 1e-9


def _round(lon: float, lat: float, radius: float) -> Polygon:
    """Drawn as islands are: the land on the left."""
    return shapely.orient_polygons(Point(lon, lat).buffer(radius))
