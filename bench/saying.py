"""How measurements are taken and told: one JSON line each, and a table of them for people."""

import ctypes
import gc
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Answer = TypeVar("Answer")
Line = dict[str, Any]


class Teller:
    """Prints each line as it comes and keeps it for the table."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def say(self, **line: Any) -> None:
        """One JSON line; what is None is left out."""
        told = {key: value for key, value in line.items() if value is not None}
        self.lines.append(told)
        print(json.dumps(told, ensure_ascii=False), flush=True)


def percentiles(took_ms: Sequence[float]) -> dict[str, float]:
    """p50 and p99, as a line tells them."""
    p50, p99 = np.percentile(took_ms, [50, 99])
    return {"p50_ms": round(float(p50), 4), "p99_ms": round(float(p99), 4)}


def asked(
    ask: Callable[[Any], Answer], questions: Sequence[Any], budget_s: float = float("inf")
) -> tuple[list[Answer], list[float]]:
    """(answers, milliseconds each) to as many questions as the time allows, five at least if five
    fit into twice the time.
    """
    answers, took_ms = [], []
    end = time.perf_counter() + budget_s
    for question in questions:
        began = time.perf_counter()
        answers.append(ask(question))
        now = time.perf_counter()
        took_ms.append((now - began) * 1000)
        if now > end and (len(took_ms) >= 5 or now > end + budget_s):
            break
    return answers, took_ms


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """(seconds, what came of it)."""
    began = time.perf_counter()
    result = work()
    return round(time.perf_counter() - began, 3), result


def resident_mb() -> float:
    """What this process holds in memory now."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def disagreements(
    ours: Sequence[Any], theirs: Sequence[Any], tolerance_s: float
) -> tuple[int, float]:
    """(questions whose soonest times are not the same, the largest difference of any in s)."""
    wrong, largest = 0, 0.0
    for a, b in zip(ours, theirs, strict=False):
        if len(a) != len(b):
            wrong += 1
        elif len(a):
            difference = float(np.abs(np.asarray(a) - np.asarray(b)).max())
            largest = max(largest, difference)
            wrong += difference > tolerance_s
    return wrong, round(largest, 6)


HEADINGS = (
    "Network", "Units", "Engine", "p50 ms", "p99 ms", "× ours", "Disagreements", "Prepared in s",
    "Memory MB", "Closure → right ms",
)  # fmt: skip
COLUMNS = ("p50_ms", "p99_ms", "ratio", "disagreements", "prepare_s", "memory_mb")


def markdown(lines: Sequence[Line]) -> str:
    """A table of every engine on every network, with each number of units."""
    facts: dict[tuple[str, str], Line] = {}
    closures: dict[tuple[str, str], Line] = {}
    rows: list[Line] = []
    for line in lines:
        key = str(line.get("network", "")), str(line.get("engine", ""))
        if line.get("measure") == "preparation":
            facts[key] = line
        elif line.get("measure") == "closure to first right answer":
            closures[key] = line
        elif "p50_ms" in line and "measure" not in line:
            rows.append(line)
    out = [
        f"| {' | '.join(HEADINGS)} |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        key = row["network"], row["engine"]
        told = facts.get(key, {}) | row
        if turned := row.get("of_them_where_we_turn_round"):
            told["disagreements"] = f"{row['disagreements']} ({turned} where we turn round)"
        cells = [row["network"], row["units"], row["engine"], *(told.get(c, "–") for c in COLUMNS)]
        cells.append(closures.get(key, {}).get("p50_ms", "–"))
        out.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    out.append("")
    out.append(
        "Closure → right: ours from the polygon as drawn; peers are told the roads it touches."
    )
    out.extend(f"* {line['engine']}: {line['skipped']}" for line in lines if "skipped" in line)
    return "\n".join(out)
