"""Basemaps that are not our own: pictures from a server on the Internet, or a file of tiles."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from gis_dispatch.maps.files import Facts, Text, ZoomRange, read_facts


def _whole(address: str) -> str:
    for part in ("{z}", "{x}", "{y}"):
        if part not in address:
            raise ValueError(f"the address must contain {part}")
    parts = urlsplit(address)
    # The host goes into the content security policy: nothing but a name may be in it.
    if parts.scheme != "https" or not parts.hostname or parts.netloc != parts.hostname:
        raise ValueError("the address must begin with https:// and the name of one host")
    return address


TileAddress = Annotated[
    str, StringConstraints(pattern=r"^https://[a-z0-9.-]+/[^\s;,'\"]+$"), AfterValidator(_whole)
]


class OnlineBasemap(Facts):
    """Pictures from a server on the Internet; only where the administrator lets them in."""

    id: str
    title_id: Text
    title_en: Text
    kind: Literal["raster"]
    online: Literal[True]
    attribution: Text
    licence: Text
    terms: Text
    """Where its terms of use are."""
    tiles: TileAddress
    zoom: ZoomRange

    @property
    def host(self) -> str:
        """The one host that its pictures come from."""
        return urlsplit(self.tiles).hostname or ""


class FileBasemap(Facts):
    """An .mbtiles or .pmtiles file, as its own metadata describe it."""

    id: str
    title_id: Text
    title_en: Text
    kind: Literal["raster", "vector-file"]
    online: Literal[False] = False
    attribution: Text
    licence: str
    tiles: Text
    zoom: ZoomRange
    layers: tuple[Text, ...] = ()
    """Of a vector file: what it has, drawn plainly by what these are called."""


def read_online(path: Path) -> OnlineBasemap:
    """The online basemap that one file describes; its id is the file's name."""
    return read_facts(path, OnlineBasemap, id=path.stem)
