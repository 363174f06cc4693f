"""Says on the screen what is being done and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Lines for people, on stderr unless told otherwise (stdout belongs to answers)."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._began = time.monotonic()

    def say(self, text: str = "") -> None:
        """One line, at once."""
        print(text, file=self._out, flush=True)

    def elapsed_s(self) -> float:
        """Seconds since this began."""
        return time.monotonic() - self._began

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """A step with a beginning, an end and a duration."""
        self.say(f"· {what} …")
        began = time.monotonic()
        yield
        self.say(f"  done in {time.monotonic() - began:.1f} s")
