"""What lies beside the roads: water, green, buildings, rails, names, house numbers, sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

AREA_KINDS = ("water", "green", "ground", "building")
LINE_KINDS = ("waterway", "railway", "coastline")
SITE_KINDS = ("hydrant", "hazard")

CONTENTS: Mapping[str, str] = {
    "water": "water",
    "green": "parks and woods",
    "building": "buildings",
    "railway": "railways",
    "place_name": "names of places",
    "address": "house numbers",
    "hydrant": "hydrants",
    "hazard": "hazardous sites",
}
"""What a map shows beside roads, and how it is said when a source has none of it."""


@dataclass(frozen=True, slots=True)
class LandShape:
    """An area or a line; `wkb` is its shape, (lon, lat)."""

    kind: str
    land_class: str
    name: str | None
    wkb: bytes


@dataclass(frozen=True, slots=True)
class PlaceName:
    """The name of a town, village or quarter, where a map writes it."""

    kind: str
    name: str
    population: int | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Address:
    """A house number on a street."""

    housenumber: str
    street: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Site:
    """What a crew looks for, or out for: a hydrant, or a hazard; `details` as they were mapped."""

    kind: str
    site_class: str
    name: str | None
    details: Mapping[str, str]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """Everything one source has beside its roads; `broken` areas could not be put together."""

    areas: Sequence[LandShape] = ()
    lines: Sequence[LandShape] = ()
    names: Sequence[PlaceName] = ()
    addresses: Sequence[Address] = ()
    sites: Sequence[Site] = ()
    broken: int = 0
    counts: Mapping[str, int] = field(init=False)
    """How many of each of CONTENTS."""

    def __post_init__(self) -> None:
        kinds = [shape.kind for shape in (*self.areas, *self.lines)]
        kinds += [site.kind for site in self.sites]
        counts = dict.fromkeys(CONTENTS, 0)
        for kind in kinds:
            # Rivers are water; the line of a coast is not, its sea is.
            kind = "water" if kind == "waterway" else kind
            if kind in counts:
                counts[kind] += 1
        counts["place_name"], counts["address"] = len(self.names), len(self.addresses)
        object.__setattr__(self, "counts", counts)

    def sentences(self) -> list[str]:
        """What there is and what there is not, for people."""
        said = [f"{count:,} {CONTENTS[what]}" for what, count in self.counts.items() if count]
        lacks = [CONTENTS[what] for what, count in self.counts.items() if not count]
        lines = [f"beside the roads: {', '.join(said)}"] if said else []
        if self.broken:
            lines.append(f"left out: {self.broken:,} areas whose outline is broken")
        return [*lines, f"not in this source: {', '.join(lacks)}"] if lacks else lines
