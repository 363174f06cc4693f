"""Keeps a vehicle's weights beside the graph, so that every worker maps the same memory."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from gis_dispatch.roads.files import kept, remove_unused
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.weights import ARRAYS, Weights, open_weights, open_weights_of

DIGITS = 16
"""Of the hash that tells the versions of a profile apart."""


def weights_of(graph: Graph, profile: Profile, folder: Path | None) -> Weights:
    """The open network's weights; kept in, and read from, the graph's folder if there is one."""
    if folder is None:
        return open_weights(graph, profile)
    facts = json.dumps(profile.facts(), sort_keys=True)
    digest = hashlib.sha256(facts.encode()).hexdigest()[:DIGITS]
    here = folder / f"{profile.name}-{digest}"
    try:
        arrays = kept(here, _read, lambda new: _write(open_weights(graph, profile), new))
    except FileNotFoundError:
        # The graph's folder was removed while its network is still driven on: nothing to share.
        return open_weights(graph, profile)
    # Whoever still drives by the profile as it was has it mapped, deleted or not.
    remove_unused(set(folder.glob(f"{profile.name}-{'[0-9a-f]' * DIGITS}")) - {here})
    return open_weights_of(graph, arrays, here)


def _read(folder: Path) -> dict[str, Any]:
    return {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in ARRAYS}


def _write(weights: Weights, new: Path) -> None:
    for name in ARRAYS:
        np.save(new / f"{name}.npy", getattr(weights, name))
