"""Looks at positions a few times a second, and only at those that have changed since."""

import logging
import threading
from collections.abc import Callable

from gis_dispatch.consoles.streaming.board import Positions
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House

log = logging.getLogger(__name__)

EVERY_S = 0.2


class Looking:
    """The reader of positions of one process.

    A change is found by the snapshot of the look before: what that snapshot could not see is new.
    So nothing is skipped, whatever the order in which transactions began and committed.
    """

    def __init__(self, house: House, board: Positions, wake: Callable[[], None]) -> None:
        self._house, self._board, self._wake = house, board, wake
        self._snapshot = ""
        self._all_asked = True
        self._others: set[int] = set()
        self._hurry = threading.Event()
        self.looked = threading.Event()
        """Set when positions were read for the first time."""

    def look_at(self, unit_id: int) -> None:
        """Something else than its place has changed about this unit."""
        self._others.add(unit_id)

    def look_at_all(self) -> None:
        """What has changed is not known."""
        self._all_asked = True

    def hurry(self) -> None:
        """Somebody waits for the first look."""
        self._hurry.set()

    def rest(self, took_s: float) -> None:
        """Until the next look is due."""
        if self._hurry.wait(max(0.01, EVERY_S - took_s)):
            self._hurry.clear()

    def look(self) -> None:
        """Show what has changed; a database that is away is looked at again from the start."""
        all_asked, self._all_asked = self._all_asked, False
        try:
            changed = self._all() if all_asked else self._some()
        except Unavailable:
            self._all_asked = True
        except Exception:
            self._all_asked = True
            log.exception("live: positions could not be read; all are read again")
        else:
            self.looked.set()
            if changed:
                self._wake()

    def _all(self) -> bool:
        reads = self._house.store.reads
        # First the snapshot: what is written between the two is shown twice rather than never.
        self._snapshot = reads.value("snapshot_now")
        return self._board.show(reads.all("live_positions"), whole=True)

    def _some(self) -> bool:
        reads = self._house.store.reads
        others, self._others = self._others, set()
        moved = reads.all("units_that_moved", since=self._snapshot)
        unit_ids = others | {row["unit_id"] for row in moved}
        if not unit_ids:
            return False
        rows = reads.all("positions_of_units", unit_ids=sorted(unit_ids))
        if moved:
            self._snapshot = moved[0]["snapshot"]
        self._board.forget(unit_ids - {row["unit_id"] for row in rows})
        return self._board.show(rows)
