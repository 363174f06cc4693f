"""Reads typed coordinates: decimal, degrees-minutes-seconds, with N/S/E/W or LU/LS/BT/BB.

Latitude or longitude first? Letters decide; else a number beyond 90 can only be a longitude; else
the order that falls into the city's bounds. When all of that leaves it open it is refused: a point
mirrored across the diagonal sends an engine to another country.
"""

import re

from gis_dispatch.geocoding.refusals import CoordinatesAmbiguous, CoordinatesImpossible

LonLat = tuple[float, float]
Bounds = tuple[float, float, float, float]

_LETTERS = (
    (r"LINTANG\s+UTARA|\bLU\b", "N"), (r"LINTANG\s+SELATAN|\bLS\b", "S"),
    (r"BUJUR\s+TIMUR|\bBT\b", "E"), (r"BUJUR\s+BARAT|\bBB\b", "W"),
    (r"\bNORTH\b", "N"), (r"\bSOUTH\b", "S"), (r"\bEAST\b", "E"), (r"\bWEST\b", "W"),
)  # fmt: skip
_GLUED = re.compile(r"(?<=[\d°'\"])\s*(LU|LS|BT|BB)\b")
_WORDS = re.compile(r"\b(LATITUDE|LONGITUDE|LAT|LON|LNG|LONG)\b\s*[:=]?|[()\[\]]")
_ALLOWED = re.compile(r"^[\d\s.,;:°'\"+\-NSEW/]+$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COMMA_DECIMALS = re.compile(r"^([+-]?\d{1,3}),(\d{3,})[\s;,/]+([+-]?\d{1,3}),(\d{3,})$")
_PLAIN = re.compile(r"^([+-]?\d{1,3}(?:\.\d+)?)[\s,;/]+([+-]?\d{1,3}(?:\.\d+)?)$")
_DEGREES = re.compile(r"[+-]?\s*\d+(?:\.\d+)?\s*°[^°]*?(?=[\s,;]*[+-]?\s*\d+(?:\.\d+)?\s*°|$)")
_MARGIN_DEG = 0.3


def typed_coordinates(text: str, bounds: Bounds | None = None) -> LonLat | None:
    """(lon, lat) if the text is a pair of coordinates, None if it is something else."""
    plain = _plain(text)
    if not _ALLOWED.match(plain) or not any(letter.isdigit() for letter in plain):
        return None
    if re.search("[NSEW]", plain):
        return _lettered(text, plain)
    if "°" in plain:
        parts = [_degrees(text, part) for part in _DEGREES.findall(plain)]
        return _ordered(text, parts[0], parts[1], bounds) if len(parts) == 2 else None
    commas = _COMMA_DECIMALS.match(plain)
    if commas:
        plain = f"{commas[1]}.{commas[2]} {commas[3]}.{commas[4]}"
    pair = _PLAIN.match(plain)
    if pair is None or "." not in plain:
        return None
    return _ordered(text, float(pair[1]), float(pair[2]), bounds)


def _plain(text: str) -> str:
    plain = text.strip().upper()
    marks = (("º", "°"), ("˚", "°"), ("′", "'"), ("’", "'"), ("″", '"'), ("”", '"'), ("−", "-"))
    for odd, usual in marks:
        plain = plain.replace(odd, usual)
    plain = _WORDS.sub(" ", plain.replace("''", '"'))
    plain = _GLUED.sub(r" \1", plain)
    for words, letter in _LETTERS:
        plain = re.sub(words, letter, plain)
    return plain.strip()


def _lettered(text: str, plain: str) -> LonLat | None:
    """Each half has its letter, before or behind it."""
    lead = plain[0] in "NSEW"
    pattern = r"([NSEW])([^NSEW]+)" if lead else r"([^NSEW]+)([NSEW])"
    halves = re.findall(pattern, plain)
    if len(halves) != 2 or len(re.findall("[NSEW]", plain)) != 2:
        return None
    axes: dict[str, float] = {}
    for half in halves:
        letter, numbers = half if lead else half[::-1]
        size = _degrees(text, numbers)
        axes["lat" if letter in "NS" else "lon"] = -size if letter in "SW" else size
    if len(axes) != 2:
        return None
    return _on_earth(text, axes["lon"], axes["lat"])


def _degrees(text: str, part: str) -> float:
    """Degrees with minutes and seconds, as many as are given."""
    numbers = [float(number) for number in _NUMBER.findall(part.replace(",", " ").strip())]
    if not 1 <= len(numbers) <= 3 or any(number >= 60 for number in numbers[1:]):
        raise CoordinatesImpossible(field="q", given=text.strip())
    size = sum(number / 60.0**power for power, number in enumerate(numbers))
    return -size if part.strip().startswith("-") else size


def _ordered(text: str, first: float, second: float, bounds: Bounds | None) -> LonLat:
    """Which of two numbers is the longitude."""
    if abs(first) > 90:
        return _on_earth(text, first, second)
    if abs(second) > 90:
        return _on_earth(text, second, first)
    if bounds:
        usual, swapped = _within(second, first, bounds), _within(first, second, bounds)
        if usual != swapped:
            return (second, first) if usual else (first, second)
    raise CoordinatesAmbiguous(field="q", given=text.strip())


def _within(lon: float, lat: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return (
        west - _MARGIN_DEG <= lon <= east + _MARGIN_DEG
        and south - _MARGIN_DEG <= lat <= north + _MARGIN_DEG
    )


def _on_earth(text: str, lon: float, lat: float) -> LonLat:
    if abs(lon) > 180 or abs(lat) > 90:
        raise CoordinatesImpossible(field="q", given=text.strip())
    return lon, lat
