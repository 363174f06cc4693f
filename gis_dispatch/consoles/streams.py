"""One stream of server-sent events to one viewer: events, positions and a beat, resumable."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gis_dispatch.consoles.live import Hub, now
from gis_dispatch.consoles.roles import may
from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.ports import House, Row

BEAT_EVERY_S = 10.0
POSITIONS_EVERY_S = 0.5
RETRY_MS = 2000
PAGE = 500

SEES_EVERYTHING = frozenset({"operator", "lead_operator", "administrator", "simulator"})
CALLER_FIELDS = frozenset({"caller_name", "caller_number"})

Dumps = Callable[[Any], str]


def events_after(
    house: House, viewer: Actor, after: int, *, incident_id: int | None = None, most: int = PAGE
) -> list[Row]:
    """What happened after one event, in order, as far as this viewer may see it."""
    rows = house.store.reads.all(
        "list_events_for_viewer",
        after=after,
        incident_id=incident_id,
        sees_all=viewer.role in SEES_EVERYTHING,
        sees_accounts=viewer.role == ADMINISTRATOR,
        agency=viewer.agency_code if viewer.role == "dispatcher" else None,
        unit_id=viewer.unit_id if viewer.role == "crew" else None,
        most=most,
    )
    for row in rows:
        # Who called is never sent around: whoever may know it reads it from the incident.
        row["data"] = {k: v for k, v in (row["data"] or {}).items() if k not in CALLER_FIELDS}
    return rows


def positions_for(viewer: Actor, positions: list[Row]) -> list[Row]:
    """A crew follows its own unit; everybody else who may see positions sees all."""
    if not may(viewer.role, "positions.read"):
        return []
    if viewer.role != "crew":
        return positions
    return [row for row in positions if row["unit_id"] == viewer.unit_id]


def _frame(kind: str, data: Any, dumps: Dumps, id: int | None = None) -> str:
    head = f"id: {id}\n" if id is not None else ""
    return f"{head}event: {kind}\ndata: {dumps(data)}\n\n"


class Stream:
    """What one browser has been sent, and what comes next."""

    def __init__(
        self,
        house: House,
        hub: Hub,
        viewer: Actor,
        *,
        after: int,
        dumps: Dumps,
        still_valid: Callable[[], bool],
    ) -> None:
        self._house, self._hub, self._viewer = house, hub, viewer
        self._after, self._dumps, self._still_valid = after, dumps, still_valid
        self._sent: dict[int, Any] = {}

    def frames(self) -> Iterator[str]:
        """Frames until the viewer goes away, may no longer watch, or the server stops."""
        yield f"retry: {RETRY_MS}\n\n"
        seen = (-1, -1)
        next_beat = next_positions = time.monotonic()
        positions_due = True
        while not self._hub.stopped:
            counts = self._hub.counts()
            if counts[0] != seen[0]:
                yield from self._events()
            positions_due = positions_due or counts[1] != seen[1]
            seen = counts
            if positions_due and time.monotonic() >= next_positions:
                next_positions = time.monotonic() + POSITIONS_EVERY_S
                positions_due = False
                yield from self._positions()
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + BEAT_EVERY_S
                if not self._still_valid():
                    return
                # The beat looks for events too, so that nothing waits longer than one beat.
                yield from self._events()
                yield self._beat()
            until = min(next_beat, next_positions) if positions_due else next_beat
            self._hub.wait(seen, max(0.01, until - time.monotonic()))

    def _events(self) -> Iterator[str]:
        newest = self._hub.newest_event_id
        while rows := events_after(self._house, self._viewer, self._after):
            for row in rows:
                self._after = row["id"]
                yield _frame(row["kind"], row, self._dumps, id=row["id"])
        # What this viewer may not see need not be looked through again.
        self._after = max(self._after, newest)

    def _positions(self) -> Iterator[str]:
        changed = [
            row
            for row in positions_for(self._viewer, self._hub.positions())
            if self._sent.get(row["unit_id"]) != _face(row)
        ]
        if changed:
            self._sent.update((row["unit_id"], _face(row)) for row in changed)
            yield _frame("positions", {"items": changed}, self._dumps)

    def _beat(self) -> str:
        beat = {"now": now(), "last_event_id": self._after}
        return _frame("beat", beat, self._dumps)


def _face(position: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a position worth sending again: anything but its age."""
    return tuple(value for name, value in position.items() if name != "age_s")
