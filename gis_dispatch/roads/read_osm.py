"""Reads .osm, .osm.gz, .osm.bz2 and .osm.pbf with pyosmium."""

import re
from collections.abc import Iterator
from pathlib import Path

import osmium

from gis_dispatch.domain.road_findings import FoundRoads
from gis_dispatch.roads.barriers import barrier_rule
from gis_dispatch.roads.broken_files import broken_bytes
from gis_dispatch.roads.broken_xml import broken_line
from gis_dispatch.roads.build import Signs, Way, roads_from_ways
from gis_dispatch.roads.refusals import RoadFileBroken
from gis_dispatch.roads.restrictions import restrictions_of
from gis_dispatch.roads.tags import is_road

_XML_PLACE = re.compile(r"at line (\d+), column (\d+):? ?(.*)")


def read_osm(path: Path) -> FoundRoads:
    """The roads of an OSM file and what stands on them, whole or not at all."""
    signs = Signs()
    try:
        roads = list(_roads(path, signs))
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise refusal_of(path, error) from error
    return roads_from_ways(roads, signs)


def _roads(path: Path, signs: Signs) -> Iterator[Way]:
    """Ways that are roads; what stands on them is noted in passing."""
    barriers, ways = osmium.filter.KeyFilter("barrier"), osmium.filter.KeyFilter("highway")
    relations = osmium.filter.TagFilter(("type", "restriction"))
    barriers.enable_for(osmium.osm.NODE)
    ways.enable_for(osmium.osm.WAY)
    relations.enable_for(osmium.osm.RELATION)
    things = (
        osmium.FileProcessor(path)
        .with_locations()
        .with_filter(barriers)
        .with_filter(ways)
        .with_filter(relations)
    )
    for thing in things:
        tags = {tag.k: tag.v for tag in thing.tags}
        if isinstance(thing, osmium.osm.Way):
            if is_road(tags):
                yield _way(thing, tags)
        elif isinstance(thing, osmium.osm.Node):
            rule = barrier_rule(tags)
            if rule:
                signs.barriers[thing.id] = rule
        elif isinstance(thing, osmium.osm.Relation):
            members = [(member.type, member.ref, member.role) for member in thing.members]
            signs.restrictions += restrictions_of(tags, members, signs.skipped)


def _way(way: osmium.osm.Way, tags: dict[str, str]) -> Way:
    return Way(
        id=way.id,
        tags=tags,
        refs=[node.ref for node in way.nodes],
        points=[
            (node.location.lon, node.location.lat) if node.location.valid() else None
            for node in way.nodes
        ],
    )


def refusal_of(path: Path, error: Exception) -> RoadFileBroken:
    """What pyosmium could not read, with its line (XML) or byte (packed files)."""
    text = str(error)
    match = _XML_PLACE.search(text)
    if match:
        where, problem = f"line {match[1]}, column {match[2]}", match[3] or "not well-formed XML"
    else:
        where, problem = broken_line(path) or f"byte {broken_bytes(path) or 0}", text
    return RoadFileBroken(field="file", file=path.name, where=where, problem=problem)
