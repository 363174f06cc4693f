"""Valhalla's matrix in this process, over the file the parent wrote. Runs on its own Python."""

import json
import subprocess
import time
from pathlib import Path

import valhalla
from answering import measured, serve
from valhalla import Actor, get_config

PROGRAM = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
PLENTY = 1_000_000_000


class Valhalla:
    """Its tiles and the fleet."""

    def prepare(self, file: str, folder: str) -> dict:
        """From the OSM file to tiles that answer."""
        began = time.perf_counter()
        tiles = Path(folder) / "valhalla"
        tiles.mkdir()
        config = get_config(tile_extract="", tile_dir=str(tiles), verbose=False)
        config["mjolnir"].pop("tile_extract", None)
        config["mjolnir"].pop("traffic_extract", None)
        config["mjolnir"]["concurrency"] = 2
        config["service_limits"]["auto"] |= {
            "max_matrix_distance": PLENTY, "max_matrix_location_pairs": PLENTY,
            "max_distance": PLENTY, "max_locations": PLENTY,
        }  # fmt: skip
        (tiles / "config.json").write_text(json.dumps(config))
        done = subprocess.run(
            [str(PROGRAM), "-c", str(tiles / "config.json"), file],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError((done.stderr or done.stdout)[-1500:])
        self.actor = Actor(str(tiles / "config.json"))
        return {"prepare_s": time.perf_counter() - began}

    def fleet(self, places: list) -> None:
        """It knows no fleet: units are put on their roads with every question."""
        self.units = [{"lon": lon, "lat": lat} for lon, lat in places]
        self.closed: list = []

    def _ask(self, place: list) -> list:
        asked = {
            "sources": self.units, "targets": [{"lon": place[0], "lat": place[1]}],
            "costing": "auto", "verbose": False, "exclude_polygons": self.closed,
        }  # fmt: skip
        told = self.actor.matrix(asked)["sources_to_targets"]["durations"]
        return [row[0] for row in told]

    def ask(self, places: list, wanted: int, budget_s: float) -> dict:
        """The soonest units for each place."""
        return measured(self._ask, places, wanted, budget_s)

    def close(self, ring: list, place: list, wanted: int) -> dict:
        """A polygon left out of the question."""
        self.closed = [ring]
        answer = measured(self._ask, [place], wanted, 0.0)
        self.closed = []
        return answer


if __name__ == "__main__":
    it = Valhalla()
    serve({"prepare": it.prepare, "fleet": it.fleet, "ask": it.ask, "close": it.close})
