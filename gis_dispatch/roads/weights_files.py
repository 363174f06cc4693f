"""Keeps a vehicle's weights beside the graph, so that every worker maps the same memory."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from gis_dispatch.roads.files import folder_made_whole
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.weights import ARRAYS, Weights, open_weights, open_weights_of


def weights_of(graph: Graph, profile: Profile, folder: Path | None) -> Weights:
    """The open network's weights; kept in, and read from, the graph's folder if there is one."""
    if folder is None:
        return open_weights(graph, profile)
    facts = json.dumps(profile.facts(), sort_keys=True)
    kept = folder / f"{profile.name}-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"
    if not kept.is_dir():
        weights = open_weights(graph, profile)
        with folder_made_whole(kept) as new:
            for name in ARRAYS:
                np.save(new / f"{name}.npy", getattr(weights, name))
        for older in set(folder.glob(f"{profile.name}-*")) - {kept}:
            # Whoever still drives by the profile as it was has it mapped, deleted or not.
            shutil.rmtree(older, ignore_errors=True)
    arrays: dict[str, Any] = {
        name: np.asarray(np.load(kept / f"{name}.npy", mmap_mode="r")) for name in ARRAYS
    }
    return open_weights_of(graph, arrays)
