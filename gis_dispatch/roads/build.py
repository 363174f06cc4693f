"""Ways to network: cuts ways where they meet, and makes each driving direction an edge."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyproj import Geod

from gis_dispatch.domain.network import FloatArray, Network, TurnBan
from gis_dispatch.domain.road_findings import FoundRoads, RoadFindings
from gis_dispatch.roads import tags as osm
from gis_dispatch.roads.restrictions import Restriction
from gis_dispatch.roads.turn_bans import TurnBans

GEOD = Geod(ellps="WGS84")
LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """One OSM way: the identities of its points, and where they are (None: not in the file)."""

    id: int
    tags: Mapping[str, str]
    refs: Sequence[int | LonLat]
    points: Sequence[LonLat | None]


@dataclass(slots=True)
class Signs:
    """What stands on the roads: barriers by the identity of their point, turn restrictions."""

    barriers: dict[object, dict[str, Any]] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def points(self) -> AbstractSet[object]:
        """Where roads are cut, although none may meet another there."""
        nodes = (node for sign in self.restrictions for node in sign.via_nodes)
        return self.barriers.keys() | set(nodes)


@dataclass(slots=True)
class EdgeList:
    """Collects directed edges and the junctions they need, in order of first use."""

    junctions: dict[object, int] = field(default_factory=dict)
    places: list[LonLat] = field(default_factory=list)
    rows: list[tuple[int, int, int, str | None, str, float, dict[str, Any]]] = field(
        default_factory=list
    )
    lines: list[FloatArray] = field(default_factory=list)

    def junction(self, identity: object, place: LonLat) -> int:
        """The number of a junction, made when it is new."""
        number = self.junctions.get(identity)
        if number is None:
            number = self.junctions[identity] = len(self.places)
            self.places.append(place)
        return number

    def add(
        self, ends: tuple[int, int], way_id: int, name: str | None, road_class: str,
        restrictions: dict[str, Any], line: FloatArray,
    ) -> None:  # fmt: skip
        """One directed edge."""
        usual = osm.DEFAULT_SPEED_KPH.get(road_class, 30.0)
        speed = float(restrictions.get("maxspeed_kph", usual))
        self.rows.append((*ends, way_id, name, road_class, speed, restrictions))
        self.lines.append(line)

    def ends(self) -> list[tuple[int, int]]:
        """The junctions each edge runs from and to."""
        return [(row[0], row[1]) for row in self.rows]

    def way_ids(self) -> list[int]:
        """The way each edge is part of."""
        return [row[2] for row in self.rows]

    def network(self, turn_bans: Sequence[TurnBan] = ()) -> Network:
        """Everything collected, measured on the ellipsoid."""
        columns = list(zip(*self.rows, strict=True)) if self.rows else [()] * 7
        places = np.array(self.places, dtype=np.float64).reshape(-1, 2)
        return Network(
            junction_lon=places[:, 0].copy(),
            junction_lat=places[:, 1].copy(),
            from_junction=np.array(columns[0], dtype=np.int32),
            to_junction=np.array(columns[1], dtype=np.int32),
            way_id=np.array(columns[2], dtype=np.int64),
            name=columns[3],
            road_class=columns[4],
            length_m=lengths_m(self.lines),
            speed_kph=np.array(columns[5], dtype=np.float64),
            restrictions=columns[6],
            lines=self.lines,
            turn_bans=turn_bans,
        )


def lengths_m(lines: Sequence[FloatArray]) -> FloatArray:
    """Length of every line on the WGS 84 ellipsoid, in one go."""
    if not lines:
        return np.zeros(0)
    sizes = np.array([len(line) for line in lines])
    points = np.concatenate(lines)
    steps = np.zeros(len(points))
    _, _, steps[1:] = GEOD.inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    steps[starts] = 0.0
    return np.asarray(np.add.reduceat(steps, starts), dtype=np.float64)


def roads_from_ways(
    ways: Iterable[Way], signs: Signs, *, lacks: tuple[str, ...] = ()
) -> FoundRoads:
    """Cut every road way where it meets another (or itself), where something stands on it, and
    where a node is missing."""
    roads = [way for way in ways if osm.is_road(way.tags)]
    uses: Counter[object] = Counter()
    for way in roads:
        uses.update(way.refs)
        signs.skipped["missing_node"] += sum(point is None for point in way.points)
    uses.update({ref: 2 for ref in signs.points() if ref in uses})
    edges = EdgeList()
    for way in roads:
        for piece in _pieces(way, uses):
            _add_piece(edges, way, piece)
    return found_roads(edges, signs, lacks=lacks)


def found_roads(
    edges: EdgeList, signs: Signs, *, lacks: tuple[str, ...] = (), problem: str | None = None
) -> FoundRoads:
    """The network of these edges, with the turns that the signs ban."""
    bans = TurnBans(edges.ends(), edges.way_ids(), edges.lines)
    barred = bans.bar(edges.junctions, signs.barriers)
    heeded = bans.restrict(edges.junctions, signs.restrictions, signs.skipped)
    findings = RoadFindings(heeded, barred, dict(+signs.skipped), lacks, problem)
    return FoundRoads(edges.network(bans.made()), findings)


def _pieces(way: Way, uses: Counter[object]) -> Iterable[list[int]]:
    """Runs of a way's points between junctions; a missing point ends the road there."""
    piece: list[int] = []
    for index, (ref, point) in enumerate(zip(way.refs, way.points, strict=True)):
        if point is None:
            if len(piece) > 1:
                yield piece
            piece = []
            continue
        if piece and way.refs[piece[-1]] == ref:
            continue  # the same point twice running: nothing lies between
        piece.append(index)
        if len(piece) > 1 and uses[ref] > 1:
            yield piece
            piece = [index]
    if len(piece) > 1:
        yield piece


def _add_piece(edges: EdgeList, way: Way, piece: list[int]) -> None:
    line = np.array([way.points[index] for index in piece], dtype=np.float64)
    if not np.ptp(line, axis=0).any():
        # Different nodes on one spot: joined in one junction, so that nothing is cut off.
        first = edges.junction(way.refs[piece[0]], _lonlat(line[0]))
        edges.junctions.setdefault(way.refs[piece[-1]], first)
        if edges.junctions[way.refs[piece[-1]]] == first:
            return
    ends = (
        edges.junction(way.refs[piece[0]], _lonlat(line[0])),
        edges.junction(way.refs[piece[-1]], _lonlat(line[-1])),
    )
    name = way.tags.get("name") or way.tags.get("ref")
    road_class = way.tags["highway"]
    along, against = osm.directions(way.tags)
    if along:
        edges.add(ends, way.id, name, road_class, osm.restrictions(way.tags), line)
    if against:
        rules = osm.restrictions(way.tags, along=False)
        edges.add(ends[::-1], way.id, name, road_class, rules, line[::-1])


def _lonlat(point: FloatArray) -> LonLat:
    return float(point[0]), float(point[1])
