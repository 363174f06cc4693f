"""The sea as an area: OpenStreetMap only draws its shore, with the land on the left."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from gis_dispatch.domain.network import FloatArray

Bounds = tuple[float, float, float, float]
Shapes = npt.NDArray[np.object_]

FRAMES_DEG = (0.05, 0.02, 0.005, 0.0, -0.0005, -0.002)
"""How far beyond the roads the sea is drawn, or short of them: as far as the shore is known without
a gap. A file that was cut out ends within its own edge.
"""
BESIDE_DEG = 1e-6  # a tenth of a metre
TOUCHES_DEG = 1e-9


def seas(shores: Sequence[bytes], roads: Bounds) -> list[bytes]:
    """The sea around the roads, as outlines (WKB, (lon, lat)), from the shores (WKB of lines).

    `roads` is (west, south, east, north). A shore that ends in the middle, as in a file that was
    cut out carelessly, tells of no sea.
    """
    lines = shapely.from_wkb(list(shores))
    shore = shapely.line_merge(shapely.union_all(lines))
    for grown_deg in FRAMES_DEG:
        frame = shapely.buffer(box(*roads), grown_deg, join_style="mitre")
        within = shapely.line_merge(shapely.intersection(shore, frame))
        if within.is_empty or _breaks_off(within, frame):
            continue
        return [shapely.to_wkb(part) for part in _wet(_parts(within, frame), lines, frame)]
    return []


def _breaks_off(shore: BaseGeometry, frame: Polygon) -> bool:
    """Whether any part of the shore ends without meeting itself or the frame."""
    lines = [part for part in shapely.get_parts(shore) if not part.is_ring]
    ends = [end for line in lines for end in (line.coords[0], line.coords[-1])]
    away = shapely.distance(shapely.points(ends), frame.exterior) if ends else np.zeros(0)
    return bool((away > TOUCHES_DEG).any())


def _parts(shore: BaseGeometry, frame: Polygon) -> list[Polygon]:
    """What the shore divides the frame into."""
    drawn = shapely.union_all([shore, frame.exterior])
    return list(shapely.get_parts(shapely.polygonize([drawn])))


def _wet(parts: Sequence[Polygon], lines: Shapes, frame: Polygon) -> list[Polygon]:
    """The parts that lie on the right of the shores more than on their left."""
    tree = shapely.STRtree(parts)
    left, right, length = _beside(lines, frame)
    votes = np.zeros(len(parts))
    for points, sign in ((right, 1.0), (left, -1.0)):
        at, part = tree.query(shapely.points(points), predicate="within")
        votes += sign * np.bincount(part, weights=length[at], minlength=len(parts))
    return [part for part, vote in zip(parts, votes, strict=True) if vote > 0]


def _beside(lines: Shapes, frame: Polygon) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(just left, just right, length) of every straight piece in the frame, in degrees."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    begins = np.nonzero(line[1:] == line[:-1])[0]
    along = points[begins + 1] - points[begins]
    pieces = shapely.linestrings(np.stack([points[begins], points[begins + 1]], axis=1))
    within = np.asarray(shapely.intersection(pieces, frame))
    length = np.asarray(shapely.length(within))
    some = length > 0
    middle = shapely.line_interpolate_point(within[some], 0.5, normalized=True)
    forth = along[some] / np.hypot(*along[some].T)[:, None]
    away = np.column_stack([-forth[:, 1], forth[:, 0]]) * BESIDE_DEG
    at = shapely.get_coordinates(middle)
    return at + away, at - away, length[some]
