"""Opens the roads: where compiled code is kept, which profiles there are, then the network."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gis_dispatch.roads.files import remove_unused
from gis_dispatch.roads.profiles import ProfileBook

if TYPE_CHECKING:
    from gis_dispatch.roads.graph_roads import GraphRoads, StoredNetworks


def code_folder(home: Path) -> Path:
    """Where compiled kernels are kept: apart for every version of this room.

    numba looks at the file of a kernel only, and would go on with an old one that has become part
    of it.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    version = hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:16]
    return home / "numba" / version


def open_roads(home: Path, networks: "StoredNetworks") -> "GraphRoads":
    """The roads of an installation; the network is loaded at the first question or `refresh`."""
    code = code_folder(home)
    code.mkdir(parents=True, exist_ok=True)
    remove_unused(set(code.parent.iterdir()) - {code})
    os.environ.setdefault("NUMBA_CACHE_DIR", str(code))
    # Only now: importing numba decides where its compiled code is kept.
    from gis_dispatch.roads.graph_roads import GraphRoads

    return GraphRoads(home, networks, ProfileBook(home))
