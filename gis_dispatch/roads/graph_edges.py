"""OSMnx graphs to network: edges as OSMnx writes them, with lists where ways were merged."""

import ast
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.roads import tags as osm
from gis_dispatch.roads.build import EdgeList, LonLat

Attributes = Mapping[str, Any]


class EdgeUnreadable(ValueError):
    """An edge that cannot be understood; says which attribute and what was wrong with it."""


def add_graph_edge(
    edges: EdgeList, places: Mapping[object, LonLat], ends: tuple[object, object], attrs: Attributes
) -> None:
    """One directed edge of an OSMnx graph, if it is a road."""
    tags = _plain_tags(attrs)
    if not osm.is_road(tags):
        return
    for end in ends:
        if end not in places:
            raise EdgeUnreadable(f"its node {end} is not in the file")
    junctions = (
        edges.junction(ends[0], places[ends[0]]),
        edges.junction(ends[1], places[ends[1]]),
    )
    along = str(attrs.get("reversed", "False")) not in {"True", "true"}
    line = _line(attrs.get("geometry"), places[ends[0]], places[ends[1]])
    name = tags.get("name") or tags.get("ref")
    rules = osm.restrictions(tags, along=along)
    edges.add(junctions, _way_id(attrs), name, tags["highway"], rules, line)


def edges_from_graph(
    nodes: Iterable[tuple[object, Attributes]],
    graph_edges: Iterable[tuple[object, object, Attributes]],
) -> EdgeList:
    """A graph in memory (as OSMnx downloads it)."""
    places: dict[object, LonLat] = {node: (float(at["x"]), float(at["y"])) for node, at in nodes}
    edges = EdgeList()
    for start, end, attrs in graph_edges:
        add_graph_edge(edges, places, (start, end), attrs)
    return edges


def _values(value: Any) -> list[str]:
    """One value or several: OSMnx writes merged ways as a list, GraphML as the list's text."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError) as error:
            raise EdgeUnreadable(f"{value!r} is not a list") from error
    several = value if isinstance(value, list) else [value]
    return [str(one) for one in several if one is not None and str(one) not in {"", "nan"}]


def _plain_tags(attrs: Attributes) -> dict[str, str]:
    """One value per tag: of merged speed limits the lowest counts, otherwise the first."""
    tags: dict[str, str] = {}
    for key, value in attrs.items():
        if key in {"geometry", "osmid", "length", "reversed"}:
            continue
        values = _values(value)
        if values:
            tags[key] = ";".join(values) if key.startswith("maxspeed") else values[0]
    return tags


def _way_id(attrs: Attributes) -> int:
    values = _values(attrs.get("osmid"))
    return int(values[0]) if values and values[0].lstrip("-").isdigit() else 0


def _line(geometry: Any, start: LonLat, end: LonLat) -> FloatArray:
    """Its own geometry, or the straight line between its nodes."""
    if geometry is None or geometry == "":
        return np.array([start, end], dtype=np.float64)
    if isinstance(geometry, str):
        try:
            geometry = shapely.from_wkt(geometry)
        except shapely.errors.ShapelyError as error:
            raise EdgeUnreadable(f"its geometry cannot be read ({error})") from error
    if geometry.geom_type != "LineString" or geometry.is_empty:
        raise EdgeUnreadable("its geometry is not a line")
    return np.asarray(shapely.get_coordinates(geometry), dtype=np.float64)
