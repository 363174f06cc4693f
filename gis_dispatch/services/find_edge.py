"""The whole road under a point, so that it can be closed by picking it."""

from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.errors import NotFound
from gis_dispatch.ports import House, Row


class NoRoadHere(NotFound):
    """There is no road near this place."""


def find_edge(house: House, lon: float, lat: float) -> Row:
    """The nearest road between two junctions, as drawn, and how far away it is."""
    check_coordinates(lon, lat)
    edge = house.roads.edge_at(lon, lat)
    if edge is None:
        raise NoRoadHere
    return {
        "geometry": {"type": "LineString", "coordinates": [list(point) for point in edge.line]},
        "street": edge.street,
        "road_class": edge.road_class,
        "length_m": edge.length_m,
        "gap_m": edge.gap_m,
    }
