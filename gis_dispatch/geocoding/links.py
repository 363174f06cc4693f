"""Reads what phones send: `geo:` addresses and links to Google Maps, OpenStreetMap and others."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from gis_dispatch.geocoding.refusals import CoordinatesImpossible, ShortLinkUnreadable

LonLat = tuple[float, float]

_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PAIR = re.compile(rf"^\s*(?:loc:)?{_NUMBER}\s*,\s*{_NUMBER}")
_PIN = re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}")
_VIEW = re.compile(rf"/@{_NUMBER},{_NUMBER}")
_IN_PATH = re.compile(rf"/(?:place|search|dir)/{_NUMBER},\+?{_NUMBER}")
_OSM_VIEW = re.compile(rf"map=\d+(?:\.\d+)?/{_NUMBER}/{_NUMBER}")
_LINK = re.compile(r"(?:https?://|geo:|www\.)\S+", re.IGNORECASE)
# A marked place comes before what the map merely shows.
_PLACE_KEYS = ("q", "query", "ll", "pin", "destination", "daddr", "sll", "center", "coordinate")


def linked_coordinates(text: str) -> LonLat | None:
    """(lon, lat) if the text holds a map link or a `geo:` address; None if it holds no link."""
    match = _LINK.search(text)
    if match is None:
        return None
    link = unquote(match[0].rstrip(").,;>"))
    found = _geo(link) if link.lower().startswith("geo:") else _from_web(link)
    if found is None:
        raise ShortLinkUnreadable(field="q", given=link)
    lat, lon = found
    if abs(lat) > 90 or abs(lon) > 180:
        raise CoordinatesImpossible(field="q", given=link)
    return lon, lat


def _geo(link: str) -> tuple[float, float] | None:
    """RFC 5870; Android writes `geo:0,0?q=lat,lon(label)` for a marked place."""
    where, _, query = link[4:].partition("?")
    marked = parse_qs(query).get("q", [""])[0]
    return _pair(marked) or _pair(where)


def _from_web(link: str) -> tuple[float, float] | None:
    parts = urlsplit(link if "://" in link else f"https://{link}")
    values = {key: value[0] for key, value in parse_qs(parts.query).items()}
    if "mlat" in values and "mlon" in values:
        return _pair(f"{values['mlat']},{values['mlon']}")
    pin = _PIN.search(link)
    if pin:
        return float(pin[1]), float(pin[2])
    for key in _PLACE_KEYS:
        found = _pair(values.get(key, ""))
        if found:
            return found
    for pattern in (_IN_PATH, _VIEW, _OSM_VIEW):
        shown = pattern.search(link)
        if shown:
            return float(shown[1]), float(shown[2])
    return None


def _pair(text: str) -> tuple[float, float] | None:
    match = _PAIR.match(text)
    return (float(match[1]), float(match[2])) if match else None
