"""What an OSM file has beside its roads: landmarks, stations, and the land, in one reading."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import osmium
import shapely

from gis_dispatch.domain.network import FoundStation, NamedPoint
from gis_dispatch.roads.land_finder import LandFinder
from gis_dispatch.roads.land_tags import KEYS, Tags
from gis_dispatch.roads.read_osm import refusal_of
from gis_dispatch.roads.read_pois import LANDMARK_KEYS, landmark, station_kind

LonLat = tuple[float, float]

UNSORTED = "out of order"
"""What osmium says of a file whose nodes, ways or relations are not in the order of their ids."""


@dataclass
class Beside:
    """What was found, in the order of the file."""

    landmarks: list[NamedPoint] = field(default_factory=list)
    stations: list[FoundStation] = field(default_factory=list)
    finder: LandFinder = field(default_factory=LandFinder)

    def note(self, osm_id: str, tags: Tags, at: LonLat) -> None:
        """Keep a name people would say, and a station."""
        mark, kind = landmark(tags, *at), station_kind(tags)
        if mark:
            self.landmarks.append(mark)
        if kind:
            self.stations.append(FoundStation(osm_id, tags.get("name"), kind, *at))


def read_beside(path: Path) -> Beside:
    """Everything beside the roads of an OSM file; outlines of several ways are put together."""
    try:
        try:
            return _read(path)
        except RuntimeError as error:
            if UNSORTED not in str(error):
                raise
        # As an editor may write it; outlines can only be put together from a file in order.
        with _sorted(path) as copy:
            return _read(copy)
    except RuntimeError as error:
        raise refusal_of(path, error) from error


@contextmanager
def _sorted(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gis-dispatch-") as folder:
        copy = Path(folder) / "sorted.osm.pbf"
        everything = osmium.MergeInputReader()
        everything.add_file(str(path))
        with osmium.SimpleWriter(str(copy)) as writer:
            everything.apply(writer)
        yield copy


def _read(path: Path) -> Beside:
    beside, shapes = Beside(), osmium.geom.WKBFactory()
    keys = ("emergency", "place", *LANDMARK_KEYS, *KEYS)
    things = (
        osmium.FileProcessor(path)
        .with_areas()
        .with_filter(osmium.filter.KeyFilter(*dict.fromkeys(keys)))
    )
    for thing in things:
        tags = {tag.k: tag.v for tag in thing.tags}
        if isinstance(thing, osmium.osm.Node):
            if thing.location.valid():
                _node(beside, thing, tags)
        elif isinstance(thing, osmium.osm.Way):
            _way(beside, thing, tags)
        elif isinstance(thing, osmium.osm.Area):
            _area(beside, thing, tags, shapes)
    return beside


def _node(beside: Beside, node: osmium.osm.Node, tags: Tags) -> None:
    at = node.location.lon, node.location.lat
    beside.note(f"node/{node.id}", tags, at)
    beside.finder.add("point", tags, shapely.to_wkb(shapely.Point(at)))


def _way(beside: Beside, way: osmium.osm.Way, tags: Tags) -> None:
    """A way is noted by its middle; points that are not in the file are passed over."""
    spots = [(n.location.lon, n.location.lat) for n in way.nodes if n.location.valid()]
    if not spots:
        return
    lons, lats = zip(*spots, strict=True)
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    beside.note(f"way/{way.id}", tags, middle)
    if len(spots) > 1:
        beside.finder.add("line", tags, shapely.to_wkb(shapely.LineString(spots)))


def _area(
    beside: Beside, area: osmium.osm.Area, tags: Tags, shapes: osmium.geom.WKBFactory
) -> None:
    try:
        outline = bytes.fromhex(shapes.create_multipolygon(area))
    except RuntimeError:  # osmium found no outline that closes without crossing itself
        beside.finder.broken += 1
        return
    beside.finder.add("area", tags, outline)
    if not area.from_way():
        middle = shapely.point_on_surface(shapely.from_wkb(outline))
        beside.note(f"relation/{area.orig_id()}", tags, (middle.x, middle.y))
