"""Draws a route: the points of its roads in driving order, cut at both ends."""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@jit
def trace(
    roads: Ints, from_m: Floats, to_m: Floats,
    point_start: Ints, point_lon: Floats, point_lat: Floats, point_m: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """(lon, lat) along pieces of roads; a piece with to_m < from_m is driven against its drawing.
    A point that repeats the one before it is left out.
    """
    room = 0
    for piece in range(len(roads)):
        room += point_start[roads[piece] + 1] - point_start[roads[piece]] + 2
    lon = np.empty(room)
    lat = np.empty(room)
    size = 0
    for piece in range(len(roads)):
        first = point_start[roads[piece]]
        last = point_start[roads[piece] + 1] - 1
        begin = from_m[piece]
        finish = to_m[piece]
        forward = finish >= begin
        low = min(begin, finish)
        high = max(begin, finish)
        for step in range(last - first + 3):
            inner = step - 1 if forward else last - first + 1 - step
            if step == 0 or step == last - first + 2:
                at = begin if step == 0 else finish
                point = first
                while point < last - 1 and point_m[point + 1] < at:
                    point += 1
                span = point_m[point + 1] - point_m[point]
                share = 0.0
                if span > 0.0:
                    share = min(1.0, max(0.0, (at - point_m[point]) / span))
                x = point_lon[point] + share * (point_lon[point + 1] - point_lon[point])
                y = point_lat[point] + share * (point_lat[point + 1] - point_lat[point])
            else:
                point = first + inner
                if point_m[point] <= low or point_m[point] >= high:
                    continue
                x = point_lon[point]
                y = point_lat[point]
            x = round(x * 1e7) / 1e7
            y = round(y * 1e7) / 1e7
            if size > 0 and lon[size - 1] == x and lat[size - 1] == y:
                continue
            lon[size] = x
            lat[size] = y
            size += 1
    return lon[:size], lat[:size]
