"""Whether a drawn GeoJSON geometry can be used: known shape, real coordinates, closed rings."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.errors import GeometryUnusable, Word, _

# How deep the coordinates of each shape are nested, and the fewest points of its innermost list.
_SHAPES = {
    "Point": (0, 1),
    "MultiPoint": (1, 1),
    "LineString": (1, 2),
    "MultiLineString": (2, 2),
    "Polygon": (2, 4),
    "MultiPolygon": (3, 4),
}
MOST_POINTS = 10_000


def check_geometry(geometry: Mapping[str, Any], field: str = "geometry") -> None:
    """Refuse a geometry that no road engine could use, saying what is wrong with it."""
    shape = geometry.get("type")
    if shape not in _SHAPES:
        raise _unusable(field, _("its type is not one of GeoJSON's points, lines and polygons"))
    depth, fewest = _SHAPES[shape]
    lists = _innermost(geometry.get("coordinates"), depth, field)
    if not lists:
        raise _unusable(field, _("it is empty"))
    if sum(len(points) for points in lists) > MOST_POINTS:
        raise _unusable(field, _("it has more than 10,000 points; draw it more simply"))
    for points in lists:
        if len(points) < fewest:
            raise _unusable(field, _("it has too few points"))
        for point in points:
            _check_point(point, field)
        if "Polygon" in shape and list(points[0]) != list(points[-1]):
            raise _unusable(field, _("its outline is not closed"))


def _innermost(coordinates: Any, depth: int, field: str) -> list[Sequence[Any]]:
    """The lists of points, however deep they lie."""
    if depth == 0:
        return [[coordinates]]
    if not isinstance(coordinates, list | tuple):
        raise _unusable(field, _("its coordinates are not lists of (lon, lat)"))
    if depth == 1:
        return [coordinates] if coordinates else []
    return [points for part in coordinates for points in _innermost(part, depth - 1, field)]


def _check_point(point: Any, field: str) -> None:
    if not (
        isinstance(point, list | tuple)
        and len(point) in (2, 3)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in point)
    ):
        raise _unusable(field, _("its coordinates are not lists of (lon, lat)"))
    check_coordinates(float(point[0]), float(point[1]))


def _unusable(field: str, problem: str) -> GeometryUnusable:
    return GeometryUnusable(field=field, problem=Word(problem))
