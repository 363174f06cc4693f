"""When a step happened: now, or the time a device gives, never in the future or backwards."""

from datetime import datetime, timedelta

from gis_dispatch.errors import TimeInFuture, TimeRunsBackwards, TimeWithoutZone
from gis_dispatch.ports import House

# Clocks of phones and telephone systems differ a little from ours.
TOLERANCE = timedelta(seconds=60)
# Two stamps this close may come from two clocks in the wrong order; they count as the same moment.
SKEW = timedelta(seconds=5)


def moment_of(
    house: House,
    given: datetime | None,
    previous: datetime | None = None,
    *,
    field: str = "occurred_at",
) -> datetime:
    """The time to record for a step, whose previous step happened at `previous`."""
    now = house.clock.now()
    if given is None:
        # The previous stamp may come from a clock a little ahead of ours.
        return now if previous is None else max(now, previous)
    if given.tzinfo is None:
        raise TimeWithoutZone(field=field, given=given.isoformat())
    if given > now + TOLERANCE:
        raise TimeInFuture(field=field, given=read(given), now=read(now))
    moment = min(given, now)
    if previous is None or moment >= previous:
        return moment
    if moment < previous - SKEW:
        raise TimeRunsBackwards(field=field, given=read(given), previous=read(previous))
    return previous


def read(moment: datetime) -> str:
    """A time as a sentence says it."""
    return moment.isoformat(sep=" ", timespec="seconds")
