"""Writes the positions of many phones together: whatever waits, in one transaction.

A commit costs the same for one position as for a hundred. The first phone of a group writes it as
soon as the group before is written; whoever comes meanwhile joins. Everybody is answered after the
commit, each with what became of its own position.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gis_dispatch.domain.tracking import Judgement, Report
from gis_dispatch.errors import DatabaseUnavailable, Unavailable
from gis_dispatch.ports import House
from gis_dispatch.services.track_position import Received, track_devices

log = logging.getLogger(__name__)

RETRY_AFTER_S = 2


class TooManyWaiting(Unavailable):
    """Too many positions are waiting to be written. Send this again in {retry_after_s} s."""


class Turns:
    """Batches are written one after the other in a process, and only so many may wait for it."""

    def __init__(self, most_waiting: int) -> None:
        self._most = most_waiting
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self.inside = 0
        self.refused = 0

    def __enter__(self) -> None:
        with self._counting:
            if self.inside > self._most:
                self.refused += 1
                raise TooManyWaiting(retry_after_s=RETRY_AFTER_S)
            self.inside += 1
        self._writing.acquire()

    def __exit__(self, *_what: object) -> None:
        self._writing.release()
        with self._counting:
            self.inside -= 1


@dataclass(slots=True, eq=False)
class _Group:
    """Positions that are written together, and what became of each."""

    received: list[Received] = field(default_factory=list)
    outcomes: Sequence[Judgement | Exception] = ()
    settled: threading.Event = field(default_factory=threading.Event)


class Together:
    """The positions of one process that wait to be written."""

    def __init__(self, house: House, most_waiting: int) -> None:
        self._house = house
        self._most = most_waiting
        self._joining = threading.Lock()
        self._writing = threading.Lock()
        self._open = _Group()
        self.written = 0
        self.refused = 0
        """How many were sent away because too many waited."""

    @property
    def waiting(self) -> int:
        """How many wait for the next commit."""
        return len(self._open.received)

    def oldest_at(self) -> datetime | None:
        """Since when the first of them waits."""
        received = self._open.received
        return received[0].at if received else None

    def track(self, token: str, report: Report) -> Judgement:
        """What became of a position, once it is written for good."""
        with self._joining:
            group = self._open
            number = len(group.received)
            if number >= self._most:
                self.refused += 1
                raise TooManyWaiting(retry_after_s=RETRY_AFTER_S)
            group.received.append(Received(token, report, self._house.clock.now()))
        if number == 0:
            self._write(group)
        else:
            group.settled.wait()
        outcome = group.outcomes[number]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _write(self, group: _Group) -> None:
        try:
            with self._writing:
                self._close(group)
                group.outcomes = self._settled(group.received)
                self.written += len(group.received)
        finally:
            # Also when this one is ended from outside: nobody waits for ever.
            self._close(group)
            group.outcomes = group.outcomes or [DatabaseUnavailable()] * len(group.received)
            group.settled.set()

    def _close(self, group: _Group) -> None:
        with self._joining:
            if self._open is group:
                self._open = _Group()

    def _settled(self, received: Sequence[Received]) -> Sequence[Judgement | Exception]:
        try:
            return track_devices(self._house, received)
        except Unavailable as away:
            return [away] * len(received)
        except Exception as problem:  # noqa: BLE001 - told to whoever sent it
            if len(received) == 1:
                return [problem]
            log.warning(
                "positions: %s together failed (%r), now one by one", len(received), problem
            )
        # One that cannot be written must not spoil the others.
        return [outcome for one in received for outcome in self._settled([one])]
