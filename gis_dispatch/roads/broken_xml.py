"""Finds the line of an OSM file in XML on which a number cannot be read."""

import bz2
import gzip
import xml.sax
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

_OPENERS: tuple[tuple[str, Callable[..., IO[Any]]], ...] = (
    (".osm", open),
    (".osm.gz", gzip.open),
    (".osm.bz2", bz2.open),
)
_NUMBERS: dict[str, Callable[[str], object]] = {"id": int, "ref": int, "lat": float, "lon": float}
_THINGS = frozenset({"node", "way", "relation", "nd", "member"})


class _Found(Exception):
    """The line and the element where the mistake is."""


class _Reader(ContentHandler):
    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if name == "osm" and attrs.get("version") not in {None, "0.6"}:
            self._found(name)
        if name not in _THINGS:
            return
        for key, number in _NUMBERS.items():
            try:
                number(attrs.get(key, "0"))
            except ValueError:
                self._found(f"{name} {attrs.get('id', '')}".strip())

    def _found(self, element: str) -> None:
        raise _Found(f"line {self._locator.getLineNumber()}, {element}")


def broken_line(path: Path) -> str | None:
    """The line and element of the first number that is none; None for files that are not XML."""
    name = path.name.lower()
    opener = next((opener for ending, opener in _OPENERS if name.endswith(ending)), None)
    if opener is None:
        return None
    try:
        with opener(path, "rb") as file:
            xml.sax.parse(file, _Reader())  # noqa: S317 - external entities are off by default
    except _Found as found:
        return str(found)
    except (xml.sax.SAXException, OSError, EOFError, ValueError):
        return None
    return None
