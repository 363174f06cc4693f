"""Times between two stamps, each interval naming both its ends; what is missing is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from gis_dispatch.domain.timeline import median_and_p90
from gis_dispatch.errors import _

Basis = Literal["call", "incident", "assignment"]


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval: its name, what it is measured on, and its two ends."""

    code: str
    name: str
    basis: Basis
    start: str
    end: str
    definition: str


INTERVALS = (
    Interval(
        "answer",
        _("Answer"),
        "call",
        "received_at",
        "answered_at",
        _("Call answered − call received, per call"),
    ),
    Interval(
        "processing",
        _("Processing"),
        "incident",
        "answered_at",
        "dispatched_at",
        _("First unit dispatched − first call answered, per incident"),
    ),
    Interval(
        "turnout",
        _("Turnout"),
        "assignment",
        "dispatched_at",
        "en_route_at",
        _("En route − dispatched, per unit sent"),
    ),
    Interval(
        "travel",
        _("Travel"),
        "assignment",
        "en_route_at",
        "on_scene_at",
        _("On scene − en route, per unit sent"),
    ),
    Interval(
        "response",
        _("Response"),
        "assignment",
        "dispatched_at",
        "on_scene_at",
        _("On scene − dispatched, per unit sent"),
    ),
    Interval(
        "total_response",
        _("Total response"),
        "incident",
        "received_at",
        "on_scene_at",
        _("First unit on scene − call received, per incident: the citizen's clock"),
    ),
    Interval(
        "on_scene",
        _("On scene"),
        "assignment",
        "on_scene_at",
        "cleared_at",
        _("Cleared − on scene, per unit sent"),
    ),
    Interval(
        "committed",
        _("Committed"),
        "assignment",
        "dispatched_at",
        "cleared_at",
        _("Cleared − dispatched, per unit sent"),
    ),
)
BY_CODE: Mapping[str, Interval] = {interval.code: interval for interval in INTERVALS}


@dataclass(frozen=True, slots=True)
class Summary:
    """How long something took: median and 90th percentile, and what could not be measured."""

    count: int
    median_s: float | None
    p90_s: float | None
    missing: int
    """Without both stamps: not yet there, or never recorded. Never guessed."""
    backwards: int
    """The end lies before the start: wrong stamps, left out."""

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def seconds_between(start: datetime | None, end: datetime | None) -> float | None:
    """Seconds from one stamp to the other, or None when one is missing."""
    return None if start is None or end is None else (end - start).total_seconds()


def summarise(seconds: Iterable[float | None]) -> Summary:
    """Median and 90th percentile (linear between ranks) of what could be measured."""
    given = list(seconds)
    there = [value for value in given if value is not None]
    measured = [value for value in there if value >= 0]
    median, p90 = median_and_p90(measured)
    return Summary(
        count=len(measured),
        median_s=None if median is None else round(median, 1),
        p90_s=None if p90 is None else round(p90, 1),
        missing=len(given) - len(there),
        backwards=len(there) - len(measured),
    )


def measure(interval: Interval, rows: Iterable[Mapping[str, Any]]) -> Summary:
    """One interval over rows that have both its stamps as columns."""
    return summarise(seconds_between(row[interval.start], row[interval.end]) for row in rows)


def share_within(seconds: Iterable[float | None], target_s: float) -> float | None:
    """Which share of what could be measured took no longer than the target; None of nothing."""
    measured = [value for value in seconds if value is not None and value >= 0]
    if not measured:
        return None
    return round(sum(value <= target_s for value in measured) / len(measured), 4)
