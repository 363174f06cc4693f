"""Open Location Codes ("plus codes"): whole, or short with a place to start from.

Written here because the library on PyPI has not been released since 2019 and has no types.
"""

import re
from math import floor

LonLat = tuple[float, float]

_ALPHABET = "23456789CFGHJMPQRVWX"
_PAIRS = (20.0, 1.0, 0.05, 0.0025, 0.000125)
"""Degrees that one step of the n-th pair of letters stands for."""
_CODE = re.compile(
    rf"^\s*([{_ALPHABET}]{{2,8}}0*\+[{_ALPHABET}]{{0,7}})(?:[\s,]+(.+?))?\s*$", re.IGNORECASE
)


def split_plus_code(text: str) -> tuple[str, str] | None:
    """(code, the words after it) when the text begins with a plus code."""
    match = _CODE.match(text)
    if match is None or match[1].index("+") % 2:
        return None
    return match[1].upper(), (match[2] or "").strip()


def is_whole(code: str) -> bool:
    """Whether a code says where it is by itself."""
    return code.index("+") == 8


def decode(code: str) -> LonLat:
    """The middle of the square that a whole code names."""
    letters = code.replace("+", "").rstrip("0")
    lat, lon = -90.0, -180.0
    lat_step, lon_step = 400.0, 400.0
    for pair, step in enumerate(_PAIRS):
        two = letters[2 * pair : 2 * pair + 2]
        if len(two) < 2:
            break
        lat_step = lon_step = step
        lat += _ALPHABET.index(two[0]) * step
        lon += _ALPHABET.index(two[1]) * step
    for letter in letters[10:]:
        row, column = divmod(_ALPHABET.index(letter), 4)
        lat_step, lon_step = lat_step / 5, lon_step / 4
        lat += row * lat_step
        lon += column * lon_step
    return lon + lon_step / 2, lat + lat_step / 2


def encode(lon: float, lat: float) -> str:
    """The ten-letter code of a point."""
    # In whole eighths of a thousandth of a degree: sums of fractions would drift over an edge.
    rows = min(floor(round((lat + 90.0) * 8000, 6)), 180 * 8000 - 1)
    columns = floor(round((lon + 180.0) * 8000, 6)) % (360 * 8000)
    letters = ""
    for _ in _PAIRS:
        rows, row = divmod(rows, 20)
        columns, column = divmod(columns, 20)
        letters = _ALPHABET[row] + _ALPHABET[column] + letters
    return f"{letters[:8]}+{letters[8:]}"


def complete(code: str, near: LonLat) -> LonLat:
    """The place nearest to `near` that a short code may mean."""
    missing = 8 - code.index("+")
    step = _PAIRS[missing // 2 - 1]
    lon, lat = decode(encode(*near)[:missing] + code)
    return _nearer(lon, near[0], step, 180.0), _nearer(lat, near[1], step, 90.0)


def _nearer(value: float, near: float, step: float, limit: float) -> float:
    if value - near > step / 2 and value - step > -limit:
        return value - step
    if near - value > step / 2 and value + step < limit:
        return value + step
    return value
