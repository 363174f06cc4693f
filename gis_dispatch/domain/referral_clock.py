"""When a late referral is told to whom: level by level, nobody before the one below had their time.

Level 0 is the lateness itself, told on the screens of the agency and of the lead operator. The
levels above are the agency's chain; each follows so many seconds after the step was due, and never
sooner after the level below than the chain says: when nobody looked for an hour, they are not
all told in the same second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEPS = ("acknowledge", "check", "decide")
"""sent → acknowledged → readiness checked → accepted or handed back."""

TAKEN_FOR = timedelta(minutes=5)
"""How long the chain rests after a lead operator took a late step in hand."""


@dataclass(frozen=True)
class Level:
    """One level of a chain, and who is told."""

    level: int
    after_s: int
    kind: str
    role: str | None = None
    user_id: int | None = None
    title: str | None = None
    phone: str | None = None
    contact_id: int | None = None


LATE = Level(level=0, after_s=0, kind="role", role="dispatcher")
"""The first of every chain."""


@dataclass(frozen=True)
class Clock:
    """The step that an agency owes, and how far its lateness has been told."""

    referral_id: int
    agency_code: str
    step: str
    began_at: datetime
    due_at: datetime
    last_level: int | None = None
    last_raised_at: datetime | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True)
class Raise:
    """A level, and from when on it is to be raised."""

    level: Level
    at: datetime


def next_raise(clock: Clock, chain: Sequence[Level]) -> Raise | None:
    """What is raised next if nobody acts; None when the chain is at its end."""
    levels = {one.level: one for one in (LATE, *chain)}
    number = 0 if clock.last_level is None else clock.last_level + 1
    level = levels.get(number)
    if level is None:
        return None
    moments = [clock.due_at + timedelta(seconds=level.after_s)]
    if clock.last_raised_at is not None:
        below = levels.get(number - 1)
        # At least a second: the chain may have been changed since the one below was told.
        gap_s = max(1, level.after_s - below.after_s) if below else 1
        moments.append(clock.last_raised_at + timedelta(seconds=gap_s))
    if clock.taken_at is not None:
        moments.append(clock.taken_at + TAKEN_FOR)
    return Raise(level, max(moments))
