"""Opens a file that somebody sent as GDAL is to see it, after looking that it is what it says."""

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyogrio

from gis_dispatch.maps.upload_refusals import (
    FileEmpty,
    FileKindUnknown,
    FileUnreadable,
    SourceLayerNeeded,
    TextUnreadable,
    ZipHoldsSeveral,
    ZipLacks,
    ZipTooLarge,
)

MB = 1024 * 1024
UNPACKED_BYTES = 200 * MB
PARTS = (".shp", ".shx", ".dbf", ".prj")
LOOKED_AT = 4096

KINDS = {
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".kml": "KML",
    ".zip": "Shapefile",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What GDAL is given, and which of its layers."""

    source: str
    kind: str
    layer: str
    layers: Sequence[str]


def open_upload(path: Path, name: str, wanted: str | None) -> Opened:
    """The file as a source of features, or a refusal that says what is wrong with it."""
    kind = KINDS.get(path.suffix)
    if kind is None:
        raise FileKindUnknown(name=name)
    if kind == "Shapefile":
        source = _shapefile(path, name)
    else:
        # GDAL believes a file's content, not its name: what is not of this kind is not shown to it.
        _require_kind(path, name, kind)
        source = str(path)
    try:
        found = [str(one) for one, kind_of in pyogrio.list_layers(source) if kind_of is not None]
    except pyogrio.errors.DataSourceError as wrong:
        raise FileUnreadable(name=name, kind=kind, problem=_words(wrong)) from wrong
    if not found:
        raise FileEmpty
    if wanted is not None and wanted in found:
        return Opened(source, kind, wanted, found)
    if len(found) > 1:
        raise SourceLayerNeeded(names=", ".join(found))
    return Opened(source, kind, found[0], found)


def _words(wrong: Exception) -> str:
    return " ".join(str(wrong).split())[:300].rstrip(".") + "."


def _require_kind(path: Path, name: str, kind: str) -> None:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if kind == "GeoPackage":
        if not head.startswith(b"SQLite format 3\0"):
            raise FileUnreadable(name=name, kind=kind, problem="it is not a SQLite database.")
        return
    if kind == "KML":
        if b"<kml" not in head:
            raise FileUnreadable(name=name, kind=kind, problem="there is no <kml> in it.")
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise TextUnreadable(name=name, encoding="UTF-8") from wrong
    if not text.lstrip().startswith("{") or '"type"' not in text[:LOOKED_AT]:
        raise FileUnreadable(name=name, kind=kind, problem="it is not a GeoJSON object.")


def _shapefile(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as zipped:
            entries: list[Any] = [one for one in zipped.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError) as wrong:
        raise FileUnreadable(name=name, kind="zip", problem=_words(wrong)) from wrong
    unpacked = sum(one.file_size for one in entries)
    if unpacked > UNPACKED_BYTES:
        raise ZipTooLarge(unpacked_mb=unpacked // MB, most_mb=UNPACKED_BYTES // MB)
    parts: dict[str, set[str]] = defaultdict(set)
    for one in entries:
        inside = PurePosixPath(one.filename)
        if "__MACOSX" not in inside.parts:
            parts[str(inside.with_suffix(""))].add(inside.suffix.lower())
    shapes = sorted(stem for stem, suffixes in parts.items() if ".shp" in suffixes)
    if not shapes:
        raise ZipLacks(missing=".shp")
    if len(shapes) > 1:
        raise ZipHoldsSeveral(names=", ".join(shapes))
    missing = [suffix for suffix in PARTS if suffix not in parts[shapes[0]]]
    if missing:
        raise ZipLacks(missing=", ".join(missing))
    real = next(
        one.filename
        for one in entries
        if str(PurePosixPath(one.filename).with_suffix("")) == shapes[0]
        and one.filename.lower().endswith(".shp")
    )
    return f"/vsizip/{path}/{real}"
