"""The networks measured on: the sample city, any road file, and the world's highways."""

import importlib
import random
import sys
import types
from math import cos, pi, radians, sin, sqrt
from pathlib import Path

import numpy as np

from gis_dispatch import assets
from gis_dispatch.domain.network import Network
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapper
from gis_dispatch.roads.sources import read_network

Place = tuple[float, float]
SAMPLE, WORLD = "sample", "world"
NEAR_JUNCTION_M = 50.0
DEGREE_M = 111_320.0
HIGHWAY_KPH = 90.0
HALF_TURN_DEG = 180.0


def network_of(name: str) -> Network:
    """A network by its name, or by its file."""
    if name == WORLD:
        return world_highways()
    return read_network(assets.sample_network() if name == SAMPLE else Path(name))


def short_name(name: str) -> str:
    """What lines call it."""
    return name if name in {SAMPLE, WORLD} else Path(name).name.split(".")[0]


class _Raw:
    """Stands in for the class that `scgraph_data` fills: only its lists are wanted."""

    def __init__(self, graph: list[dict[int, float]], nodes: list[list[float]]) -> None:
        self.graph, self.nodes = graph, nodes


def world_highways() -> Network:
    """The highways of the world as `scgraph_data` has them: both ways, straight, at one speed."""
    stand_in = types.ModuleType("scgraph.core")
    stand_in.GeoGraph = _Raw  # type: ignore[attr-defined]
    sys.modules |= {"scgraph": types.ModuleType("scgraph"), "scgraph.core": stand_in}
    raw: _Raw = importlib.import_module("scgraph_data.world_highways").world_highways_geograph
    del sys.modules["scgraph"], sys.modules["scgraph.core"]
    del sys.modules["scgraph_data.world_highways"]
    places = np.array(raw.nodes, dtype=np.float64)
    lat, lon = places[:, 0].copy(), places[:, 1].copy()
    roads = np.array([
        (start, end, km)
        for start, others in enumerate(raw.graph)
        for end, km in others.items()
        if start < end
    ])  # fmt: skip
    pairs = roads[:, :2].astype(np.int32)
    short = np.abs(lon[pairs[:, 0]] - lon[pairs[:, 1]]) < HALF_TURN_DEG
    pairs, length_m = pairs[short], roads[short, 2] * 1000
    start, end = np.concatenate([pairs, pairs[:, ::-1]]).T.copy()
    points = np.stack([lon, lat], axis=1)
    return Network(
        junction_lon=lon, junction_lat=lat, from_junction=start, to_junction=end,
        way_id=np.arange(len(start), dtype=np.int64), name=[None] * len(start),
        road_class=["motorway"] * len(start), length_m=np.tile(length_m, 2),
        speed_kph=np.full(len(start), HIGHWAY_KPH), restrictions=[{}] * len(start),
        lines=list(points[np.stack([start, end], axis=1)]),
    )  # fmt: skip


class Somewhere:
    """Random places within 50 m of random junctions, near enough to a road to be asked about."""

    def __init__(self, graph: Graph, snapper: Snapper, seed: int) -> None:
        self._graph, self._snapper = graph, snapper
        self._random = random.Random(seed)

    def place(self) -> Place:
        """One place."""
        while True:
            node = self._random.randrange(len(self._graph.node_lon))
            place = self._beside(node)
            if self._snapper.snap(*place) is not None:
                return place

    def places(self, count: int) -> list[Place]:
        """Many."""
        return [self.place() for _ in range(count)]

    def _beside(self, node: int) -> Place:
        lon, lat = float(self._graph.node_lon[node]), float(self._graph.node_lat[node])
        away = NEAR_JUNCTION_M * sqrt(self._random.random()) / DEGREE_M
        turn = 2 * pi * self._random.random()
        return lon + away * cos(turn) / max(cos(radians(lat)), 0.01), lat + away * sin(turn)
