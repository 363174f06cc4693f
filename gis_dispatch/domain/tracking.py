"""Judges one reported position: is its clock right, is it late, can it be true, may it be shown.

Pure: an ordered tuple of one-job steps. A step that settles the matter ends the judging.
Phones buffer, repeat and mis-clock, so only a point that is newer than the last known one and
possible by road becomes the place where a unit is shown.
"""

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import hypot, isfinite
from typing import Literal

from gis_dispatch.domain.places import straight_line_m

Flag = Literal["invalid", "future_clock", "duplicate", "late", "jump", "stopped", "too_old"]

FUTURE_CLOCK_S = 60.0
"""Phones drift by seconds; more than this ahead of us and the phone's clock is not believed."""
JUMP_KPH = 200.0
JUMP_DOUBT_S = 120.0
"""A jump is doubted this long. Then the new place is believed: the last known one was the error."""
STOPPED_KPH = 3.0
NULL_ISLAND_DEG = 1e-6


@dataclass(frozen=True, slots=True)
class Report:
    """What a phone says of one moment. Without a clock of its own, ours is taken."""

    lon: float
    lat: float
    recorded_at: datetime | None = None
    accuracy_m: float | None = None
    speed_kph: float | None = None
    heading_deg: float | None = None
    battery_percent: int | None = None


@dataclass(frozen=True, slots=True)
class LastKnown:
    """Where a unit is shown now."""

    lon: float
    lat: float
    recorded_at: datetime
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that has come in: of which unit, by whom, and when by our clock."""

    unit_id: int
    device_id: int | None
    source: str
    report: Report
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a report: `kept` in the track, `shown` as the place where the unit is."""

    recorded_at: datetime
    flags: tuple[Flag, ...] = ()
    kept: bool = True
    shown: bool = True
    settled: bool = False

    @property
    def text(self) -> str | None:
        """The flags as one word list, as they are stored beside the point."""
        return ",".join(self.flags) or None

    def flagged(self, flag: Flag) -> "Judgement":
        """The same, and this besides."""
        return Judgement(self.recorded_at, (*self.flags, flag), self.kept, self.shown, self.settled)

    def not_shown(self, flag: Flag) -> "Judgement":
        """Kept in the track only, for this reason; nothing more is asked."""
        return Judgement(
            self.recorded_at, (*self.flags, flag), self.kept, shown=False, settled=True
        )

    def refused(self, flag: Flag) -> "Judgement":
        """Not even kept, for this reason; nothing more is asked."""
        return Judgement(
            self.recorded_at, (*self.flags, flag), kept=False, shown=False, settled=True
        )


Step = Callable[[Judgement, Report, LastKnown | None, datetime], Judgement]


def refuse_impossible(
    judgement: Judgement, report: Report, _last: LastKnown | None, _received_at: datetime
) -> Judgement:
    """(0, 0) is a phone without a fix; outside the world is no place at all."""
    on_earth = (
        isfinite(report.lon)
        and isfinite(report.lat)
        and abs(report.lon) <= 180
        and abs(report.lat) <= 90
    )
    if on_earth and hypot(report.lon, report.lat) > NULL_ISLAND_DEG:
        return judgement
    return judgement.refused("invalid")


def correct_future_clock(
    judgement: Judgement, _report: Report, _last: LastKnown | None, received_at: datetime
) -> Judgement:
    """A clock ahead of ours would freeze the unit on the map until we caught up with it."""
    if (judgement.recorded_at - received_at).total_seconds() <= FUTURE_CLOCK_S:
        return judgement
    return replace(judgement.flagged("future_clock"), recorded_at=received_at)


def drop_duplicate(
    judgement: Judgement, _report: Report, last: LastKnown | None, _received_at: datetime
) -> Judgement:
    """A phone that did not hear our answer sends the point again."""
    if last is None or judgement.recorded_at != last.recorded_at:
        return judgement
    return judgement.refused("duplicate")


def keep_late_in_track(
    judgement: Judgement, _report: Report, last: LastKnown | None, _received_at: datetime
) -> Judgement:
    """A buffered point completes the track; it says nothing of where the unit is now."""
    if last is None or judgement.recorded_at > last.recorded_at:
        return judgement
    return judgement.not_shown("late")


def doubt_jump(
    judgement: Judgement, report: Report, last: LastKnown | None, _received_at: datetime
) -> Judgement:
    """Faster than any vehicle, beyond what both accuracies explain: kept, not shown."""
    if last is None:
        return judgement
    elapsed_s = (judgement.recorded_at - last.recorded_at).total_seconds()
    blur_m = (report.accuracy_m or 0.0) + (last.accuracy_m or 0.0)
    moved_m = straight_line_m(last.lon, last.lat, report.lon, report.lat) - blur_m
    if elapsed_s > JUMP_DOUBT_S or moved_m <= JUMP_KPH / 3.6 * elapsed_s:
        return judgement
    return judgement.not_shown("jump")


def note_stop(
    judgement: Judgement, report: Report, _last: LastKnown | None, _received_at: datetime
) -> Judgement:
    """Standing still by its own word."""
    if report.speed_kph is None or report.speed_kph >= STOPPED_KPH:
        return judgement
    return judgement.flagged("stopped")


STEPS: tuple[Step, ...] = (
    refuse_impossible,
    correct_future_clock,
    drop_duplicate,
    keep_late_in_track,
    doubt_jump,
    note_stop,
)


def judge(
    report: Report,
    last: LastKnown | None,
    received_at: datetime,
    *,
    fast_forward: bool = False,
    kept_since: datetime | None = None,
) -> Judgement:
    """What becomes of this report, given where the unit was last known to be.

    A simulator that runs faster than time (`fast_forward`) is not doubted for its speed. What is
    from before `kept_since` would be forgotten at once, so it is not kept at all.
    """
    judgement = Judgement(recorded_at=report.recorded_at or received_at)
    for step in STEPS:
        if fast_forward and step is doubt_jump:
            continue
        judgement = step(judgement, report, last, received_at)
        if judgement.settled:
            break
    if judgement.kept and kept_since is not None and judgement.recorded_at < kept_since:
        return judgement.refused("too_old")
    return judgement


def judge_in_turn(
    sent: Iterable[Sent], last: MutableMapping[int, LastKnown], kept_since: datetime
) -> list[Judgement]:
    """What becomes of each report, in the order in which they came; `last` moves along."""
    judgements = []
    for one in sent:
        judgement = judge(
            one.report,
            last.get(one.unit_id),
            one.received_at,
            fast_forward=one.source == "simulator",
            kept_since=kept_since,
        )
        if judgement.shown:
            report = one.report
            last[one.unit_id] = LastKnown(
                report.lon, report.lat, judgement.recorded_at, report.accuracy_m
            )
        judgements.append(judgement)
    return judgements
