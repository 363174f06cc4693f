"""The compiled graph: a network as flat arrays, written once, memory-mapped by every worker.

A *road* is a stretch between two junctions, with one geometry; its two *arcs* are `2 * road`
(as drawn) and `2 * road + 1` (the other way). A one-way has a second arc too: no rule lets it be
driven, except a profile's contraflow.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, IntArray, NetworkHeader
from gis_dispatch.roads.files import UNREADABLE, folder_made_whole, kept, remove_unused

FORMAT = 4
"""Part of the folder's name: an older compiled graph is rebuilt, never misread."""


@dataclass(frozen=True, eq=False)
class Graph:
    """Everything the engine searches. `point_*` runs over all roads' points, one after another."""

    header: NetworkHeader
    edge_count: int
    names: list[str | None]
    rules: list[tuple[str, dict[str, Any]]]
    """Distinct (class, restrictions); an arc names one by its number."""
    bans: list[list[dict[str, Any]]]
    """Rules of turn bans that a link breaks together; a link names one list by its number."""
    order: str
    """Tells the order in which the hierarchy was made from any other."""
    bounds: tuple[float, float, float, float]
    """west, south, east, north of all roads"""
    node_lon: FloatArray
    node_lat: FloatArray
    road_from: IntArray
    road_to: IntArray
    road_length_m: FloatArray
    road_name: IntArray
    arc_rule: IntArray
    """-1: this direction is against a one-way."""
    point_start: IntArray
    point_lon: FloatArray
    point_lat: FloatArray
    point_m: FloatArray
    """How far along its road a point lies."""
    node_junction: IntArray
    """The search runs over nodes: every junction, then its copies behind which a turn is banned."""
    arc_head: IntArray
    """Per arc: the node one is at after driving it."""
    link_tail: IntArray
    link_head: IntArray
    link_arc: IntArray
    """Links lead from node to node: arcs, once more for each copy they may be left from."""
    link_ban: IntArray
    """Which of `bans` a link would break; -1: none."""
    node_rank: IntArray
    """The hierarchy: see `contracting.Hierarchy`."""
    rank_node: IntArray
    up_start: IntArray
    up_tail: IntArray
    up_head: IntArray
    down_start: IntArray
    down_edge: IntArray
    cell_key: NDArray[np.int64]
    cell_start: IntArray
    cell_point: IntArray
    """Segments (named by their first point) that touch a cell of the snapping grid."""
    segment_road: IntArray

    @property
    def road_count(self) -> int:
        """How many roads."""
        return len(self.road_from)

    @property
    def junction_count(self) -> int:
        """How many junctions; the nodes after them are copies."""
        return len(self.node_lon)

    @property
    def node_count(self) -> int:
        """How many nodes the search knows."""
        return len(self.node_junction)

    def nodes_at(self, junction: int) -> list[int]:
        """A junction and its copies."""
        return [junction, *self._copies_of.get(junction, ())]

    @cached_property
    def _copies_of(self) -> dict[int, list[int]]:
        """The copies of those junctions that have any."""
        copies: dict[int, list[int]] = {}
        for node in range(self.junction_count, self.node_count):
            copies.setdefault(int(self.node_junction[node]), []).append(node)
        return copies

    @cached_property
    def road_boxes(self) -> FloatArray:
        """(roads, 4): west, south, east, north of each road."""
        starts = self.point_start[:-1]
        return np.stack(
            [
                np.minimum.reduceat(self.point_lon, starts),
                np.minimum.reduceat(self.point_lat, starts),
                np.maximum.reduceat(self.point_lon, starts),
                np.maximum.reduceat(self.point_lat, starts),
            ],
            axis=1,
        )


def _array_names() -> list[str]:
    texts = {"header", "edge_count", "names", "rules", "bans", "bounds", "order"}
    return [field.name for field in fields(Graph) if field.name not in texts]


def graph_folder(home: Path, version: str) -> Path:
    """Where the compiled graph of a version lies."""
    return home / "roads" / f"{version}.{FORMAT}"


def kept_graph(folder: Path, make: Callable[[], Graph]) -> Graph:
    """The compiled graph of a folder; made, and kept there, where it is missing or in pieces."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return kept(folder, _read, lambda new: _write(make(), new))


def save_graph(graph: Graph, folder: Path) -> None:
    """Write a compiled graph so that it is there whole, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder_made_whole(folder) as new:
        _write(graph, new)


def load_graph(folder: Path) -> Graph | None:
    """The compiled graph of a folder, its arrays mapped and not read; None when not there."""
    try:
        return _read(folder)
    except UNREADABLE:
        return None


def remove_other_graphs(home: Path, keep: str) -> None:
    """Delete the compiled graphs that nobody opened for an hour; they are made again at need."""
    folder = graph_folder(home, keep)
    remove_unused(set(folder.parent.glob("*")) - {folder})


def _write(graph: Graph, new: Path) -> None:
    for name in _array_names():
        np.save(new / f"{name}.npy", getattr(graph, name))
    facts = {
        "header": asdict(graph.header),
        "edge_count": graph.edge_count,
        "names": graph.names,
        "rules": graph.rules,
        "bans": graph.bans,
        "bounds": graph.bounds,
        "order": graph.order,
    }
    (new / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


def _read(folder: Path) -> Graph:
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    arrays: dict[str, Any] = {
        name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _array_names()
    }
    return Graph(
        header=NetworkHeader(**facts["header"]),
        edge_count=facts["edge_count"],
        names=facts["names"],
        rules=[(road_class, rules) for road_class, rules in facts["rules"]],
        bans=facts["bans"],
        bounds=tuple(facts["bounds"]),
        order=facts["order"],
        **arrays,
    )
