"""What driving costs one kind of vehicle on the open network, ready to be searched.

Only links this vehicle may drive are kept, ordered by the node they begin at (`out_*`); above them
lie the edges of the hierarchy with their times (`up_*`, `down_*`). The arrays are kept beside the
graph and mapped by every worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads import kernel_customise
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.rows import row_starts

FRAGMENT_JUNCTIONS = 20
"""A drawn road joined to nothing traps who is put on it. Components smaller than this, and than a
tenth of the network's largest, are not snapped to."""
SPEED_MPS = 3.6


@dataclass(frozen=True, eq=False)
class Weights:
    """Paces for every arc (s/m; inf: may not be driven) and the links with their times."""

    ways: NDArray[np.uint8]
    """Per road, bit 0: may be driven as drawn; bit 1: against. 0: not snapped to."""
    pace: FloatArray
    out_start: IntArray
    """The links that begin at node n: [out_start[n], out_start[n + 1])."""
    out_tail: IntArray
    out_head: IntArray
    out_arc: IntArray
    out_time_s: FloatArray
    up_s: FloatArray
    """Per edge of the hierarchy, driven up, and driven down; inf: there is no way."""
    down_s: FloatArray
    up_mm: IntArray
    """How long it is when it is driven up, and down, in whole millimetres."""
    down_mm: IntArray
    up_by: IntArray
    """How it is driven: see `kernel_customise`."""
    down_by: IntArray
    at_start: IntArray
    """The links that drive arc a: link_at[at_start[a]:at_start[a + 1]]."""
    link_at: IntArray
    piece_row: IntArray
    """Per road: its row of pieces, or -1 when no closure touches it."""
    piece_start: IntArray
    piece_from: FloatArray
    piece_to: FloatArray
    piece_pace: FloatArray
    """No faster than this within the piece; inf: blocked."""
    link_s: FloatArray
    """How long the middle one of all links takes, and the longest."""
    kept_in: Path | None = None
    """The folder of the arrays, where they are kept."""

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                # As a mapped file is: the kernels are then compiled once, for one kind of array.
                value.setflags(write=False)

    @property
    def pieces(self) -> tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray]:
        """The closures' part, as the kernels take it."""
        return (
            self.piece_row, self.piece_start, self.piece_from, self.piece_to, self.piece_pace,
        )  # fmt: skip

    @cached_property
    def arrived_at(self) -> NDArray[np.bool_]:
        """Per node: whether any link that can be driven ends there."""
        ends = self.out_head[np.isfinite(self.out_time_s)]
        return np.bincount(ends, minlength=len(self.out_start) - 1) > 0

    def leads_into(self, node: int, arc: int) -> bool:
        """Whether an arc may be driven from a node."""
        first, last = self.out_start[node : node + 2].tolist()
        return arc in self.out_arc[first:last].tolist()

    def slower(self, graph: Graph, out_time_s: FloatArray, links: IntArray) -> dict[str, Any]:
        """The times of links where these take longer than they do here, and of all edges then."""
        out_time_s.setflags(write=False)
        edges = {name: self._own(name) for name in EDGES}
        kernel_customise.customise_slower(
            links, self.out_tail, graph.node_rank, graph.up_start, *_build(graph),
            self.out_start, self.out_head, self.out_arc, out_time_s, graph.road_length_m,
            *edges.values(),
        )  # fmt: skip
        return {"out_time_s": out_time_s, **edges}

    def _own(self, name: str) -> NDArray[Any]:
        """An array to be changed. Of a kept one, only the pages that are changed take memory."""
        if self.kept_in is not None:
            try:
                return np.asarray(np.load(self.kept_in / f"{name}.npy", mmap_mode="c"))
            except OSError:
                pass  # it was removed, and is still mapped here; or no more files may be open
        return np.array(getattr(self, name))


EDGES = ("up_s", "down_s", "up_mm", "down_mm", "up_by", "down_by")
"""What is known of the edges of the hierarchy."""
_KINDS = (np.float64, np.float64, np.int32, np.int32, np.int32, np.int32)
ARRAYS = (
    "ways", "pace", "out_start", "out_tail", "out_head", "out_arc", "out_time_s",
    "at_start", "link_at", "link_s", *EDGES,
)  # fmt: skip
"""What is kept on disk; the rest is made from it."""


def open_weights(graph: Graph, profile: Profile) -> Weights:
    """The network with nothing closed."""
    speeds = _arc_speeds(graph, profile)
    with np.errstate(divide="ignore"):
        pace = np.where(speeds > 0, SPEED_MPS / speeds, np.inf)
    binding = np.array([any(map(profile.bound_by, rules)) for rules in graph.bans] + [False])
    links = np.nonzero(np.isfinite(pace)[graph.link_arc] & ~binding[graph.link_ban])[0]
    links = links[np.argsort(graph.link_tail[links], kind="stable")]
    arcs = graph.link_arc[links]
    times = pace[arcs] * graph.road_length_m[arcs >> 1]
    arrays = {
        "ways": _ways(graph, pace),
        "pace": pace,
        "out_start": row_starts(graph.link_tail[links], graph.node_count),
        "out_tail": graph.link_tail[links],
        "out_head": graph.link_head[links],
        "out_arc": arcs,
        "out_time_s": times,
        "link_s": np.array([np.median(times) if len(times) else 1.0, times.max(initial=0.0)]),
        "at_start": row_starts(arcs, 2 * graph.road_count),
        "link_at": np.argsort(arcs, kind="stable").astype(np.int32),
    }
    return open_weights_of(graph, arrays | edge_costs(graph, arrays))


def edge_costs(graph: Graph, links: Mapping[str, Any]) -> dict[str, Any]:
    """What driving each edge of the hierarchy costs (`EDGES`), from the arrays of the links."""
    edges = {
        name: np.empty(len(graph.up_head), dtype=kind)
        for name, kind in zip(EDGES, _KINDS, strict=True)
    }
    names = ("out_start", "out_head", "out_arc", "out_time_s")
    out_start, out_head, out_arc, out_time_s = (links[name] for name in names)
    for array in (out_start, out_head, out_arc, out_time_s):
        array.setflags(write=False)
    kernel_customise.customise(
        *_build(graph), out_start, out_head, out_arc, out_time_s, graph.road_length_m,
        *edges.values(),
    )  # fmt: skip
    return edges


def _build(graph: Graph) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """How the hierarchy is built, as the kernels take it."""
    return graph.rank_node, graph.up_tail, graph.up_head, graph.down_start, graph.down_edge


def open_weights_of(
    graph: Graph, arrays: Mapping[str, Any], kept_in: Path | None = None
) -> Weights:
    """The open network's weights from the arrays that are kept."""
    return Weights(
        **arrays,
        piece_row=np.full(graph.road_count, -1, dtype=np.int32),
        piece_start=np.zeros(1, dtype=np.int32),
        piece_from=np.zeros(0),
        piece_to=np.zeros(0),
        piece_pace=np.zeros(0),
        kept_in=kept_in,
    )


def _arc_speeds(graph: Graph, profile: Profile) -> FloatArray:
    """Speed on each arc; a one-way's other arc has the contraflow speed of the way driven."""
    with_flow = np.array([profile.speed_kph(*rule) for rule in graph.rules] + [0.0])
    against = np.array([profile.contraflow_kph(*rule) for rule in graph.rules] + [0.0])
    rule = graph.arc_rule.reshape(-1, 2)
    other = rule[:, ::-1]
    speeds = np.where(rule >= 0, with_flow[rule], against[other])
    return np.asarray(speeds.ravel(), dtype=np.float64)


def _ways(graph: Graph, pace: FloatArray) -> NDArray[np.uint8]:
    # Only now: a worker maps what another has made, and never needs this much memory.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    drivable = np.isfinite(pace).reshape(-1, 2)
    ways: NDArray[np.uint8] = (drivable[:, 0] + 2 * drivable[:, 1]).astype(np.uint8)
    used = ways > 0
    ends = graph.road_from[used], graph.road_to[used]
    nodes = graph.junction_count
    joined = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    _, component = connected_components(joined, directed=False)
    size = np.bincount(component, minlength=1)[component]
    fragment = (size < FRAGMENT_JUNCTIONS) & (size * 10 < size.max(initial=0))
    ways[fragment[graph.road_from]] = 0
    return ways
