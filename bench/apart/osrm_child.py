"""OSRM's table service in this process, over the file the parent wrote. Runs on its own Python."""

import subprocess
import sys
import time
from pathlib import Path

import osrm
from answering import measured, serve

SLOWER = 100
"""As the profile says."""
TENTHS = 10
TOOLS = {"CH": ("contract",), "MLD": ("partition", "customize")}


class Osrm:
    """One algorithm's graph and the fleet put on it."""

    def prepare(self, file: str, folder: str, algorithm: str) -> dict:
        """From the OSM file to a graph that answers."""
        self.algorithm = algorithm
        self.base = Path(folder) / f"{algorithm}.osrm"
        began = time.perf_counter()
        profile = Path(__file__).with_name("osrm.lua")
        self._tool("extract", "-p", str(profile), "--output", str(self.base), file)
        for tool in TOOLS[algorithm]:
            self._tool(tool, str(self.base))
        self._open()
        return {"prepare_s": time.perf_counter() - began}

    def _open(self) -> None:
        self.engine = osrm.OSRM(
            algorithm=self.algorithm, storage_config=str(self.base), use_shared_memory=False,
            max_locations_distance_table=100_000,
        )  # fmt: skip

    def _tool(self, *command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "osrm", *command], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout)[-1500:]}")

    def fleet(self, places: list) -> None:
        """Units put on their roads once: OSRM's hints."""
        self.units = [tuple(place) for place in places]
        self.hints = None
        if len(self.units) > 1:
            told = self.engine.Table(self._table([*self.units, self.units[0]], None))
            self.hints = [str(one["hint"]) for one in told["sources"]]

    def _table(self, coordinates: list, hints: list | None):
        last = len(coordinates) - 1
        more = {} if hints is None else {"hints": hints}
        return osrm.TableParameters(
            coordinates=coordinates, sources=list(range(last)), destinations=[last],
            annotations=["duration"], generate_hints=hints is None, **more,
        )  # fmt: skip

    def _ask(self, place: list) -> list:
        hints = None if self.hints is None else [*self.hints, None]
        told = self.engine.Table(self._table([*self.units, tuple(place)], hints))
        times = [row[0] for row in told["durations"]]
        return [None if time_s is None else time_s / SLOWER for time_s in times]

    def ask(self, places: list, wanted: int, budget_s: float) -> dict:
        """The soonest units for each place."""
        return measured(self._ask, places, wanted, budget_s)

    def close(self, segments: list, place: list, wanted: int) -> dict:
        """Segments (from node, to node) closed: the first answer, and when it came."""
        speeds = self.base.with_suffix(".csv")
        began = time.perf_counter()
        speeds.write_text("".join(f"{start},{end},0\n" for start, end in segments))
        self._tool(TOOLS[self.algorithm][-1], str(self.base), "--segment-speed-file", str(speeds))
        self._open()
        self.hints = None
        answer = measured(self._ask, [place], wanted, 0.0)
        answer["took_ms"] = [(time.perf_counter() - began) * 1000]
        return answer


if __name__ == "__main__":
    it = Osrm()
    serve({"prepare": it.prepare, "fleet": it.fleet, "ask": it.ask, "close": it.close})
