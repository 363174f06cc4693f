"""What a way looks like: the pieces of road driven, their line, length and street names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.domain.roads import RoadEdge
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.kernel_trace import trace
from gis_dispatch.roads.searching import Outcome
from gis_dispatch.roads.seeds import STAYS
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.stretches import Stretch
from gis_dispatch.roads.targets import Target


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Roads in driving order, each from metre to metre (to < from: against its drawing)."""

    roads: IntArray
    from_m: FloatArray
    to_m: FloatArray


def pieces_driven(
    graph: Graph, start: Snapped, target: Target, number: int, outcome: Outcome
) -> Pieces:
    """The pieces of the way that an outcome found for its start `number`."""
    side = int(outcome.side[number])
    if side >= STAYS:
        return _pieces([start.road], [start.along_m], [target.along_m])
    full, last = outcome.arcs_of(number), int(outcome.last_arc[number])
    roads = full >> 1
    length = graph.road_length_m[roads]
    against = (full & 1).astype(bool)
    leaves_at = 0.0 if side == 1 else float(graph.road_length_m[start.road])
    ways = [start.road], [start.along_m], [leaves_at]
    enters: tuple[list[int], list[float], list[float]] = [], [], []
    if last >= 0:
        enters_at = float(graph.road_length_m[target.road]) if last & 1 else 0.0
        enters = [target.road], [enters_at], [target.along_m]
    return _pieces(
        np.concatenate((ways[0], roads, enters[0])),
        np.concatenate((ways[1], np.where(against, length, 0.0), enters[1])),
        np.concatenate((ways[2], np.where(against, 0.0, length), enters[2])),
    )


def lengths_driven_m(
    graph: Graph, fleet: Fleet, targets: Sequence[Target], outcome: Outcome
) -> FloatArray:
    """Metres of the way that an outcome found for each start; nan where there is none."""
    side, last = outcome.side, outcome.last_arc
    goal = outcome.target
    along_m = np.array([target.along_m for target in targets])[goal]
    left_m = np.where(side == 1, fleet.along_m, graph.road_length_m[fleet.road] - fleet.along_m)
    entered_m = np.where(last & 1, graph.road_length_m[last >> 1] - along_m, along_m)
    driven_m = left_m + outcome.whole_m + np.where(last < 0, 0.0, entered_m)
    driven_m = np.where(side >= STAYS, np.abs(along_m - fleet.along_m), driven_m)
    return np.where(side < 0, np.nan, driven_m)


def _pieces(roads: object, from_m: object, to_m: object) -> Pieces:
    return Pieces(
        np.asarray(roads, dtype=np.int32),
        np.asarray(from_m, dtype=np.float64),
        np.asarray(to_m, dtype=np.float64),
    )


def line_of(graph: Graph, pieces: Pieces) -> tuple[tuple[float, float], ...]:
    """The line driven, from snapped point to snapped point; never fewer than two points."""
    lon, lat = trace(
        pieces.roads, pieces.from_m, pieces.to_m,
        graph.point_start, graph.point_lon, graph.point_lat, graph.point_m,
    )  # fmt: skip
    line = tuple(zip(lon.tolist(), lat.tolist(), strict=True))
    return line if len(line) > 1 else line * 2


def streets_of(graph: Graph, pieces: Pieces) -> tuple[str, ...]:
    """Street names in driving order, each once running; nameless roads are passed over."""
    driven = graph.road_name[pieces.roads[pieces.from_m != pieces.to_m]]
    streets: list[str] = []
    for number in driven.tolist():
        name = graph.names[number]
        if name and (not streets or streets[-1] != name):
            streets.append(name)
    return tuple(streets)


def runs_through(pieces: Pieces, stretches: dict[int, list[Stretch]]) -> bool:
    """Whether a way drives through any of these stretches."""
    for index, road in enumerate(pieces.roads.tolist()):
        for stretch in stretches.get(road, ()):
            low = min(pieces.from_m[index], pieces.to_m[index])
            high = max(pieces.from_m[index], pieces.to_m[index])
            if min(high, stretch.to_m) > max(low, stretch.from_m):
                return True
    return False


def edge_of(graph: Graph, at: Snapped) -> RoadEdge:
    """The whole road a place lies on."""
    points = slice(int(graph.point_start[at.road]), int(graph.point_start[at.road + 1]))
    lon, lat = graph.point_lon[points].tolist(), graph.point_lat[points].tolist()
    rule = int(graph.arc_rule[2 * at.road : 2 * at.road + 2].max())
    return RoadEdge(
        line=tuple(zip(lon, lat, strict=True)),
        street=graph.names[graph.road_name[at.road]],
        road_class=graph.rules[rule][0],
        length_m=float(graph.road_length_m[at.road]),
        gap_m=at.gap_m,
    )
