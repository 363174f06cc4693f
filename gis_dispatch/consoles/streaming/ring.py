"""The last few thousand events in memory: read once for all streams, each rendered once."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakValueDictionary

from gis_dispatch.consoles.streaming.frames import frame
from gis_dispatch.consoles.streaming.sight import (
    NOBODY,
    OF_ONE_DESK,
    Audience,
    Sight,
    without_callers,
)
from gis_dispatch.ports import Row

KEPT = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its frame, and what decides who may see it."""

    id: int
    subject: str
    unit_id: int | None
    agency: str | None
    audience: Audience
    frame: bytes


class Window(NamedTuple):
    """What is kept: every event after `floor`, in order."""

    floor: int
    entries: list[Entry]


class Events:
    """Every event after some id, up to the newest that was read.

    One thread writes, any number read: a reader holds one window, which is never shortened.
    """

    def __init__(self) -> None:
        self.begun = False
        self._window = Window(0, [])
        # Who is concerned is the same for all events of an incident, and may grow after the event:
        # a resumed stream is then shown what led to a referral, as the table would show it.
        self._audiences: WeakValueDictionary[int, Audience] = WeakValueDictionary()

    @property
    def newest_id(self) -> int:
        """The id of the last event that was read."""
        floor, entries = self._window
        return entries[-1].id if entries else floor

    @property
    def floor(self) -> int:
        """Every event after this one is kept."""
        return self._window.floor

    def begin(self, floor: int, rows: Iterable[Row]) -> None:
        """These are all events after `floor` there are now."""
        self._window, self.begun = Window(floor, [self._entry(row) for row in rows]), True

    def add(self, rows: Iterable[Row]) -> None:
        """Rows of `list_new_events`, in order, the first of them the next after the newest."""
        entries = self._window.entries
        new = [self._entry(row) for row in rows]
        if len(entries) + len(new) > 2 * KEPT:
            kept = entries + new
            self._window = Window(kept[-KEPT - 1].id, kept[-KEPT:])
        else:
            entries.extend(new)

    def after(self, id: int, sight: Sight) -> tuple[list[bytes], int] | None:
        """(frames this viewer may see, the id to go on after); None when the table must be read."""
        window = self._window
        if not self.begun or id < window.floor:
            return None
        entries = window.entries
        found = entries[bisect_right(entries, id, key=attrgetter("id")) :]
        frames = [
            entry.frame
            for entry in found
            if sight.sees_event(entry.subject, entry.unit_id, entry.audience, entry.agency)
        ]
        return frames, found[-1].id if found else id

    def _entry(self, row: Row) -> Entry:
        agencies, units = row.pop("agencies"), row.pop("units")
        return Entry(
            row["id"],
            row["kind"].split(".", 1)[0],
            row["unit_id"],
            row["agency_code"],
            self._audience(row, agencies, units),
            frame("event", without_callers(row), id=row["id"]),
        )

    def _audience(self, row: Row, agencies: list[str], units: list[int]) -> Audience:
        incident_id = row["incident_id"]
        if incident_id is None:
            own = row["kind"].split(".", 1)[0] in OF_ONE_DESK and row["agency_code"]
            return Audience(agencies=frozenset({row["agency_code"]})) if own else NOBODY
        audience = self._audiences.get(incident_id) or Audience()
        self._audiences[incident_id] = audience
        audience.agencies, audience.units = frozenset(agencies), frozenset(units)
        return audience
