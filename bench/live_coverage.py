"""Coverage of many units at once: one search for all, its shapes, and the same one by one.

`GIS_DISPATCH_TEST_DATA` may name the folder with Porto; without it the sample city is taken.
"""

import os
from pathlib import Path
from statistics import median

from bench.networks import SAMPLE
from bench.our_engine import prepared
from bench.saying import Teller, timed
from gis_dispatch.domain.coverage import Areas
from gis_dispatch.domain.roads import Start
from gis_dispatch.roads.spreading import spread

LIMITS_S = (900.0, 600.0, 300.0)
PROFILES = ("car", "engine", "motorcycle")
TURNOUT_S = 70.0
ROUNDS = 5
NOWHERE = Areas("none", {})


def measure(teller: Teller) -> None:
    """20 and 200 units on one network; medians of five rounds."""
    data = os.environ.get("GIS_DISPATCH_TEST_DATA")
    name = str(Path(data) / "porto" / "porto_portugal.osm.pbf") if data else SAMPLE
    home, ours = prepared(name)
    with home:
        engine, vehicle = ours.engine, ours.vehicle
        places = ours.somewhere(1).places(200)
        for count in (20, 200):
            starts = [
                Start(key, *at, PROFILES[key % len(PROFILES)], delay_s=TURNOUT_S)
                for key, at in enumerate(places[:count])
            ]

            def told(starts: list[Start] = starts) -> object:
                return engine.covers(starts, LIMITS_S, (), NOWHERE, drawn=False)

            def drawn(starts: list[Start] = starts) -> object:
                return engine.covers(starts, LIMITS_S[:1], (), NOWHERE)

            def one_by_one(starts: list[Start] = starts) -> object:
                snapped = vehicle.snapper.snap_starts(starts)
                return [
                    spread(vehicle.graph, vehicle.free, at, LIMITS_S[0] - TURNOUT_S)
                    for at in snapped
                    if at is not None
                ]

            took = {
                work.__name__: median(timed(work)[0] for _ in range(ROUNDS + 1))
                for work in (told, drawn, one_by_one)
            }
            teller.say(
                what="coverage", network=Path(name).name, units=count, roads=ours.facts["roads"],
                shares_of_3_limits_s=round(took["told"], 3),
                standard_with_shapes_s=round(took["drawn"], 3),
                searches_one_by_one_s=round(took["one_by_one"], 3),
            )  # fmt: skip
