"""Live: one listener per process wakes every stream; each reads the table after its own last id.

A notification carries no facts. A lost one, or a lost listener, costs a poll and never an event.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Row

log = logging.getLogger(__name__)

CHECK_EVERY_S = 10.0
POLL_EVERY_S = 2.0


class OpenEar(Protocol):
    """A connection that is listening."""

    def wait(self, timeout_s: float) -> list[tuple[str, str]]: ...
    def check(self) -> None: ...


class Hub:
    """What this process knows: whether its listener lives, and how often things have changed."""

    def __init__(self, house: House, listen: Callable[[], Any]) -> None:
        self._house = house
        self._listen = listen
        self._changed = threading.Condition()
        self._start = threading.Lock()
        self._pid: int | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False
        self.listening = False
        self.problem: str | None = "not started yet"
        self.newest_event_id = 0
        self._event_count = 0
        self._position_count = 0
        self._positions: tuple[int, list[Row]] = (-1, [])
        self._positions_lock = threading.Lock()

    def start(self) -> None:
        """Begin listening, once in each process (a forked worker begins anew)."""
        with self._start:
            alive = self._thread is not None and self._thread.is_alive()
            if alive and self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name="live", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the listener and every stream."""
        self._stopped = True
        with self._changed:
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        """Whether the server is going down."""
        return self._stopped

    def counts(self) -> tuple[int, int]:
        """How many times events and positions have changed since this process began."""
        return self._event_count, self._position_count

    def wait(self, seen: tuple[int, int], timeout_s: float) -> tuple[int, int]:
        """Wait until something has changed since `seen`, or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self.counts() != seen, timeout_s)
            return self.counts()

    def wait_until_listening(self, timeout_s: float) -> bool:
        """Wait for the listener, which connects in the background."""
        with self._changed:
            return self._changed.wait_for(lambda: self.listening or self._stopped, timeout_s)

    def positions(self) -> list[Row]:
        """The last known positions, read once for all streams that ask after one change."""
        with self._positions_lock:
            count = self._position_count
            if self._positions[0] != count:
                self._positions = (count, self._house.store.reads.all("live_positions"))
            return self._positions[1]

    def _run(self) -> None:
        try:
            self._listen_again_and_again()
        finally:
            # A defect of ours ends the thread; it is shown, and the next stream begins a new one.
            self.listening, self.problem = False, "the listener has ended"

    def _listen_again_and_again(self) -> None:
        while not self._stopped:
            try:
                with self._listen() as ear:
                    self.listening, self.problem = True, None
                    # What came before we listened is found by looking once.
                    self._look()
                    self._hear(ear)
            except (ConnectionError, Unavailable) as lost:
                if self.problem is None:
                    log.warning("live: the listener was lost (%s); polling meanwhile", lost)
                self.listening, self.problem = False, str(lost) or type(lost).__name__
                self._look_if_possible()
                time.sleep(POLL_EVERY_S)

    def _look(self) -> None:
        self._note(int(self._house.store.reads.value("newest_event_id") or 0))
        self._wake(events=True, positions=True)

    def _look_if_possible(self) -> None:
        try:
            self._look()
        except Unavailable as unavailable:
            self.problem = str(unavailable)

    def _hear(self, ear: OpenEar) -> None:
        checked = time.monotonic()
        while not self._stopped:
            heard = ear.wait(1.0)
            channels = {channel for channel, _payload in heard}
            for channel, payload in heard:
                if channel == "events" and payload.isdecimal():
                    self._note(int(payload))
            if channels:
                self._wake(events="events" in channels, positions="positions" in channels)
            if time.monotonic() - checked > CHECK_EVERY_S:
                ear.check()
                checked = time.monotonic()

    def _wake(self, *, events: bool, positions: bool) -> None:
        with self._changed:
            self._event_count += events
            self._position_count += positions
            self._changed.notify_all()

    def _note(self, id: int) -> None:
        # Ids are in commit order: an id that was heard says that every smaller one can be read.
        self.newest_event_id = max(self.newest_event_id, id)


def now() -> datetime:
    """The time a beat carries."""
    return datetime.now(UTC)
