"""Sorts things with tags into what lies beside the roads, whatever kind of file they come from."""

from typing import Literal

import numpy as np
import shapely

from gis_dispatch.domain.land import Address, Land, LandShape, PlaceName, Site
from gis_dispatch.roads.land_tags import (
    PLACE_KINDS,
    Tags,
    area_kind,
    line_kind,
    site_details,
    site_kind,
)
from gis_dispatch.roads.sea import Bounds, seas

Shape = Literal["point", "line", "area"]


class LandFinder:
    """Takes one thing after the other; `land` is all of it."""

    def __init__(self) -> None:
        self.broken = 0
        self._areas: list[LandShape] = []
        self._lines: list[LandShape] = []
        self._spots: list[tuple[Tags, bytes]] = []

    def add(self, shape: Shape, tags: Tags, wkb: bytes) -> None:
        """Keep what these tags say, if a map shows it."""
        if shape == "line":
            found = line_kind(tags)
            if found:
                self._lines.append(LandShape(*found, tags.get("name"), wkb))
            return
        found = area_kind(tags) if shape == "area" else None
        if found:
            self._areas.append(LandShape(*found, tags.get("name"), wkb))
        if _is_spot(tags):
            self._spots.append((tags, wkb))

    def land(self, roads: Bounds) -> Land:
        """Everything that was added; what is a spot on the map stands inside its outline.

        The sea is drawn around the roads: (west, south, east, north).
        """
        at = shapely.point_on_surface(shapely.from_wkb([wkb for _, wkb in self._spots]))
        names, addresses, sites = [], [], []
        places = zip(np.round(shapely.get_coordinates(at), 7).tolist(), self._spots, strict=True)
        for (lon, lat), (tags, _) in places:
            street = tags.get("addr:street") or tags.get("addr:place")
            if tags.get("addr:housenumber") and street:
                addresses.append(Address(tags["addr:housenumber"], street, lon, lat))
            if tags.get("place") in PLACE_KINDS and tags.get("name"):
                people = _number(tags.get("population"))
                names.append(PlaceName(tags["place"], tags["name"], people, lon, lat))
            site = site_kind(tags)
            if site:
                sites.append(Site(*site, tags.get("name"), site_details(tags), lon, lat))
        areas = [*self._areas, *self._sea(roads)]
        return Land(areas, self._lines, names, addresses, sites, self.broken)

    def _sea(self, roads: Bounds) -> list[LandShape]:
        shores = [line.wkb for line in self._lines if line.kind == "coastline"]
        return [LandShape("water", "sea", None, wkb) for wkb in seas(shores, roads)]


def _is_spot(tags: Tags) -> bool:
    return (
        ("addr:housenumber" in tags and ("addr:street" in tags or "addr:place" in tags))
        or (tags.get("place") in PLACE_KINDS and "name" in tags)
        or site_kind(tags) is not None
    )


def _number(written: str | None) -> int | None:
    """A population; what is written otherwise ("about 300") is none."""
    digits = (written or "").replace(" ", "").replace(".", "").replace(",", "")
    # A number of the database's own size, whatever somebody typed.
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
