"""Keeps the private database alive: starts it again when it ended while the server is running."""

import time
from collections.abc import Callable

from gis_dispatch.running import cluster
from gis_dispatch.running.refusals import ClusterDidNotStart
from gis_dispatch.settings import Settings

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


class KeptDatabase:
    """Looked at in every round of the supervisor."""

    def __init__(self, settings: Settings, report: Callable[[str], None]) -> None:
        self._settings, self._report = settings, report
        self._postmaster = cluster.postmaster_of(settings)
        self._start_at: float | None = None
        self._pause_s = FIRST_PAUSE_S

    def look(self) -> None:
        """One look. A short pause first: somebody may be restarting it just now."""
        now = time.monotonic()
        if self._postmaster.is_running():
            self._start_at, self._pause_s = None, FIRST_PAUSE_S
        elif self._start_at is None:
            self._start_at = now + self._pause_s
            self._report(
                "The database ended unexpectedly; it is started again in "
                f"{self._pause_s:.0f} s. Its log: {self._postmaster.place.log}"
            )
        elif now >= self._start_at:
            self._start()

    def _start(self) -> None:
        try:
            cluster.start_again(self._settings)
        except ClusterDidNotStart as refusal:
            # Its old processes may still be ending and hold its memory.
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
            self._start_at = time.monotonic() + self._pause_s
            self._report(f"{refusal.sentence()} It is tried again in {self._pause_s:.0f} s.")
        else:
            self._start_at = None
            self._report("The database was started again.")
