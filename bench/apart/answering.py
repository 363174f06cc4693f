"""The child's side: questions in, answers out, a JSON line each; measured beside the engine."""

import json
import resource
import sys
import time
from pathlib import Path


def serve(tasks: dict) -> None:
    """Answer `{"do": task, …}` lines from stdin until they end."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = tasks[asked.pop("do")](**asked) or {}
        except Exception as error:  # noqa: BLE001 - told to the parent, who tells people
            answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
        answer["memory_mb"] = peak_mb()
        answer["tools_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(json.dumps(answer), file=sys.__stdout__, flush=True)


def peak_mb() -> float:
    """The most this process has held (getrusage would count its parent's memory too)."""
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def measured(ask, places: list, wanted: int, budget_s: float) -> dict:
    """Ask for each place until the time is up: the soonest times, and what each took."""
    found, took_ms = [], []
    end = time.perf_counter() + budget_s
    for place in places:
        began = time.perf_counter()
        times = sorted(one for one in ask(place) if one is not None)[:wanted]
        now = time.perf_counter()
        took_ms.append((now - began) * 1000)
        found.append(times)
        if now > end and (len(took_ms) >= 5 or now > end + budget_s):
            break
    return {"times_s": found, "took_ms": took_ms}
