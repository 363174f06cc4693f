"""What sending leaves behind, over HTTP: how long it takes, beside a bare ranking in the same run.

Villages are drawn around junctions of the network, so that every network has some. Each question
is of another incident and its own best set; rankings and questions take turns, so that whatever
else the machine does falls on both.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psycopg2

from bench.ranking_desk import Desk, sign_in
from bench.ranking_server import SOME_JUNCTIONS, Running, platform

VILLAGES = 26
INCIDENTS = 20
WARM_UP = 6
DISTRICT = "INSERT INTO districts (code, name) VALUES ('00.01', 'Bench')"
DRAW = """
WITH middles AS (SELECT ST_Collect(ST_SetSRID(ST_MakePoint(lon, lat), 4326)) AS points
                 FROM jsonb_to_recordset(%s) AS given (lon float, lat float)),
cells AS (SELECT (ST_Dump(ST_VoronoiPolygons(points))).geom AS cell FROM middles)
INSERT INTO villages (code, district_code, name, geom)
SELECT '00.01.' || row_number() OVER (), '00.01', 'Bench', ST_Multi(cell) FROM cells
"""


def measure(file: Path | None, units: int | None, rounds: int, workers: int) -> None:
    """Print one JSON line."""
    with platform(file, units, workers, INCIDENTS * 4) as running:
        _draw_villages(running)
        operator = Desk(running, *sign_in(running, "operator"))
        incidents = [_open(operator, *place) for place in running.places[:INCIDENTS]]
        desk = Desk(running, *sign_in(running, "lead_operator"))
        rankings, sendings, fallen, moves = [], [], 0, 0
        for number in range(WARM_UP + rounds):
            incident = incidents[number % INCIDENTS]
            asked = desk.ask(f"/incidents/{incident}/ranking")
            body = {"unit_ids": _set_of(json.loads(asked.body))}
            began = time.perf_counter()
            weighed = desk.post(f"/incidents/{incident}/weigh-sending", body)
            took_ms = (time.perf_counter() - began) * 1000
            if number >= WARM_UP:
                rankings.append((asked.done - asked.asked) * 1000)
                sendings.append(took_ms)
                fallen += sum(len(group["fallen"]) for group in weighed["groups"])
                moves += sum(len(group["moves"]) for group in weighed["groups"])
        ratios = np.array(sendings) / np.array(rankings)
        print(
            json.dumps(
                {
                    "measure": "what sending leaves behind",
                    "network": file.name if file else "sample city",
                    "units": running.units,
                    "villages": VILLAGES,
                    "questions": rounds,
                    "fallen_villages": fallen,
                    "proposed_moves": moves,
                    "ranking": _percentiles(rankings),
                    "sending": _percentiles(sendings),
                    "ratio_p50": round(float(np.percentile(ratios, 50)), 2),
                    "ratio_p99": round(float(np.percentile(ratios, 99)), 2),
                }
            )
        )
        sys.stdout.flush()


def _draw_villages(running: Running) -> None:
    with psycopg2.connect(running.url) as connection, connection.cursor() as cursor:
        cursor.execute(SOME_JUNCTIONS, ("villages", VILLAGES))
        middles = [{"lon": float(lon), "lat": float(lat)} for lon, lat in cursor.fetchall()]
        # The sample city's own would lie over them.
        cursor.execute("UPDATE villages SET geom = NULL")
        cursor.execute(DISTRICT)
        cursor.execute(DRAW, (json.dumps(middles),))


def _open(operator: Desk, lon: float, lat: float) -> int:
    body = {
        "kind": "kebakaran", "priority": 1, "lon": lon, "lat": lat, "method": "pin",
        "verified": True,
    }  # fmt: skip
    return int(operator.post("/incidents", body)["id"])


def _set_of(ranking: dict[str, Any]) -> list[int]:
    """The recommended set, as one press sends it; without one the first three."""
    chosen = (ranking["best_set"] or {"chosen": []})["chosen"]
    return [one["unit_id"] for one in chosen] or [
        line["unit"]["id"] for line in ranking["ranked"][:3]
    ]


def _percentiles(taken_ms: Sequence[float]) -> dict[str, float]:
    p50, p99 = np.percentile(taken_ms, [50, 99])
    return {"p50_ms": round(float(p50), 1), "p99_ms": round(float(p99), 1)}
