"""Roads, stations and landmarks of a place, downloaded by OSMnx."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import osmnx
import requests
import shapely
from osmnx._errors import InsufficientResponseError, ResponseStatusCodeError

from gis_dispatch.domain.road_findings import FoundRoads, Survey
from gis_dispatch.roads.barriers import BARRIER_TAGS, barrier_rule
from gis_dispatch.roads.build import Signs, found_roads
from gis_dispatch.roads.graph_edges import edges_from_graph
from gis_dispatch.roads.land_finder import Shape
from gis_dispatch.roads.land_tags import KEYS, PLACE_KINDS
from gis_dispatch.roads.osmnx_session import osmnx_session, reach, relations_inside
from gis_dispatch.roads.read_beside import Beside
from gis_dispatch.roads.refusals import MapServerSilent, PlaceNotFound, RoadFileEmpty
from gis_dispatch.roads.restrictions import restrictions_of
from gis_dispatch.roads.sources import ATTRIBUTION, LICENCE

Progress = Callable[[float, str], None]

_BUILT = '["highway"!~"footway|cycleway|bridleway|steps|corridor|construction|proposed"]'
_SOFT = '["highway"~"^(footway|cycleway|bridleway)$"]'
_LET_IN = '[~"^(motor_vehicle|motorcar|motorcycle)$"~"^(yes|designated|permissive)$"]'
ROADS = [f'["highway"]["area"!~"yes"]{_BUILT}', f'{_SOFT}["area"!~"yes"]{_LET_IN}']
"""What `tags.is_road` takes in: of ways for feet and bicycles only those few, not a city's all."""
RESTRICTIONS = '["type"="restriction"]'
BEYOND_DEG = 0.02
"""About 2 km past the boundary: the way to an address may leave the city and come back."""
# Every key of the land, but streets are asked for by themselves.
_BESIDE: dict[str, bool | str | list[str]] = {
    **dict.fromkeys(sorted(KEYS - {"highway", "content"}), True),
    "place": sorted(PLACE_KINDS | {"square"}),
}
_SHAPES: dict[str, Shape] = {
    "Point": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}


@dataclass(frozen=True)
class PlaceSource:
    """Roads of a place by its name, from Nominatim and Overpass."""

    place: str
    overpass_url: str
    nominatim_url: str
    reach_timeout_s: float = 4
    sample: bool = False
    attribution: str = ATTRIBUTION
    licence: str = LICENCE

    @property
    def source(self) -> str:
        """Which server it came from."""
        return f"OpenStreetMap by {urlsplit(self.overpass_url).hostname}"

    def read(self, progress: Progress) -> Survey:
        """Boundary, roads, what is beside them; nothing is kept of an answer that was cut short."""
        reach(self.nominatim_url, self.reach_timeout_s)
        reach(self.overpass_url, self.reach_timeout_s)
        with osmnx_session(self.overpass_url, self.nominatim_url):
            progress(0.0, f"Looking for the boundary of {self.place}")
            area = self._asking(self.nominatim_url, self._boundary)
            progress(0.1, "Downloading its roads")
            graph = self._asking(self.overpass_url, lambda: self._graph(area))
            progress(0.5, "Downloading its turn restrictions")
            signs, problem = self._signs(area, graph)
            roads = self._roads(graph, signs, problem)
            progress(0.7, f"{roads.network.junction_count:,} junctions; downloading what is beside")
            beside = self._asking(self.overpass_url, lambda: _beside(area))
        marks, stations = tuple(beside.landmarks), tuple(beside.stations)
        progress(1.0, f"{len(marks):,} landmarks, {len(stations):,} stations")
        land = beside.finder.land(roads.network.bounds)
        return Survey(roads.network, marks, stations, roads.findings, land)

    def _asking(self, url: str, question: Callable[[], Any]) -> Any:
        try:
            return question()
        except (requests.RequestException, ResponseStatusCodeError) as error:
            raise MapServerSilent(host=urlsplit(url).hostname, problem=str(error)) from error

    def _boundary(self) -> Any:
        try:
            found = osmnx.geocode_to_gdf(self.place)
        except (InsufficientResponseError, TypeError) as error:
            raise PlaceNotFound(field="place", place=self.place) from error
        return found.geometry.iloc[0]

    def _graph(self, area: Any) -> Any:
        try:
            return osmnx.graph_from_polygon(
                area.buffer(BEYOND_DEG),
                custom_filter=ROADS,
                simplify=False,
                retain_all=True,
                truncate_by_edge=True,
            )
        except (InsufficientResponseError, ValueError) as error:
            raise RoadFileEmpty(field="place", file=self.place) from error

    def _signs(self, area: Any, graph: Any) -> tuple[Signs, str | None]:
        """What stands on the roads, and why restrictions are not among it if they are not.

        Roads without turn restrictions are better than no roads: a refusal here is passed on.
        """
        signs = Signs()
        for node, attributes in graph.nodes(data=True):
            rule = barrier_rule({key: attributes[key] for key in BARRIER_TAGS if key in attributes})
            if rule:
                signs.barriers[node] = rule
        try:
            found = self._asking(
                self.overpass_url, lambda: relations_inside(RESTRICTIONS, area.buffer(BEYOND_DEG))
            )
        except (MapServerSilent, InsufficientResponseError) as error:
            return signs, str(error)
        for relation in found:
            members = [
                (str(member["type"])[0], int(member["ref"]), str(member["role"]))
                for member in relation.get("members", ())
            ]
            signs.restrictions += restrictions_of(relation.get("tags", {}), members, signs.skipped)
        return signs, None

    def _roads(self, graph: Any, signs: Signs, problem: str | None) -> FoundRoads:
        for node in signs.points():
            if node in graph:
                graph.nodes[node]["cut"] = True
        # Cut also where one way ends and the next begins: their tags differ.
        graph = osmnx.simplify_graph(
            graph, edge_attrs_differ=["osmid"], node_attrs_include=["cut"], remove_rings=False
        )
        edges = edges_from_graph(graph.nodes(data=True), graph.edges(data=True))
        if not edges.rows:
            raise RoadFileEmpty(field="place", file=self.place)
        lacks = ("turn_restrictions",) if problem else ()
        return found_roads(edges, signs, lacks=lacks, problem=problem)


def _beside(area: Any) -> Beside:
    beside = Beside()
    try:
        found = osmnx.features_from_polygon(area, _BESIDE)
    except InsufficientResponseError:
        return beside
    columns = [name for name in found.columns if name != "geometry"]
    # OSMnx puts together outlines of several ways, and mends those that cross themselves.
    points = found.geometry.representative_point()
    rows = zip(found.index, found[columns].to_dict("records"), found.geometry, points, strict=True)
    for (element, number), row, shape, point in rows:
        tags = {key: value for key, value in row.items() if isinstance(value, str)}
        beside.note(f"{element}/{number}", tags, (point.x, point.y))
        kind = _SHAPES.get(shape.geom_type)
        if kind:
            beside.finder.add(kind, tags, shapely.to_wkb(shape))
    return beside
