"""Which tags name a station of the emergency services, and which a landmark to search."""

from collections.abc import Mapping

from gis_dispatch.domain.network import NamedPoint

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
LANDMARK_KEYS = (
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
    key = next((key for key in LANDMARK_KEYS if tags.get(key, "no") != "no"), None)
    if key is None:
        return None
    detail = tags[key] if tags[key] != "yes" else key
    return NamedPoint(name, "landmark", lon, lat, detail.replace("_", " "))
