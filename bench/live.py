"""The live map under load: what comes in, what goes out, and what a screen makes of it."""

from collections.abc import Mapping, Sequence
from importlib import import_module

from bench.saying import Teller

PARTS: Mapping[str, str] = {
    "ingest": "bench.live_ingest",
    "fanout": "bench.live_fanout",
    "screen": "bench.live_screen",
    "tiles": "bench.live_tiles",
    "coverage": "bench.live_coverage",
    "map": "bench.live_map",
    "replay": "bench.live_replay",
}
"""What can be measured, and the module whose `measure(teller)` does it."""


def measure(parts: Sequence[str]) -> None:
    """Measure these parts, or all, one after the other on the machine that is left to each."""
    teller = Teller()
    for part in parts or PARTS:
        import_module(PARTS[part]).measure(teller)
