"""Ctrl-C, SIGTERM and a closed terminal all mean: stop cleanly, once."""

import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def listen() -> None:
    """From now on each of them raises KeyboardInterrupt, and a second one changes nothing."""
    for number in STOPPING:
        signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    # Impatient fingers must not leave half of it running: stopping takes a few seconds at most.
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
