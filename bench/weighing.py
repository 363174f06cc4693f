"""How much memory a peer's graph takes, in a process where nothing else has come and gone.

`python -m bench.weighing PEER FILE` is that process.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from bench.our_engine import Search
from bench.road_peers import MAKERS
from bench.saying import resident_mb


def save_search(search: Search, file: Path) -> None:
    """What every peer searches, for a process of its own."""
    np.savez(
        file, nodes=search.nodes, lon=search.lon, lat=search.lat, tail=search.tail,
        head=search.head, time_s=search.time_s,
    )  # fmt: skip


def weight_mb(peer: str, file: Path) -> float:
    """What building this peer adds to a fresh process."""
    command = [sys.executable, "-m", "bench.weighing", peer, str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def main(peer: str, file: str) -> None:
    """Build one peer here."""
    found = np.load(file)
    arrays = (found[name] for name in ("lon", "lat", "tail", "head", "time_s"))
    search = Search(int(found["nodes"]), *arrays)
    make = next(make for make, _ in MAKERS if make.name == peer)
    tiny = Search(2, np.zeros(2), np.zeros(2), np.array([0]), np.array([1]), np.array([1.0]))
    loaded = make(tiny)  # its code is in memory before its graph is
    before_mb = resident_mb()
    kept = make(search)
    print(round(resident_mb() - before_mb, 1))
    del loaded, kept


if __name__ == "__main__":
    main(*sys.argv[1:])
