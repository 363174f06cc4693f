"""Named things in OSM files: stations of the emergency services, and landmarks to search."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import osmium

from gis_dispatch.domain.network import FoundStation, NamedPoint
from gis_dispatch.roads.read_osm import refusal_of

Tags = Mapping[str, str]

_STATION_KINDS: Mapping[tuple[str, str], str] = {
    ("amenity", "fire_station"): "fire_station",
    ("amenity", "hospital"): "hospital",
    ("amenity", "clinic"): "puskesmas",
    ("amenity", "police"): "police_post",
    ("emergency", "fire_station"): "fire_station",
    ("emergency", "ambulance_station"): "ambulance_post",
    ("emergency", "disaster_response"): "bpbd_post",
    ("emergency", "disaster_help_point"): "bpbd_post",
    ("emergency", "water_rescue_station"): "bpbd_post",
    ("emergency", "water_rescue"): "bpbd_post",
    ("emergency", "mountain_rescue"): "bpbd_post",
}
_LANDMARK_KEYS = (
    "amenity", "shop", "tourism", "leisure", "office", "historic", "public_transport", "railway",
    "aeroway", "building", "man_made", "natural",
)  # fmt: skip
_PLACE_KINDS: Mapping[str, str] = {
    "village": "village", "hamlet": "village", "neighbourhood": "village", "quarter": "village",
    "suburb": "district", "town": "district", "city": "district", "island": "landmark",
}  # fmt: skip
_NOT_A_ROAD = ("highway", "barrier", "power", "boundary")


def station_kind(tags: Tags) -> str | None:
    """The kind of station these tags describe, if they do."""
    if tags.get("amenity") == "clinic" and "puskesmas" not in tags.get("name", "").lower():
        return None
    for (key, value), kind in _STATION_KINDS.items():
        if tags.get(key) == value:
            return kind
    return None


def landmark(tags: Tags, lon: float, lat: float) -> NamedPoint | None:
    """A name people would say on the telephone, if these tags hold one."""
    name = tags.get("name")
    if not name or any(key in tags for key in _NOT_A_ROAD):
        return None
    place = tags.get("place", "")
    if place in _PLACE_KINDS:
        return NamedPoint(name, _PLACE_KINDS[place], lon, lat)
    key = next((key for key in _LANDMARK_KEYS if tags.get(key, "no") != "no"), None)
    if key is None:
        return None
    detail = tags[key] if tags[key] != "yes" else key
    return NamedPoint(name, "landmark", lon, lat, detail.replace("_", " "))


def read_pois(path: Path) -> tuple[list[NamedPoint], list[FoundStation]]:
    """The landmarks an OSM file names and the stations it knows, in the order of the file."""
    marks, stations = [], []
    for osm_id, tags, lon, lat in _named(path):
        mark, kind = landmark(tags, lon, lat), station_kind(tags)
        if mark:
            marks.append(mark)
        if kind:
            stations.append(FoundStation(osm_id, tags.get("name"), kind, lon, lat))
    return marks, stations


def _named(path: Path) -> Iterator[tuple[str, Tags, float, float]]:
    """(identity, tags, lon, lat) of nodes and ways that may be a place; a way by its middle."""
    keys = ("emergency", "place", *_LANDMARK_KEYS)
    try:
        things = (
            osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY)
            .with_locations()
            .with_filter(osmium.filter.KeyFilter(*keys))
        )
        for thing in things:
            tags = {tag.k: tag.v for tag in thing.tags}
            if isinstance(thing, osmium.osm.Node) and thing.location.valid():
                yield f"node/{thing.id}", tags, thing.location.lon, thing.location.lat
            elif isinstance(thing, osmium.osm.Way):
                spots = [node.location for node in thing.nodes if node.location.valid()]
                if spots:
                    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
                    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
                    yield f"way/{thing.id}", tags, (west + east) / 2, (south + north) / 2
    except RuntimeError as error:
        raise refusal_of(path, error) from error
