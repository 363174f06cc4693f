"""Reads a Mapbox Vector Tile as far as tests need it: layers, features, their properties."""

from collections.abc import Iterator
from struct import unpack
from typing import Any


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        match key & 7:
            case 0:
                yield key >> 3, varint()
            case 1:
                yield key >> 3, unpack("<d", data[at : at + 8])[0]
                at += 8
            case 2:
                size = varint()
                yield key >> 3, data[at : at + size]
                at += size
            case 5:
                yield key >> 3, unpack("<f", data[at : at + 4])[0]
                at += 4
            case other:
                raise ValueError(f"wire type {other}")


def _packed(data: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(value)
            value = shift = 0
    return numbers


def _value(data: bytes) -> Any:
    number, value = next(_fields(data))
    if number == 1:
        return value.decode()
    return bool(value) if number == 7 else value


def layers(tile: bytes) -> dict[str, list[dict[str, Any]]]:
    """Layer name to its features' properties; `commands` is the geometry as it is encoded."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, layer in _fields(tile):
        assert number == 3
        parts: dict[int, list[Any]] = {}
        for field, value in _fields(layer):
            parts.setdefault(field, []).append(value)
        keys = [key.decode() for key in parts.get(3, [])]
        values = [_value(value) for value in parts.get(4, [])]
        features = []
        for feature in parts.get(2, []):
            fields = dict(_fields(feature))
            tags = _packed(fields.get(2, b""))
            properties = {keys[tags[i]]: values[tags[i + 1]] for i in range(0, len(tags), 2)}
            features.append({**properties, "commands": _packed(fields[4])})
        found[parts[1][0].decode()] = features
    return found


def lines(commands: list[int]) -> int:
    """How many separate lines a geometry has: its MoveTo commands."""
    count = at = 0
    while at < len(commands):
        command, repeat = commands[at] & 7, commands[at] >> 3
        count += repeat if command == 1 else 0
        at += 1 + (2 * repeat if command in (1, 2) else 0)
    return count
