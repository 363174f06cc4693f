"""Which span is replayed: the one asked for, or an incident's own with a margin on each side."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gis_dispatch.errors import BadInput, IncidentNotFound, PeriodBackwards, TimeInFuture
from gis_dispatch.ports import House

LONGEST = timedelta(hours=24)
BEFORE_A_CASE = timedelta(minutes=2)
AFTER_A_CASE = timedelta(minutes=5)
FULL_TRACKS = timedelta(hours=2)
SLICE = timedelta(minutes=10)
"""Tracks of a short span are told in slices of this length."""


class SpanTooLong(BadInput):
    """{field}: {hours} hours are more than can be replayed at once. {most} hours are the most."""


class SpanMissing(BadInput):
    """{field}: say from when to when, or which incident."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; of an incident also which, and whether all of it fits in."""

    from_at: datetime
    to_at: datetime
    incident_id: int | None = None
    incident_number: str | None = None
    shortened: bool = False

    @property
    def every_s(self) -> int:
        """How close the points of a track are told: each second, or thinned for a long span."""
        length = self.to_at - self.from_at
        return 1 if length <= FULL_TRACKS else 15 if length <= 4 * FULL_TRACKS else 60

    @property
    def slice_s(self) -> int:
        """How long a part of the tracks is asked for at once."""
        return int(SLICE.total_seconds()) * (1 if self.every_s == 1 else 6)


def chosen_span(
    house: House, from_at: datetime | None, to_at: datetime | None, incident_id: int | None
) -> Span:
    """The span asked for, checked; its end is never later than now."""
    now = house.clock.now()
    number, shortened = None, False
    if incident_id is not None:
        case = house.store.reads.find("replay_case_span", id=incident_id)
        if case is None:
            raise IncidentNotFound(id=incident_id)
        number = case["number"]
        if from_at is None or to_at is None:
            from_at = case["began_at"] - BEFORE_A_CASE
            ends = min(now, (case["ended_at"] or now) + AFTER_A_CASE)
            to_at = min(ends, from_at + LONGEST)
            shortened = to_at < ends
    if from_at is None or to_at is None:
        raise SpanMissing(field="from" if from_at is None else "to")
    if from_at >= now:
        raise TimeInFuture(field="from", given=_read(house, from_at), now=_read(house, now))
    if to_at <= from_at:
        raise PeriodBackwards(
            field="to", ends_at=_read(house, to_at), starts_at=_read(house, from_at)
        )
    if to_at - from_at > LONGEST:
        hours = f"{(to_at - from_at) / timedelta(hours=1):.1f}"
        raise SpanTooLong(field="to", hours=hours, most=LONGEST // timedelta(hours=1))
    return Span(from_at, min(to_at, now), incident_id, number, shortened)


def incident_of_number(house: House, number: str) -> int:
    """Which incident people mean by a number."""
    id = house.store.reads.value("replay_incident_of_number", number=number.strip())
    if id is None:
        raise IncidentNotFound(id=number.strip())
    return int(id)


def _read(house: House, moment: datetime) -> str:
    return moment.astimezone(house.timezone).isoformat(sep=" ", timespec="seconds")
