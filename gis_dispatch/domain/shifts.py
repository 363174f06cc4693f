"""Days cut into shifts by the times at which an agency's crews change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

TIME_OF_DAY = re.compile(r"^(?:[01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True)
class Span:
    """From when to when."""

    starts_at: datetime
    ends_at: datetime

    def moved(self, by: timedelta, zone: ZoneInfo) -> "Span":
        """The same times of day, some days later; a shift keeps its clock, not its seconds."""
        return Span(_later(self.starts_at, by, zone), _later(self.ends_at, by, zone))


def _later(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone) + by


def spans_of_day(day: date, starts: Sequence[str], zone: ZoneInfo) -> list[Span]:
    """The shifts that begin on a day; the last one ends with the first of the next day."""
    times = sorted(time.fromisoformat(start) for start in starts)
    begins = [datetime.combine(day, one, zone) for one in times]
    begins.append(datetime.combine(day + timedelta(days=1), times[0], zone))
    return [Span(begin, end) for begin, end in pairwise(begins)]
