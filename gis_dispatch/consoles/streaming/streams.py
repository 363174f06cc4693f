"""One stream of server-sent events to one viewer: events, positions and a beat, resumable."""

import time
from collections.abc import Callable, Iterator

from gis_dispatch.consoles.streaming.frames import BEGIN, frame
from gis_dispatch.consoles.streaming.live import Hub, now
from gis_dispatch.consoles.streaming.sight import Sight, without_callers
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Row

BEAT_EVERY_S = 5.0
VALID_FOR_S = 10.0
PAGE = 200
"""So many events at once, then a word about how many are still to come."""


def events_after(
    house: House, viewer: Actor, after: int, *, incident_id: int | None = None, most: int = 500
) -> list[Row]:
    """What happened after one event, in order, as far as this viewer may see it."""
    rows = house.store.reads.all(
        "list_events_for_viewer",
        after=after,
        incident_id=incident_id,
        most=most,
        **Sight.of(viewer).parameters(),
    )
    return [without_callers(row) for row in rows]


def positions_for(viewer: Actor, positions: list[Row]) -> list[Row]:
    """The positions this viewer may see."""
    sight = Sight.of(viewer)
    return [row for row in positions if sight.sees_position(row["unit_id"], row["agency_code"])]


class Stream:
    """What one browser has been sent, and what comes next.

    Nothing is queued for it: it remembers how far it came and takes what is new when it can. So a
    slow one holds nobody up and costs nothing.
    """

    def __init__(
        self,
        house: House,
        hub: Hub,
        viewer: Actor,
        *,
        after: int,
        still_valid: Callable[[], bool],
    ) -> None:
        self._house, self._hub, self._viewer = house, hub, viewer
        self._sight = Sight.of(viewer)
        self._after, self._still_valid = after, still_valid
        self._shown = 0
        self._told_behind = False

    def frames(self) -> Iterator[bytes]:
        """Frames until the viewer goes away, may no longer watch, or the server stops."""
        yield BEGIN
        with self._hub.streaming():
            next_beat = next_check = time.monotonic()
            next_check += VALID_FOR_S
            while not self._hub.stopped:
                # Taken before looking: what comes while we look is not waited for.
                news = self._hub.news
                yield from self._events()
                positions, self._shown = self._hub.positions.since(self._shown, self._sight)
                if positions:
                    yield positions
                if time.monotonic() >= next_check:
                    next_check = time.monotonic() + VALID_FOR_S
                    if not self._may_go_on():
                        return
                if time.monotonic() >= next_beat or self._told_behind != self._is_behind():
                    next_beat = time.monotonic() + BEAT_EVERY_S
                    yield self._beat()
                news.wait(max(0.01, min(next_beat, next_check) - time.monotonic()))
            yield frame("bye", {"now": now()})

    def _events(self) -> Iterator[bytes]:
        found = self._hub.events.after(self._after, self._sight)
        if found is None:
            yield from self._from_the_table()
            found = self._hub.events.after(self._after, self._sight)
        if found is None:
            return
        frames, newest = found
        if len(frames) > PAGE:
            for first in range(0, len(frames), PAGE):
                yield frame("behind", {"left": len(frames) - first})
                yield b"".join(frames[first : first + PAGE])
            yield frame("behind", {"left": 0})
        elif frames:
            yield b"".join(frames)
        self._after = newest

    def _from_the_table(self) -> Iterator[bytes]:
        """Catch up with what is kept in memory: a console that was away for long, in pages."""
        floor, full, told = self._hub.events.floor, True, False
        while full:
            try:
                rows = events_after(self._house, self._viewer, self._after, most=PAGE)
            except Unavailable:
                return
            full = len(rows) == PAGE
            if full:  # how many of them this viewer may see is not counted beforehand
                told = True
                left = max(PAGE, self._hub.events.newest_id - self._after)
                yield frame("behind", {"left": left})
            if rows:
                self._after = rows[-1]["id"]
                yield b"".join(frame("event", row, id=row["id"]) for row in rows)
        if told:
            yield frame("behind", {"left": 0})
        # What this viewer may not see need not be looked through again.
        self._after = max(self._after, floor)

    def _may_go_on(self) -> bool:
        try:
            return self._still_valid()
        except Unavailable:
            return True  # nobody can be asked, and there is nothing new to send

    def _is_behind(self) -> bool:
        return self._hub.behind_since is not None

    def _beat(self) -> bytes:
        self._told_behind = self._is_behind()
        beat = {
            "now": now(),
            "last_event_id": self._after,
            "behind_since": self._hub.behind_since,
        }
        return frame("beat", beat)
