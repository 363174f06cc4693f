"""Joins reached stretches of road into long strokes: one line is shaped much faster than its parts.

At a junction the ends of stretches are joined two by two, whichever they are; a stroke runs until
an end is left over.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, IntArray
from gis_dispatch.roads.closing import ToMetres
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.jit import jit
from gis_dispatch.roads.stretches import Stretches

Lines = NDArray[np.object_]


def strokes_of(graph: Graph, stretches: Stretches, to_metres: ToMetres) -> Lines:
    """Lines, in metres, that together cover the stretches, each once."""
    if not len(stretches):
        return np.zeros(0, dtype=np.object_)
    points, starts = _points(graph, stretches)
    points = to_metres(points)
    ends, stroke = walk(_mates(graph, stretches))
    stretch, backward = ends >> 1, (ends & 1).astype(bool)
    count = np.diff(starts)[stretch]
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    begins = np.where(backward, starts[stretch + 1] - 1, starts[stretch])
    taken = np.repeat(begins, count) + place * np.repeat(np.where(backward, -1, 1), count)
    return np.asarray(shapely.linestrings(points[taken], indices=np.repeat(stroke, count)))


def _points(graph: Graph, stretches: Stretches) -> tuple[FloatArray, IntArray]:
    """(lon, lat) of all stretches one after another, and where each of them begins."""
    # One axis for all roads, each with a metre between it and the next.
    offset = np.cumsum(graph.road_length_m + 1.0) - graph.road_length_m
    axis = np.repeat(offset, np.diff(graph.point_start)) + graph.point_m
    low = offset[stretches.road] + stretches.from_m
    high = offset[stretches.road] + stretches.to_m
    first = np.searchsorted(axis, low, side="right")
    count = np.maximum(np.searchsorted(axis, high, side="left") - first, 0) + 2
    starts = np.concatenate(([0], np.cumsum(count)))
    place = np.arange(starts[-1]) - np.repeat(starts[:-1], count)
    corner = np.repeat(first, count) + place - 1
    # The two ends are cut; what stands in their place until then does not matter.
    corner = np.clip(corner, 0, len(axis) - 1)
    points = np.stack([graph.point_lon[corner], graph.point_lat[corner]], axis=1)
    for ends, at in ((starts[:-1], low), (starts[1:] - 1, high)):
        points[ends, 0] = np.interp(at, axis, graph.point_lon)
        points[ends, 1] = np.interp(at, axis, graph.point_lat)
    return points, starts.astype(np.int32)


def _mates(graph: Graph, stretches: Stretches) -> IntArray:
    """For each end of a stretch (2 * stretch: where it begins, + 1: where it ends) the end it is
    joined with; -1: none. Ends that are not at a junction are joined with none.
    """
    roads = stretches.road
    node = np.full(2 * len(roads), -1, dtype=np.int64)
    at_start = stretches.from_m <= 0
    at_end = stretches.to_m >= graph.road_length_m[roads]
    node[0::2][at_start] = graph.road_from[roads[at_start]]
    node[1::2][at_end] = graph.road_to[roads[at_end]]
    order = np.argsort(node, kind="stable")
    order = order[node[order] >= 0]
    here = node[order]
    first = np.nonzero(np.diff(here, prepend=-1))[0]
    rank = np.arange(len(here)) - np.repeat(first, np.diff(first, append=len(here)))
    left = np.nonzero((rank[:-1] % 2 == 0) & (here[:-1] == here[1:]))[0]
    mates = np.full(len(node), -1, dtype=np.int32)
    mates[order[left]] = order[left + 1]
    mates[order[left + 1]] = order[left]
    return mates


@jit
def walk(mates: IntArray) -> tuple[IntArray, IntArray]:
    """(the end by which each stretch is entered, in the order walked; the number of its stroke)."""
    count = len(mates) >> 1
    seen = np.zeros(count, dtype=np.uint8)
    entered = np.empty(count, np.int32)
    stroke = np.empty(count, np.int32)
    size = 0
    number = 0
    for turn in range(2):  # strokes with a loose end, then rings
        for end in range(len(mates)):
            at = end
            if seen[at >> 1] != 0 or (turn == 0 and mates[at] >= 0):
                continue
            while at >= 0 and seen[at >> 1] == 0:
                seen[at >> 1] = 1
                entered[size] = at
                stroke[size] = number
                size += 1
                at = mates[at ^ 1]
            number += 1
    return entered, stroke
