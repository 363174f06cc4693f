"""Periods in the city's own days and months."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gis_dispatch.errors import BadInput, PeriodBackwards

LONGEST_BY_DAY = timedelta(days=93)
YEARS = range(2000, 2200)


class MonthUnreadable(BadInput):
    """{field}: "{given}" is not a month. Write it as year and month, for example 2026-11."""


class TimeFarAway(BadInput):
    """{field}: {given} lies too far away. Give a time from the year {first} to {last}."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment until another, which no longer belongs to it."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    @property
    def by_month(self) -> bool:
        """Whether a trend over it is drawn by month; short ones are drawn by day."""
        return self.until - self.since > LONGEST_BY_DAY

    def bucket(self, moment: datetime) -> date:
        """The local day, or the first of the local month, that a moment belongs to."""
        day = moment.astimezone(self.zone).date()
        return day.replace(day=1) if self.by_month else day

    def buckets(self) -> list[date]:
        """Every day or month of the period, also those in which nothing happened."""
        last = (self.until - timedelta(microseconds=1)).astimezone(self.zone).date()
        day = self.bucket(self.since)
        found = []
        while day <= last:
            found.append(day)
            day = _next_month(day) if self.by_month else day + timedelta(days=1)
        return found


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a local day begins."""
    return datetime.combine(day, time.min, zone)


def month_period(written: str, zone: ZoneInfo) -> Period:
    """The local month "2026-11", or a refusal that says how to write one."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError as wrong:
        raise MonthUnreadable(field="month", given=written) from wrong
    if len(written) != len("2026-11"):
        raise MonthUnreadable(field="month", given=written)
    return Period(midnight(first, zone), midnight(_next_month(first), zone), zone)


def chosen_period(
    since: datetime | None, until: datetime | None, now: datetime, zone: ZoneInfo
) -> Period:
    """What was asked for; without a begin the 30 days before the end, without an end until now."""
    for field, moment in (("from", since), ("to", until)):
        if moment is not None and moment.year not in YEARS:
            raise TimeFarAway(
                field=field, given=moment.isoformat(), first=YEARS.start, last=YEARS.stop - 1
            )
    end = until or now
    begin = since or midnight((end.astimezone(zone) - timedelta(days=29)).date(), zone)
    if begin >= end:
        starts_at, ends_at = (
            moment.astimezone(zone).isoformat(timespec="minutes") for moment in (begin, end)
        )
        raise PeriodBackwards(field="to", starts_at=starts_at, ends_at=ends_at)
    return Period(begin, end, zone)
