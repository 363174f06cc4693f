"""Stamps to intervals, each named by both its ends; an interval without both ends is None."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

# What a unit's interval is called, where it begins and where it ends.
OF_ASSIGNMENT = {
    "turnout_s": ("dispatched_at", "en_route_at"),
    "travel_s": ("en_route_at", "on_scene_at"),
    "response_s": ("dispatched_at", "on_scene_at"),
    "on_scene_s": ("on_scene_at", "cleared_at"),
    "committed_s": ("dispatched_at", "cleared_at"),
}
OF_CASE = ("answer_s", "processing_s", *OF_ASSIGNMENT, "total_response_s")

Stamps = Mapping[str, Any]


def between(start: datetime | None, end: datetime | None) -> float | None:
    """Seconds from one stamp to a later one; None when an end is missing or they run backwards."""
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds()


def assignment_intervals(assignment: Stamps) -> dict[str, float | None]:
    """The intervals of one unit."""
    return {
        name: between(assignment.get(start), assignment.get(end))
        for name, (start, end) in OF_ASSIGNMENT.items()
    }


def _first(stamps: Iterable[datetime | None]) -> datetime | None:
    return min((stamp for stamp in stamps if stamp is not None), default=None)


def case_intervals(
    received_at: datetime, calls: Sequence[Stamps], assignments: Sequence[Stamps]
) -> dict[str, float | None]:
    """The intervals of one case: its first call, its first dispatch, and the unit first on scene.

    `total_response_s` is the citizen's clock: from the first call received to the first unit there.
    """
    received = _first([received_at, *(call.get("received_at") for call in calls)])
    answered = _first(call.get("answered_at") for call in calls)
    dispatched = _first(unit.get("dispatched_at") for unit in assignments)
    there = [unit for unit in assignments if unit.get("on_scene_at") is not None]
    first_there = min(there, key=lambda unit: (unit["on_scene_at"], unit["id"]), default=None)
    return {
        "answer_s": between(received, answered),
        "processing_s": between(answered, dispatched),
        **assignment_intervals(first_there or {}),
        "total_response_s": between(received, first_there["on_scene_at"] if first_there else None),
    }


def percentile(values: Iterable[float | None], share: float) -> float | None:
    """The value that `share` (0 to 1) of the values do not exceed; interpolated, None of none."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    place = share * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def median_and_p90(values: Iterable[float | None]) -> tuple[float | None, float | None]:
    """The median and the 90th percentile: what half and what nine in ten had to wait."""
    known = list(values)
    return percentile(known, 0.5), percentile(known, 0.9)
