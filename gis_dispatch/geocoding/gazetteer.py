"""The port `Geocoder` on our own tables: needs no Internet, and says how it found a place."""

import re
from collections.abc import Callable, Sequence

from gis_dispatch.domain.places import Place
from gis_dispatch.geocoding import plus_codes
from gis_dispatch.geocoding.coordinates import Bounds, typed_coordinates
from gis_dispatch.geocoding.links import linked_coordinates
from gis_dispatch.geocoding.refusals import PlusCodeUnknown
from gis_dispatch.ports import Reads, Row

LonLat = tuple[float, float]

_ABBREVIATED = (
    (re.compile(r"\b(jl|jln)\b\.?\s*", re.IGNORECASE), "jalan "),
    (re.compile(r"\b(gg)\b\.?\s*", re.IGNORECASE), "gang "),
    (re.compile(r"\b(kel|kelurahan)\b\.?\s*", re.IGNORECASE), ""),
    (re.compile(r"\b(kec|kecamatan)\b\.?\s*", re.IGNORECASE), ""),
)

_HOUSE = re.compile(
    r"^(?P<street>.*[^\W\d_].*?)[\s,]+(?:(?:no|nomor|nr|#)\b\.?\s*)?(?P<number>\d+\s?[a-z]?(?:[-/]\d+[a-z]?)?)$",
    re.IGNORECASE,
)
"""A street, and the number of a house on it."""


class Gazetteer:
    """Names to places and places to names."""

    def __init__(self, reads: Reads, bounds: Callable[[], Bounds | None]) -> None:
        self._reads = reads
        self._bounds = bounds

    def search(self, text: str, *, near: LonLat | None = None, limit: int = 10) -> Sequence[Place]:
        """Places for what was typed or pasted, best first: coordinates, a link, a code, a name."""
        linked = linked_coordinates(text)
        if linked:
            return [self._point(linked, "link")]
        typed = typed_coordinates(text, self._bounds())
        if typed:
            return [self._point(typed, "coordinates")]
        code = plus_codes.split_plus_code(text)
        if code:
            return [self._coded(*code, near)]
        return self._named(text, near, limit)

    def address_at(self, lon: float, lat: float) -> str | None:
        """The nearest named street and the kelurahan, as an operator would write it."""
        row = self._reads.find("address_at", lon=lon, lat=lat)
        parts = [str(part) for part in (row or {}).values() if part]
        return ", ".join(parts) or None

    def _named(self, text: str, near: LonLat | None, limit: int) -> list[Place]:
        wanted = text.strip()
        for abbreviation, word in _ABBREVIATED:
            wanted = abbreviation.sub(word, wanted)
        if len(wanted.strip()) < 2:
            return []
        lon, lat = near or (None, None)
        rows = self._houses(wanted.strip(), lon, lat, limit)
        rows += self._reads.all("search_places", q=wanted.strip(), lon=lon, lat=lat, most=limit)
        return [Place(**row) for row in rows[:limit]]

    def _houses(self, wanted: str, lon: float | None, lat: float | None, limit: int) -> list[Row]:
        house = _HOUSE.match(wanted)
        if not house:
            return []
        number = house["number"].lower()
        return self._reads.all(
            "search_addresses",
            street=house["street"],
            numbers=[number, number.replace(" ", "")],
            lon=lon,
            lat=lat,
            most=limit,
        )

    def _point(self, at: LonLat, method: str, name: str | None = None) -> Place:
        lon, lat = round(at[0], 7), round(at[1], 7)
        return Place(
            name=name or f"{lat:.5f}, {lon:.5f}",
            kind="coordinates",
            lon=lon,
            lat=lat,
            detail=self.address_at(lon, lat),
            source="typed",
            method=method,
        )

    def _coded(self, code: str, words: str, near: LonLat | None) -> Place:
        """A short code starts from the town named after it, else the map, else the city."""
        if plus_codes.is_whole(code):
            return self._point(plus_codes.decode(code), "plus_code", code)
        named = self._named(words.split(",")[0], near, 1) if words else []
        start = (named[0].lon, named[0].lat) if named else near or self._middle()
        if start is None or code.index("+") < 4:
            raise PlusCodeUnknown(field="q", given=code)
        return self._point(plus_codes.complete(code, start), "plus_code", code)

    def _middle(self) -> LonLat | None:
        bounds = self._bounds()
        return ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2) if bounds else None
