"""Reads .osm, .osm.gz, .osm.bz2 and .osm.pbf with pyosmium."""

import re
from collections.abc import Iterator
from pathlib import Path

import osmium

from gis_dispatch.domain.network import Network
from gis_dispatch.roads.broken_files import broken_bytes
from gis_dispatch.roads.build import Way, network_from_ways
from gis_dispatch.roads.refusals import RoadFileBroken

_XML_PLACE = re.compile(r"at line (\d+), column (\d+):? ?(.*)")


def read_osm(path: Path) -> Network:
    """The road network of an OSM file, whole or not at all."""
    try:
        return network_from_ways(_ways(path))
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise refusal_of(path, error) from error


def _ways(path: Path) -> Iterator[Way]:
    ways = (
        osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        .with_filter(osmium.filter.KeyFilter("highway"))
    )
    for way in ways:
        if not isinstance(way, osmium.osm.Way):
            continue
        yield Way(
            id=way.id,
            tags={tag.k: tag.v for tag in way.tags},
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
        offset = broken_bytes(path)
        where = "byte 0" if offset is None else f"byte {offset}"
        problem = text
    return RoadFileBroken(field="file", file=path.name, where=where, problem=problem)
