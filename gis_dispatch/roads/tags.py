"""Reads OSM tags: direction, speed limits in their real forms, sizes, and who may pass."""

import re
from collections.abc import Mapping
from typing import Any

ROAD_CLASSES = frozenset(
    {
        "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link",
        "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified",
        "residential", "living_street", "road", "service", "pedestrian", "track", "path",
        "busway",
    }
)  # fmt: skip
"""What is imported. Ferries are not: an emergency unit cannot count on one."""

# Ways for feet and bicycles are imported only where a motor vehicle is expressly let in.
_SOFT_CLASSES = frozenset({"footway", "cycleway", "bridleway"})
_LET_IN = frozenset({"yes", "designated", "permissive"})

DEFAULT_SPEED_KPH: Mapping[str, float] = {
    "motorway": 90, "motorway_link": 50, "trunk": 70, "trunk_link": 45, "primary": 55,
    "primary_link": 40, "secondary": 50, "secondary_link": 35, "tertiary": 40,
    "tertiary_link": 30, "unclassified": 35, "residential": 30, "living_street": 15,
    "road": 30, "service": 20, "pedestrian": 10, "track": 15, "path": 10, "busway": 40,
    "footway": 8, "cycleway": 8, "bridleway": 8,
}  # fmt: skip

KEPT_TAGS = (
    "access", "vehicle", "motor_vehicle", "motorcar", "motorcycle", "hgv", "emergency",
    "surface", "service", "junction", "bridge", "tunnel", "ford", "lanes",
)  # fmt: skip

# Zone defaults, km/h: (in town, outside, motorway, living street) by country.
_ZONES: Mapping[str, tuple[float, float, float, float]] = {
    "RU": (60, 90, 110, 20), "DE": (50, 100, 130, 7), "AT": (50, 100, 130, 7),
    "PT": (50, 90, 120, 20), "FR": (50, 80, 130, 20), "IT": (50, 90, 130, 20),
    "UA": (50, 90, 130, 20), "RO": (50, 90, 130, 20), "ID": (50, 80, 100, 20),
    "GB": (48.28, 96.56, 112.65, 16), "CH": (50, 80, 120, 20), "ES": (50, 90, 120, 20),
}  # fmt: skip
_ZONE_WORDS: Mapping[str, int] = {
    "urban": 0, "rural": 1, "nsl_single": 1, "motorway": 2, "nsl_dual": 2, "living_street": 3,
}  # fmt: skip

_KPH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}
_SPEED = re.compile(r"^(\d+(?:\.\d+)?)\s*([a-z/]*)$")
_METRES = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(m|metres|meters|cm|ft|')?\s*(?:(\d+)\s*(?:\"|in))?$")
_TONNES = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(t|tonnes|kg|st|lbs)?$")
_PER_METRE = {None: 1.0, "m": 1.0, "metres": 1.0, "meters": 1.0, "cm": 0.01, "ft": 0.3048}
_PER_TONNE = {None: 1.0, "t": 1.0, "tonnes": 1.0, "kg": 0.001, "st": 0.90718, "lbs": 0.00045359}

Tags = Mapping[str, str]


def is_road(tags: Tags) -> bool:
    """Whether a way belongs to the network of any vehicle."""
    highway = tags.get("highway", "")
    # A ferry drawn with its landings' road class is still a ferry.
    if tags.get("area") == "yes" or tags.get("route") in {"ferry", "shuttle_train"}:
        return False
    if highway in _SOFT_CLASSES:
        return any(tags.get(key) in _LET_IN for key in ("motor_vehicle", "motorcycle", "motorcar"))
    return highway in ROAD_CLASSES


def directions(tags: Tags) -> tuple[bool, bool]:
    """(may be driven as drawn, may be driven the other way)."""
    oneway = tags.get("oneway:motor_vehicle", tags.get("oneway", "")).strip().lower()
    if oneway in {"-1", "reverse"}:
        return False, True
    if oneway in {"yes", "true", "1"}:
        return True, False
    if oneway in {"no", "false", "0", "reversible", "alternating"}:
        return True, True
    round_about = tags.get("junction") in {"roundabout", "circular"}
    return True, not (round_about or tags.get("highway") in {"motorway", "motorway_link"})


def speed_limit_kph(value: str | None) -> float | None:
    """A signed speed in km/h: `50`, `40 mph`, `walk`, `RU:urban`, `50;30` (the lower), or None.

    `none` (no limit) and `signals` say no number and are as if unsigned.
    """
    if value is None:
        return None
    speeds = [speed for part in re.split(r"[;|]", value) if (speed := _one_speed(part.strip()))]
    return min(speeds) if speeds else None


def _one_speed(text: str) -> float | None:
    if text.lower().rpartition(":")[2] in {"walk", "walking"}:
        return 6.0
    if ":" in text:
        country, _, zone = text.partition(":")
        if zone.startswith("zone"):
            zone = zone.removeprefix("zone").strip(":")
        if zone.isdigit():
            return float(zone) or None
        index = _ZONE_WORDS.get(zone.lower())
        speeds = _ZONES.get(country.upper())
        return speeds[index] if speeds and index is not None else None
    match = _SPEED.match(text.lower())
    if match is None or match[2] not in _KPH:
        return None
    speed = float(match[1]) * _KPH[match[2]]
    return speed if 1 <= speed <= 200 else None


def metres(value: str | None) -> float | None:
    """A width or height: `3.5`, `3,5 m`, `350 cm`, `11 ft`, `11'6"`, or None when unreadable."""
    match = _METRES.match(value.strip().lower()) if value else None
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    if match[2] == "'":
        return number * 0.3048 + float(match[3] or 0) * 0.0254
    return number * _PER_METRE[match[2]]


def tonnes(value: str | None) -> float | None:
    """A weight: `7.5`, `7,5 t`, `7500 kg`, or None when unreadable."""
    match = _TONNES.match(value.strip().lower()) if value else None
    return float(match[1].replace(",", ".")) * _PER_TONNE[match[2]] if match else None


def restrictions(tags: Tags, *, along: bool = True) -> dict[str, Any]:
    """What decides who may use a way and how fast, in the direction drawn (`along`) or against."""
    kept: dict[str, Any] = {key: tags[key] for key in KEPT_TAGS if tags.get(key)}
    side = "forward" if along else "backward"
    limit = speed_limit_kph(tags.get(f"maxspeed:{side}") or tags.get("maxspeed"))
    if limit:
        kept["maxspeed_kph"] = round(limit, 2)
    kept.update(sizes(tags))
    return kept


def sizes(tags: Tags) -> dict[str, float]:
    """How wide, high and heavy a vehicle may be, as far as the tags tell."""
    found = {
        "width_m": metres(tags.get("maxwidth")) or metres(tags.get("width")),
        "maxheight_m": metres(tags.get("maxheight")),
        "maxweight_t": tonnes(tags.get("maxweight")),
    }
    return {key: round(size, 2) for key, size in found.items() if size}
