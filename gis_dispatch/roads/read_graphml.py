"""Reads the .graphml that OSMnx writes, line by line, so that what is wrong can be named."""

import xml.sax
from pathlib import Path
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from gis_dispatch.domain.road_findings import FoundRoads
from gis_dispatch.roads.build import EdgeList, LonLat, Signs, found_roads
from gis_dispatch.roads.graph_edges import EdgeUnreadable, add_graph_edge
from gis_dispatch.roads.refusals import RoadFileBroken


class _Problem(ValueError):
    """Something the reader cannot use; the line is the parser's."""


class _GraphReader(ContentHandler):
    """Collects nodes, then edges; keys (`d9`) are turned into names (`highway`)."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}
        self.places: dict[object, LonLat] = {}
        self.waiting: list[tuple[int, str, str, dict[str, str]]] = []
        self.directed = False
        self._locator: Locator | None = None
        self._element: dict[str, str] = {}
        self._data: dict[str, str] = {}
        self._key: str | None = None
        self._text: list[str] = []

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    @property
    def line(self) -> int:
        """The line being read."""
        return int(self._locator.getLineNumber() or 0) if self._locator else 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if name == "key":
            self.keys[attrs.get("id", "")] = attrs.get("attr.name", "")
        elif name == "graph":
            self.directed = attrs.get("edgedefault") == "directed"
            if not self.directed:
                raise _Problem("the graph must be directed, as OSMnx writes it")
        elif name in {"node", "edge"}:
            self._element, self._data = dict(attrs.items()), {}
        elif name == "data":
            self._key, self._text = self.keys.get(attrs.get("key", "")), []
            if self._key is None:
                raise _Problem(f"the data key {attrs.get('key')!r} was not declared")

    def characters(self, content: str) -> None:
        if self._key is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        if name == "data" and self._key is not None:
            self._data[self._key] = "".join(self._text)
            self._key = None
        elif name == "node":
            self._end_node()
        elif name == "edge":
            ends = self._element.get("source"), self._element.get("target")
            if ends[0] is None or ends[1] is None:
                raise _Problem("the edge has no source or no target")
            self.waiting.append((self.line, ends[0], ends[1], self._data))

    def _end_node(self) -> None:
        identity = self._element.get("id")
        try:
            place = float(self._data["x"]), float(self._data["y"])
        except KeyError as error:
            raise _Problem(f"node {identity} has no {error.args[0]}") from error
        except ValueError as error:
            raise _Problem(f"node {identity}: {error}") from error
        if not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
            raise _Problem(f"node {identity} is not in degrees; import the unprojected graph")
        self.places[identity] = place


def read_graphml(path: Path) -> FoundRoads:
    """The road network of an OSMnx GraphML file, whole or not at all."""
    reader = _GraphReader()
    try:
        xml.sax.parse(str(path), reader)  # noqa: S317 - external entities are off by default
    except xml.sax.SAXParseException as error:
        where = f"line {error.getLineNumber()}, column {error.getColumnNumber()}"
        raise _broken(path, where, error.getMessage()) from error
    except _Problem as error:
        raise _broken(path, f"line {reader.line}", str(error)) from error
    edges = EdgeList()
    for line, start, end, attrs in reader.waiting:
        try:
            add_graph_edge(edges, reader.places, (start, end), attrs)
        except EdgeUnreadable as error:
            raise _broken(path, f"line {line}", f"edge {start} to {end}: {error}") from error
    return found_roads(edges, Signs(), lacks=("turn_restrictions", "barriers"))


def _broken(path: Path, where: str, problem: str) -> RoadFileBroken:
    return RoadFileBroken(field="file", file=path.name, where=where, problem=problem)
