"""What it takes to stand ready: an import in a process of its own, and two workers side by side.

`python -m bench.standing import FILE FOLDER` and `python -m bench.standing start FOLDER` are those
processes.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.saying import Teller

READY = "ready"


def tell(teller: Teller, file: str, home: Path) -> None:
    """Lines about the import of a file and about workers on what it made."""
    network = Path(file).name.split(".")[0]
    folder = home / "again"
    took_s, told = _run("import", file, str(folder))
    teller.say(
        network=network, engine="gis_dispatch", measure="import of the file to a ready engine",
        seconds=took_s, peak_rss_mb=told["peak_rss_mb"],
    )  # fmt: skip
    _run("start", str(folder))  # compiled code is then cached, as it is after the first start ever
    began = time.perf_counter()
    first = _start(folder)
    took_s = round(time.perf_counter() - began, 3)
    second = _start(folder)
    try:
        for worker, pss_mb in ((first, _pss_mb(first.pid)), (second, _pss_mb(second.pid))):
            rss_mb = _pss_mb(worker.pid, "Rss")
            teller.say(
                network=network, engine="gis_dispatch", measure="a worker, two running",
                start_s=took_s if worker is first else None, rss_mb=rss_mb, pss_mb=pss_mb,
            )  # fmt: skip
    finally:
        for worker in (first, second):
            worker.communicate("\n")


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bench.standing", *words]


def _run(*words: str) -> tuple[float, dict[str, Any]]:
    """(seconds from nothing to ready, what it said)."""
    began = time.perf_counter()
    done = subprocess.run(_command(*words), stdout=subprocess.PIPE, text=True, check=True, input="")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return round(time.perf_counter() - began, 3), told


def _start(folder: Path) -> "subprocess.Popen[str]":
    worker = subprocess.Popen(
        _command("start", str(folder)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    worker.stdout.readline()
    return worker


def _pss_mb(pid: int, field: str = "Pss") -> float:
    """From the kernel's own sum over all mappings."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = next(line for line in rolled if line.startswith(f"{field}:")).split()[1]
    return round(int(kilobytes) / 1024, 1)


def peak_mb() -> float:
    """The most this process has held (getrusage would count its parent's memory too)."""
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024, 1)


def main(what: str, *where: str) -> None:
    """Be one of the processes measured."""
    from bench.our_engine import Ours, opened

    kept = (
        Ours(where[0], Path(where[1])).engine
        if what == "import"
        else opened(Path(where[0]) / "graph")
    )
    told = {READY: kept.graph.road_count, "peak_rss_mb": peak_mb()}
    print(json.dumps(told), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
