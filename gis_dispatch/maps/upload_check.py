"""Looks at every feature of a file: places on earth, valid, of one kind; and tells its columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyogrio.raw
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from gis_dispatch.errors import Refusal
from gis_dispatch.maps.upload_file import Opened
from gis_dispatch.maps.upload_refusals import (
    CrsMissing,
    CrsUnusable,
    FeatureEmpty,
    FeatureInvalid,
    FeatureOther,
    FeatureOutside,
    FeaturesTooMany,
    FeatureUnreadable,
    FileEmpty,
    FileUnreadable,
    TextUnreadable,
)

MOST_FEATURES = 200_000
KINDS = {
    0: "point", 1: "line", 2: "line", 3: "polygon", 4: "point", 5: "line", 6: "polygon",
}  # fmt: skip
NAMES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip


class Read(NamedTuple):
    """Every feature of a file, and what is wrong with some."""

    geometries: Any
    columns: Sequence[str]
    values: Sequence[Any]
    problems: list[Refusal]
    shape: str
    kinds: Counter[str]


def read_features(opened: Opened, name: str) -> Read:
    """The features in longitude and latitude; what is wrong with the file as a whole is raised."""
    try:
        meta, _fids, wkb, values = pyogrio.raw.read(
            opened.source, layer=opened.layer, force_2d=True
        )
    except UnicodeDecodeError as wrong:
        raise TextUnreadable(name=name, encoding=wrong.encoding) from wrong
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as wrong:
        problem = " ".join(str(wrong).split())[:300]
        raise FileUnreadable(name=name, kind=opened.kind, problem=problem) from wrong
    if wkb is None or len(wkb) == 0:
        raise FileEmpty
    if len(wkb) > MOST_FEATURES:
        raise FeaturesTooMany(count=len(wkb), most=MOST_FEATURES)
    given = shapely.from_wkb(wkb, on_invalid="ignore")
    geometries = _on_earth(given, meta["crs"])
    columns = [str(column) for column in meta["fields"]]
    kinds = Counter(NAMES[kind] for kind in shapely.get_type_id(geometries) if kind >= 0)
    shape, problems = _problems(wkb, geometries)
    return Read(geometries, columns, values, problems, shape, kinds)


def _on_earth(geometries: Any, crs: str | None) -> Any:
    if not crs:
        raise CrsMissing
    try:
        source = CRS.from_user_input(crs)
        if source.equals(CRS.from_epsg(4326), ignore_axis_order=True):
            return geometries
        turn = Transformer.from_crs(source, 4326, always_xy=True)
        return shapely.transform(
            geometries, lambda places: np.column_stack(turn.transform(places[:, 0], places[:, 1]))
        )
    except ProjError as wrong:
        raise CrsUnusable(crs=crs, problem=" ".join(str(wrong).split())[:200]) from wrong


def _problems(wkb: Any, geometries: Any) -> tuple[str, list[Refusal]]:
    """The kind of the first feature, and what is wrong, in the order of the features."""
    found: dict[int, Refusal] = {}
    kinds = shapely.get_type_id(geometries)
    first = next((KINDS.get(int(kind)) for kind in kinds if int(kind) in KINDS), None) or "point"
    for at in np.flatnonzero(shapely.is_missing(geometries) | shapely.is_empty(geometries)):
        unreadable = wkb[at] is not None and geometries[at] is None
        found[int(at)] = (FeatureUnreadable if unreadable else FeatureEmpty)(number=int(at) + 1)
    for at in np.flatnonzero([int(kind) >= 0 and KINDS.get(int(kind)) != first for kind in kinds]):
        found.setdefault(
            int(at), FeatureOther(number=int(at) + 1, kind=_said(int(kinds[at])), first=first)
        )
    for at in np.flatnonzero(_outside(geometries)):
        west, south, east, north = (float(side) for side in shapely.bounds(geometries[at]))
        lon, lat = (east, north) if abs(east) > 180 or abs(north) > 90 else (west, south)
        found.setdefault(
            int(at), FeatureOutside(number=int(at) + 1, lon=round(lon, 6), lat=round(lat, 6))
        )
    for at in np.flatnonzero(~shapely.is_valid(geometries)):
        if int(at) not in found:
            found[int(at)] = _invalid(int(at), geometries[at])
    return first, [found[at] for at in sorted(found)]


def _said(kind: int) -> str:
    return KINDS.get(kind) or NAMES[kind]


def _outside(geometries: Any) -> Any:
    bounds = shapely.bounds(geometries)
    there = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    with np.errstate(invalid="ignore"):
        inside = (
            (bounds[:, 0] >= -180) & (bounds[:, 1] >= -90)
            & (bounds[:, 2] <= 180) & (bounds[:, 3] <= 90)
        )  # fmt: skip
    return there & ~inside


def _invalid(at: int, geometry: Any) -> Refusal:
    """GEOS says "Self-intersection[108.98 0.9]"."""
    reason, _, place = shapely.is_valid_reason(geometry).partition("[")
    lon, _, lat = place.rstrip("]").partition(" ")
    return FeatureInvalid(number=at + 1, reason=reason, lon=lon or "?", lat=lat or "?")


def rows(read: Read) -> Iterator[dict[str, Any]]:
    """Each feature as the database takes it: number, geometry, properties."""
    hexed = shapely.to_wkb(read.geometries, hex=True)
    plain = [_plain(column) for column in read.values]
    for at in range(len(hexed)):
        own = {name: values[at] for name, values in zip(read.columns, plain, strict=True)}
        yield {"n": at + 1, "g": hexed[at], "p": own}


def _plain(column: Any) -> list[Any]:
    """A column as JSON can hold it; what is no number or no moment is null."""
    if column.dtype.kind == "M":
        return [None if np.isnat(one) else str(one) for one in column]
    if column.dtype.kind == "f":
        return [float(one) if np.isfinite(one) else None for one in column]
    return [_text(one) for one in column.tolist()]


def _text(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        # PostgreSQL cannot hold a zero byte.
        return value.replace("\0", "") if isinstance(value, str) else value
    return str(value)
