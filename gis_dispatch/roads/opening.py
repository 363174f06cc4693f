"""Opens the roads: where compiled code is kept, which profiles there are, then the network."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gis_dispatch.roads.profiles import ProfileBook

if TYPE_CHECKING:
    from gis_dispatch.roads.graph_roads import GraphRoads, StoredNetworks


def open_roads(home: Path, networks: "StoredNetworks") -> "GraphRoads":
    """The roads of an installation; the network is loaded at the first question or `refresh`."""
    (home / "numba").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("NUMBA_CACHE_DIR", str(home / "numba"))
    # Only now: importing numba decides where its compiled code is kept.
    from gis_dispatch.roads.graph_roads import GraphRoads

    return GraphRoads(home, networks, ProfileBook(home))
