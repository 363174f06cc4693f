"""Which OpenStreetMap tags are which kind of land, and of which class."""

from collections.abc import Mapping

Tags = Mapping[str, str]
Kinds = Mapping[str, Mapping[str, tuple[str, str]]]


def _each(kind: str, **classes: str) -> dict[str, tuple[str, str]]:
    """value → (kind, class) for `class_="value value …"`."""
    return {value: (kind, name) for name, values in classes.items() for value in values.split()}


_AREAS: Kinds = {
    "natural": {
        **_each("water", water="water"),
        **_each(
            "green",
            wood="wood",
            scrub="scrub heath",
            grass="grassland",
            wetland="wetland",
            sand="beach sand",
        ),
    },
    "waterway": _each("water", water="riverbank dock canal river"),
    "landuse": {
        **_each("water", water="reservoir basin"),
        **_each(
            "green",
            wood="forest",
            grass="grass meadow village_green greenfield",
            farm="farmland orchard vineyard plantation allotments plant_nursery",
            park="recreation_ground",
            cemetery="cemetery",
        ),
        **_each(
            "ground",
            residential="residential",
            commercial="commercial retail",
            industrial="industrial railway port quarry depot landfill",
            restricted="military",
        ),
    },
    "leisure": _each(
        "green", park="park garden dog_park nature_reserve", sport="pitch golf_course track stadium"
    ),
    "amenity": {
        **_each("green", cemetery="grave_yard"),
        **_each(
            "ground",
            institution="school college university hospital kindergarten",
            parking="parking",
        ),
    },
    "aeroway": _each("ground", airport="aerodrome apron runway taxiway helipad"),
    "place": _each("ground", square="square"),
    "highway": _each("ground", square="pedestrian"),
}
"""key → value → (kind, class); the first key that fits decides."""

_LINES: Kinds = {
    "waterway": _each(
        "waterway", river="river canal", stream="stream tidal_channel", drain="drain ditch"
    ),
    "railway": _each("railway", rail="rail light_rail narrow_gauge monorail", tram="tram subway"),
    "natural": _each("coastline", coastline="coastline"),
}

_NOT_STANDING = frozenset({"no", "demolished", "razed", "proposed", "construction"})

PLACE_KINDS = frozenset(
    {
        "city",
        "town",
        "village",
        "hamlet",
        "suburb",
        "quarter",
        "neighbourhood",
        "locality",
        "island",
    }
)

_HYDRANTS: Mapping[str, str] = {
    "fire_hydrant": "hydrant",
    "water_tank": "tank",
    "suction_point": "suction",
    "fire_water_pond": "pond",
}
_HYDRANT_TYPES = frozenset({"pillar", "underground", "wall", "pipe", "pond"})

_HAZARDS: Kinds = {
    "amenity": _each("hazard", fuel="fuel"),
    "shop": _each("hazard", gas="gas"),
    "power": _each("hazard", electrical="substation plant"),
    "man_made": _each("hazard", gas="gasometer", works="works"),
    "industrial": _each(
        "hazard",
        fuel="oil refinery fuel oil_terminal petroleum_terminal oil_storage fuel_depot",
        gas="gas lng gas_storage",
        chemical="chemical chemicals fertilizer explosives",
    ),
}
_TANKS = ("storage_tank", "tank", "silo")
_TANK_CONTENTS: Mapping[str, str] = {
    **dict.fromkeys(("oil", "fuel", "diesel", "petrol", "gasoline", "crude_oil"), "fuel"),
    **dict.fromkeys(("gas", "lpg", "lng", "natural_gas", "hydrogen", "ammonia"), "gas"),
    **dict.fromkeys(("chemicals", "chemical", "acid", "chlorine"), "chemical"),
}
_DETAILS = (
    "ref", "operator", "brand", "content", "hazard", "substation", "voltage", "industrial",
    "fire_hydrant:type", "fire_hydrant:diameter", "fire_hydrant:position", "fire_hydrant:pressure",
    "fire_hydrant:flow_rate", "water_source", "capacity",
)  # fmt: skip

KEYS = frozenset(
    {
        *_AREAS, *_LINES, *_HAZARDS, "building", "emergency", "hazard", "content",
        "addr:housenumber",
    }
)  # fmt: skip
"""What has none of these keys is no land."""


def area_kind(tags: Tags) -> tuple[str, str] | None:
    """(kind, class) of a closed outline with these tags."""
    building = tags.get("building", "no")
    if building not in _NOT_STANDING:
        return "building", "building" if building == "yes" else building
    if "highway" in tags and tags.get("area") != "yes":
        return None  # a street that comes back to where it began
    return _first(_AREAS, tags)


def line_kind(tags: Tags) -> tuple[str, str] | None:
    """(kind, class) of a way with these tags; what runs below ground is not seen."""
    if tags.get("tunnel", "no") not in {"no", "culvert"}:
        return None
    return _first(_LINES, tags)


def site_kind(tags: Tags) -> tuple[str, str] | None:
    """Whether something with these tags is a hydrant or a hazard, and of which class."""
    hydrant = _HYDRANTS.get(tags.get("emergency", ""))
    if hydrant:
        said = tags.get("fire_hydrant:type", "")
        return "hydrant", said if said in _HYDRANT_TYPES else hydrant
    if tags.get("man_made") in _TANKS:
        held = _TANK_CONTENTS.get(tags.get("content", ""))
        return ("hazard", held) if held else None
    found = _first(_HAZARDS, tags)
    if found is None and tags.get("hazard", "no") != "no":
        return "hazard", "other"
    return found


def site_details(tags: Tags) -> dict[str, str]:
    """What a crew wants to know of a site, as it was mapped."""
    return {key: tags[key] for key in _DETAILS if key in tags}


def _first(kinds: Kinds, tags: Tags) -> tuple[str, str] | None:
    for key, values in kinds.items():
        found = values.get(tags.get(key, ""))
        if found:
            return found
    return None
