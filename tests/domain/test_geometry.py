"""Drawings that cannot be used are refused with what is wrong with them."""

import pytest

from gis_dispatch.domain.geometry import check_geometry
from gis_dispatch.errors import CoordinatesOutOfRange, GeometryUnusable

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [108.9, 0.9]},
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[RING], [RING]]},
    ],
)
def test_good_shapes_pass(geometry: dict[str, object]) -> None:
    check_geometry(geometry)


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        ({"type": "Circle", "coordinates": [0, 0]}, "type"),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "few points"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "not closed"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": "x"}, "not lists"),
        ({"type": "Point", "coordinates": ["a", 1]}, "not lists"),
        ({"type": "MultiPoint", "coordinates": [[0, 0]] * 10_001}, "10,000"),
    ],
)
def test_others_are_refused(geometry: dict[str, object], problem: str) -> None:
    with pytest.raises(GeometryUnusable, match=problem):
        check_geometry(geometry)


def test_a_place_off_the_earth_is_refused() -> None:
    with pytest.raises(CoordinatesOutOfRange, match="lat"):
        check_geometry({"type": "Point", "coordinates": [0.9, 108.9]})
