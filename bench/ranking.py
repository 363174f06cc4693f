"""Rankings over HTTP, measured as desks see them: at a fixed rate, and right after a closure."""

import json
import math
import statistics
import sys
import threading
import time
import timeit
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import LineString, Polygon, box

from bench.ranking_desk import Answered, Desk, at_rate, desk_per_worker, sign_in
from bench.ranking_server import cpu_s, platform, processes_of

INCIDENTS = 20
WARM_UP_S = 3.0
SCALE_S = 15.0
"""How long less is asked for: what server and machine cost by themselves."""
HALF_SIDE = 1.5e-4  # degrees: a flood some 30 m wide
EITHER_SIDE_M = 150.0  # so far from both ends, a closure is in the way and not around an end


def measure(
    file: Path | None, units: int | None, rate: float, seconds: float, connections: int,
    workers: int, rounds: int, role: str,
) -> None:  # fmt: skip
    """Print one JSON line per measurement."""
    with platform(file, units, workers, INCIDENTS * 4) as running:
        facts: dict[str, object] = {
            "network": file.name if file else "sample city",
            "units": running.units,
            "workers": workers,
            "role": role,
        }
        operator = Desk(running, *sign_in(running, "operator"))
        agency = running.person(role).agency_code
        incidents = [_open(operator, agency, *place) for place in running.places[:INCIDENTS]]
        signed = sign_in(running, role)
        by_worker = desk_per_worker(running, signed)
        firsts = [desk.ask(_ranking(incidents[0])) for desk in by_worker.values()]
        _say(facts | {"measure": "start", "start_s": round(running.start_s, 2)}
             | {"first_ranking_ms": [round(one.late_ms, 1) for one in firsts]})  # fmt: skip
        running.settle()
        desks = [Desk(running, *signed) for _ in range(connections)]
        at_rate(desks, lambda number: _ranking(incidents[number % INCIDENTS]), rate, WARM_UP_S)
        used_s = cpu_s(running.web_workers())
        answers = at_rate(
            desks, lambda number: _ranking(incidents[number % INCIDENTS]), rate, seconds
        )
        used_s = cpu_s(running.web_workers()) - used_s
        _say(facts | {"measure": "GET ranking", "rate_per_s": rate, "seconds": seconds}
             | {"connections": connections, "cpu_ms": round(used_s * 1000 / len(answers), 2)}
             | _summary(answers))  # fmt: skip
        alone = at_rate([_Computing()], lambda _number: "", rate, SCALE_S)
        _say({"measure": "1 ms of computing, for scale", "rate_per_s": rate} | _times(alone))
        small = at_rate(
            desks, lambda number: f"/incidents/{incidents[number % INCIDENTS]}", rate, SCALE_S
        )
        _say(facts | {"measure": "GET one incident, for scale", "rate_per_s": rate}
             | _times(small))  # fmt: skip
        for told in processes_of(running):
            _say(facts | {"measure": "memory"} | told)
        by_worker = desk_per_worker(running, signed)
        _say(facts | {"measure": "closure committed to first right ranking"}
             | _closures(operator, by_worker, desks, incidents, rate, rounds))  # fmt: skip


def _open(operator: Desk, agency: str | None, lon: float, lat: float) -> int:
    """An incident; a dispatcher sees those that were handed to the own agency."""
    body = {"kind": "kebakaran", "priority": 1, "lon": lon, "lat": lat, "method": "pin"}
    incident = int(operator.post("/incidents", body)["id"])
    if agency is not None:
        handed = {"agencies": [agency], "verified": True}
        operator.post(f"/incidents/{incident}/referrals", handed)
    return incident


def _ranking(incident: int) -> str:
    return f"/incidents/{incident}/ranking"


def _same(incident: int, _number: int) -> str:
    return _ranking(incident)


def _summary(answers: Sequence[Answered]) -> dict[str, object]:
    sample = json.loads(answers[0].body)
    return _times(answers) | {
        "answer_bytes": round(statistics.mean(len(one.body) for one in answers)),
        "ranked": len(sample["ranked"]),
        "left_out": len(sample["left_out"]),
    }


class _Computing:
    """In a desk's place: a millisecond of pure computing, which no answer here can undercut."""

    def __init__(self) -> None:
        steps = 1000
        while min(timeit.repeat(partial(sum, range(steps)), number=1, repeat=20)) < 0.001:
            steps += 1000
        self._steps = range(steps)

    def ask(self, path: str, planned: float | None = None) -> Answered:
        """Nobody but this machine."""
        asked = time.perf_counter()
        sum(self._steps)
        return Answered(path, planned or asked, asked, time.perf_counter(), 200, b"")


def _times(answers: Sequence[Answered]) -> dict[str, object]:
    taken = [one.late_ms for one in answers]
    served = [(one.done - one.asked) * 1000 for one in answers]
    p50, p99 = np.percentile(taken, [50, 99])
    return {
        "answers": len(answers),
        "errors": sum(one.status != 200 for one in answers),
        "p50_ms": round(float(p50), 2),
        "p99_ms": round(float(p99), 2),
        "max_ms": round(max(taken), 2),
        "served_p99_ms": round(float(np.percentile(served, 99)), 2),
        "undisturbed_p99_ms": round(float(np.percentile(_undisturbed_ms(answers), 99)), 2),
    }


def _undisturbed_ms(answers: Sequence[Answered]) -> list[float]:
    """The soonest answer to each question: what it takes while the machine does nothing else."""
    soonest: dict[str, float] = {}
    for one in answers:
        soonest[one.path] = min(one.late_ms, soonest.get(one.path, math.inf))
    return list(soonest.values())


def _closures(
    operator: Desk, by_worker: dict[int, Desk], desks: list[Desk], incidents: list[int],
    rate: float, rounds: int,
) -> dict[str, object]:  # fmt: skip
    """Each round floods the best unit's way, asks every worker at once, and opens it again.

    Meanwhile the other desks go on asking; every answer to a question that was asked after the
    commit was told must go around the flood.
    """
    first_right, wrong, checked, made = [], 0, 0, 0
    for incident in incidents:
        asked = [desk.ask(_ranking(incident)) for desk in by_worker.values()]  # none hangs up now
        before = json.loads(asked[0].body)
        flood = _across(before)
        if flood is None or made == rounds:
            continue
        made += 1
        stop = threading.Event()
        with ThreadPoolExecutor(len(by_worker) + 1) as others:
            going_on = others.submit(at_rate, desks, partial(_same, incident), rate, 60.0, stop)
            time.sleep(0.5)
            closure = operator.post("/closures", _closure(flood))
            committed = time.perf_counter()
            mine = [others.submit(desk.ask, _ranking(incident)) for desk in by_worker.values()]
            first = [one.result() for one in mine]
            time.sleep(1.0)
            stop.set()
            after = [one for one in going_on.result() if one.asked > committed] + first
        operator.post(f"/closures/{closure['id']}/lift", {})
        wrong += sum(not _right(one, flood) for one in after)
        checked += len(after)
        first_right += [(one.done - committed) * 1000 for one in first if _right(one, flood)]
    if not first_right:
        print("no way was long enough to be flooded", file=sys.stderr)
        return {"rounds": 0}
    p50, p99 = np.percentile(first_right, [50, 99])
    return {
        "rounds": made,
        "worker_processes": len(by_worker),
        "p50_ms": round(float(p50), 2),
        "p99_ms": round(float(p99), 2),
        "max_ms": round(max(first_right), 2),
        "answers_after_commit": checked,
        "wrong": wrong,
    }


def _across(ranking: dict[str, Any]) -> Polygon | None:
    """A small flood on the first unit's way, well away from both its ends."""
    for line in ranking["ranked"][:1]:
        coordinates = line["route"]["coordinates"]
        if line["length_m"] > 2 * EITHER_SIDE_M:
            middle = LineString(coordinates).interpolate(0.5, normalized=True)
            x, y = middle.x, middle.y
            return box(x - HALF_SIDE, y - HALF_SIDE, x + HALF_SIDE, y + HALF_SIDE)
    return None


def _closure(flood: Polygon) -> dict[str, object]:
    ring = [list(corner) for corner in flood.exterior.coords]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"effect": "closed", "reason": "banjir"},
    }


def _right(answer: Answered, flood: Polygon) -> bool:
    """Whether every way shown goes around the flood."""
    if answer.status != 200:
        return False
    lines = [line for line in json.loads(answer.body)["ranked"] if line["route"]]
    return not any(_wet_m(line["route"]["coordinates"], flood) > 1e-6 for line in lines)


def _wet_m(coordinates: list[list[float]], flood: Polygon) -> float:
    """How much of a way lies in the flood, leaving out its edge; a unit inside may drive out."""
    if len(coordinates) < 2 or flood.contains(LineString(coordinates).interpolate(0)):
        return 0.0
    return float(LineString(coordinates).intersection(flood.buffer(-1e-6)).length)


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)
