"""Live: one reader per process reads what is new once, keeps it, and wakes every stream.

A notification carries no facts. A lost one, or a lost listener, costs a poll and never an event.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from gis_dispatch.consoles.streaming.board import Positions
from gis_dispatch.consoles.streaming.looking import Looking
from gis_dispatch.consoles.streaming.ring import KEPT, Events
from gis_dispatch.consoles.streaming.sight import OF_UNITS
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Row

log = logging.getLogger(__name__)

CHECK_EVERY_S = 5.0
POLL_EVERY_S = 1.0
FIRST_LOOK_WITHIN_S = 2.0
PAGE = 500
UNIT_SUBJECTS = frozenset({OF_UNITS, "assignment"})
"""Events after which a map says something else about a unit, although it did not move."""


class OpenEar(Protocol):
    """A connection that is listening."""

    def wait(self, timeout_s: float) -> list[tuple[str, str]]: ...
    def check(self) -> None: ...


class Hub:
    """What this process knows: events, positions, and whether it can still read them."""

    def __init__(self, house: House, listen: Callable[[], Any]) -> None:
        self._house = house
        self._listen = listen
        self._start = threading.Lock()
        self._pid: int | None = None
        self._threads: list[threading.Thread] = []
        self._heard = threading.Event()
        self.news = threading.Event()
        """Set once, when something is new; then another one takes its place."""
        self.stopped = False
        self.problem: str | None = "not started yet"
        self.behind_since: datetime | None = None
        """When the database was last read, while it cannot be read."""
        self._read_at = now()
        self.streams = 0
        self.events = Events()
        self.positions = Positions()
        self._looking = Looking(house, self.positions, self.wake)

    @property
    def listening(self) -> bool:
        """Whether this process hears of new events as they happen."""
        return self._heard.is_set()

    def start(self) -> None:
        """Begin reading, once in each process (a forked worker begins anew)."""
        with self._start:
            alive = bool(self._threads) and all(one.is_alive() for one in self._threads)
            if alive and self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._threads = [
                threading.Thread(target=work, name=name, daemon=True)
                for name, work in (("live events", self._run), ("live positions", self._look))
            ]
            for thread in self._threads:
                thread.start()

    def stop(self) -> None:
        """End the readers and every stream."""
        self.stopped = True
        self.wake()

    def wake(self) -> None:
        """Everybody who waits for news looks once."""
        told, self.news = self.news, threading.Event()
        told.set()

    def wait_until_listening(self, timeout_s: float) -> bool:
        """Wait for the listener, which connects in the background."""
        return self._heard.wait(timeout_s)

    @contextmanager
    def streaming(self) -> Iterator[None]:
        """One more stream for as long as the block runs; positions are read while there are any."""
        self.streams += 1
        self._looking.hurry()
        self._looking.looked.wait(FIRST_LOOK_WITHIN_S)
        try:
            yield
        finally:
            self.streams -= 1

    def _look(self) -> None:
        while not self.stopped:
            began = time.monotonic()
            if self.streams:
                self._looking.look()
            self._looking.rest(time.monotonic() - began)

    def _run(self) -> None:
        while not self.stopped:
            try:
                with self._listen() as ear:
                    # What came before we listened is found by looking once.
                    self._read()
                    self._looking.look_at_all()
                    self._heard.set()
                    self.problem = None
                    self._hear(ear)
            except (ConnectionError, Unavailable) as lost:
                self._lost(str(lost) or type(lost).__name__)
            except Exception:
                # A defect of ours must not leave every console waiting for ever; it is told.
                log.exception("live: the reader failed and begins again")
                self._lost("the reader failed; see the log")
            self._read_if_possible()
            if not self.stopped:
                time.sleep(POLL_EVERY_S)

    def _hear(self, ear: OpenEar) -> None:
        checked = time.monotonic()
        while not self.stopped:
            heard = ear.wait(1.0)
            if any(channel == "events" for channel, _payload in heard):
                self._read()
            for channel, payload in heard:
                if channel == "positions" and payload.isdecimal():
                    self._looking.look_at(int(payload))
            if time.monotonic() - checked > CHECK_EVERY_S:
                ear.check()
                self._read()
                checked = time.monotonic()

    def _lost(self, why: str) -> None:
        if self.problem is None:
            log.warning("live: the listener was lost (%s); polling meanwhile", why)
        self.problem = why
        self._heard.clear()

    def _read(self) -> None:
        """Everything that was written since the last time. Ids are in commit order."""
        reads = self._house.store.reads
        if not self.events.begun:
            floor = reads.value("event_before_the_last", many=KEPT)
            self.events.begin(floor, reads.all("list_new_events", after=floor, most=2 * KEPT))
            self.wake()
        while rows := reads.all("list_new_events", after=self.events.newest_id, most=PAGE):
            self._note_units(rows)
            self.events.add(rows)
            self.wake()
        self._read_at = now()
        if self.behind_since is not None:
            log.warning("live: the database can be read again")
            self.behind_since = None
            self.wake()

    def _note_units(self, rows: list[Row]) -> None:
        for row in rows:
            if row["kind"].split(".", 1)[0] in UNIT_SUBJECTS:
                if row["unit_id"] is None:
                    self._looking.look_at_all()
                else:
                    self._looking.look_at(row["unit_id"])

    def _read_if_possible(self) -> None:
        try:
            self._read()
        except Unavailable as unavailable:
            self.problem = str(unavailable)
            if self.behind_since is None:
                log.warning("live: the database cannot be read (%s)", unavailable)
                self.behind_since = self._read_at
                self.wake()


def now() -> datetime:
    """The time a beat carries."""
    return datetime.now(UTC)
