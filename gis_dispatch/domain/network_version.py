"""The name of a network: the day it was imported and a hash of all that decides an answer."""

import hashlib
import json
from datetime import date

import numpy as np

from gis_dispatch.domain.network import Network


def content_hash(network: Network) -> str:
    """SHA-256 over every column; the same roads have the same hash wherever they came from."""
    digest = hashlib.sha256()
    for column in (
        network.junction_lon, network.junction_lat, network.from_junction, network.to_junction,
        network.way_id, network.length_m, network.speed_kph,
    ):  # fmt: skip
        digest.update(np.ascontiguousarray(column).tobytes())
    for line in network.lines:
        digest.update(np.ascontiguousarray(line).tobytes())
    bans = [[list(ban.edges), ban.rule] for ban in network.turn_bans]
    words = [list(network.name), list(network.road_class), list(network.restrictions), bans]
    digest.update(json.dumps(words, sort_keys=True).encode())
    return digest.hexdigest()


def version_of(sha256: str, day: date, *called: str) -> str:
    """Short, sortable and safe as a folder's name.

    What the network is called counts too: it is shown with every answer, so the same roads under
    another name are another version, and nobody keeps the old name in memory.
    """
    told = hashlib.sha256("\0".join((sha256, *called)).encode()).hexdigest()
    return f"{day:%Y%m%d}-{told[:10]}"
