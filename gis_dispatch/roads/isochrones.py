"""Isochrones: the streets reached within a time, drawn as an area that follows them.

Every reached piece of street, cut where the time ends, is drawn `WIDTH_M` to either side. Blocks
that reached streets enclose are filled up to `BLOCK_M2`; what is larger stays open: a lake, a
forest, an airfield is not reached because a road leads round it.
"""

import json
from collections.abc import Mapping, Sequence
from math import cos, pi
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.domain.roads import Isochrone, RoadClosure, Start
from gis_dispatch.errors import NotFound
from gis_dispatch.roads.kernel_snap import metres_per_degree
from gis_dispatch.roads.reaching import reached_within
from gis_dispatch.roads.spreading import spread
from gis_dispatch.roads.stretches import Stretches
from gis_dispatch.roads.strokes import strokes_of
from gis_dispatch.roads.vehicle import Vehicle

WIDTH_M = 50.0
BLOCK_M2 = 100_000.0
BEND_M = 8.0
"""Bends smaller than this are not drawn, so that a city's streets are shaped in about a second."""
CORNERS = 2
"""Points of a quarter of a circle: an end of a street is half an octagon."""
REACHES_M = WIDTH_M + BEND_M
"""Nothing farther than this from a reached street is inside, unless a filled block is."""
COVERS_M = WIDTH_M * cos(pi / 4 / CORNERS) - BEND_M
"""Everything this near to a reached street is inside."""
DECIMALS = 6


class NothingToDriveOn(NotFound):
    """No road that this vehicle may use is near {lon}, {lat}."""


def isochrones(
    vehicle: Vehicle, start: Start, limits_s: Sequence[float], closures: Sequence[RoadClosure]
) -> list[Isochrone]:
    """What a start reaches within each limit (seconds, its delay counted), in their order."""
    at = vehicle.snapper.snap(start.lon, start.lat, start.heading_deg)
    if at is None:
        raise NothingToDriveOn(lon=start.lon, lat=start.lat)
    weights = vehicle.weights(closures)
    driven = {limit: limit - start.delay_s for limit in limits_s}
    most = max(driven.values(), default=0.0)
    node_s = spread(vehicle.graph, weights, at, max(most, 0.0))
    paper = _Paper(vehicle, at.lon, at.lat)
    drawn: dict[float, Isochrone] = {}
    before = None
    for limit in sorted(driven):
        if driven[limit] < 0:  # the turnout is not over yet
            drawn[limit] = Isochrone(limit, paper.geometry, 0.0)
            continue
        reached = reached_within(vehicle.graph, weights, at, node_s, driven[limit])
        paper.draw(reached.stretches(since=before))
        drawn[limit] = Isochrone(limit, paper.geometry, reached.length_m)
        before = reached
    return [drawn[limit] for limit in limits_s]


class _Paper:
    """An area in metres about its middle, to which streets are added; so each limit's holds the
    shorter one's.
    """

    def __init__(self, vehicle: Vehicle, lon: float, lat: float) -> None:
        self._graph = vehicle.graph
        self._middle = np.array([lon, lat])
        self._scale = np.array(metres_per_degree(lat))
        self._area: BaseGeometry = shapely.MultiPolygon()

    def draw(self, stretches: Stretches) -> None:
        """Add streets."""
        lines = strokes_of(self._graph, stretches, self._to_metres)
        lines = shapely.simplify(lines, BEND_M, preserve_topology=False)
        streets = shapely.buffer(lines, WIDTH_M, quad_segs=CORNERS)
        self._area = _filled(shapely.union_all([self._area, *streets]))

    @property
    def geometry(self) -> Mapping[str, Any]:
        """What is drawn, as GeoJSON."""
        degrees = shapely.transform(self._area, self._to_degrees)
        # On a grid of its last decimal, so that rounding cannot make it cross itself.
        exact = shapely.set_precision(degrees, 10.0**-DECIMALS)
        parts = shapely.get_parts(shapely.orient_polygons(exact))
        whole = shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])
        told: Mapping[str, Any] = json.loads(shapely.to_geojson(whole))
        return told

    def _to_metres(self, lonlat: FloatArray) -> FloatArray:
        return np.asarray((lonlat - self._middle) * self._scale, dtype=np.float64)

    def _to_degrees(self, metres: FloatArray) -> FloatArray:
        return np.asarray(metres / self._scale + self._middle, dtype=np.float64)


_POLYGON = 3
"""shapely.GeometryType.POLYGON"""


def _filled(area: BaseGeometry) -> BaseGeometry:
    """The same without its small holes."""
    parts = []
    for part in shapely.get_parts(area):
        shell, *holes = shapely.get_rings(part)
        large = [hole for hole in holes if shapely.area(shapely.polygons(hole)) > BLOCK_M2]
        parts.append(shapely.polygons(shell, holes=large or None))
    filled: BaseGeometry = shapely.multipolygons(parts)
    return filled
