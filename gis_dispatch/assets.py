"""Finds the files that are not Python: layers/, basemaps/, web/, sql/, facts and browser parts.

In a checkout they lie beside the package; in a wheel they are packed under `gis_dispatch/_assets`.
"""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

Folder = Literal["layers", "basemaps", "web", "sql"]

PACKAGE = Path(__file__).resolve().parent

# What may be served from node_modules under /vendor/<package>/<file>, and nothing else.
VENDOR_FILES: dict[str, tuple[str, ...]] = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png"),
    "leaflet.heat": ("dist/leaflet-heat.js",),
    "leaflet.markercluster": ("dist/leaflet.markercluster.js", "dist/MarkerCluster*.css"),
    "idb": ("build/index.js",),
    "pbf": ("index.js",),
    "protomaps-leaflet": ("dist/protomaps-leaflet.js",),
    "qrcode-generator": ("dist/qrcode.mjs",),
    "workbox-core": ("build/workbox-core.prod.js",),
    "workbox-expiration": ("build/workbox-expiration.prod.js",),
    "workbox-precaching": ("build/workbox-precaching.prod.js",),
    "workbox-routing": ("build/workbox-routing.prod.js",),
    "workbox-strategies": ("build/workbox-strategies.prod.js",),
    "@geoman-io/leaflet-geoman-free": ("dist/leaflet-geoman.js", "dist/leaflet-geoman.css"),
    "@fontsource-variable/inter": ("*.css", "files/*.woff2"),
}


class MissingAsset(LookupError):
    """A file that belongs to the installation is not there, or may not be served."""


@cache
def checkout() -> Path | None:
    """The checkout this package runs from, or None when it was installed from a wheel."""
    if (PACKAGE / "_assets").is_dir() or not (PACKAGE.parent / "pyproject.toml").is_file():
        return None
    return PACKAGE.parent


def folder(name: Folder) -> Path:
    """One of the folders of files that ship with the product."""
    root = checkout()
    return root / name if root else PACKAGE / "_assets" / name


def facts(name: str) -> Path:
    """A file or folder of facts, for example `facts("procedures/sigap_112.toml")`."""
    return PACKAGE / "facts" / name


def node_modules() -> Path:
    """Where npm put the browser parts; `GIS_DISPATCH_NODE_MODULES` says so outside a checkout."""
    chosen = os.environ.get("GIS_DISPATCH_NODE_MODULES")
    if chosen:
        return Path(chosen)
    return (checkout() or Path.cwd()) / "node_modules"


def vendor(package: str, file: str) -> Path:
    """A third-party browser file that may be served, for example ("leaflet", "dist/leaflet.js")."""
    allowed = VENDOR_FILES.get(package, ())
    if ".." in file.split("/") or not any(fnmatchcase(file, pattern) for pattern in allowed):
        raise MissingAsset(f"{package}/{file} is not one of the browser parts we serve.")
    path = node_modules() / package / file
    if not path.is_file():
        raise MissingAsset(f"{package}/{file} is not installed; run script/setup.")
    return path


def vendor_files() -> Iterator[tuple[str, Path]]:
    """Every third-party browser file that may be served and is installed: its name and its file."""
    for package, patterns in VENDOR_FILES.items():
        for pattern in patterns:
            for path in (node_modules() / package).glob(pattern):
                yield path.relative_to(node_modules()).as_posix(), path


def sample_network() -> Path:
    """The real road network (Göteborg, GeoJSON of OSM ways) that the sample city is made from."""
    path = node_modules() / "geojson-path-finder" / "test" / "large-network.json"
    if not path.is_file():
        raise MissingAsset("The sample city's roads are not installed; run script/setup.")
    return path
