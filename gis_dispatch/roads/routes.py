"""What a way looks like: the pieces of road driven, their line, length and street names."""

from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads.closing import Stretch
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.kernel_search import ARRIVED_FORWARD
from gis_dispatch.roads.kernel_trace import trace
from gis_dispatch.roads.snapping import Snapped

STAYS = 2
"""The side of a start that reaches the end without leaving its road."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Roads in driving order, each from metre to metre (to < from: against its drawing)."""

    roads: IntArray
    from_m: FloatArray
    to_m: FloatArray

    @property
    def length_m(self) -> float:
        """Metres driven."""
        return float(np.abs(self.to_m - self.from_m).sum())


def pieces_driven(
    graph: Graph, start: Snapped, end: Snapped, side: int, arcs: IntArray | None
) -> Pieces:
    """The pieces of one found way."""
    if side == STAYS or arcs is None:
        return _pieces([start.road], [start.along_m], [end.along_m])
    full, last = arcs[:-1], int(arcs[-1])
    roads = full >> 1
    length = graph.road_length_m[roads]
    against = (full & 1).astype(bool)
    leaves_at = 0.0 if side == 1 else float(graph.road_length_m[start.road])
    enters_at = 0.0 if last == ARRIVED_FORWARD else float(graph.road_length_m[end.road])
    return _pieces(
        np.concatenate(([start.road], roads, [end.road])),
        np.concatenate(([start.along_m], np.where(against, length, 0.0), [enters_at])),
        np.concatenate(([leaves_at], np.where(against, 0.0, length), [end.along_m])),
    )


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
