"""Which step a crew has taken, judging by where its unit is: left, arrived, back at its station.

Pure. It reads the newest minutes of a unit's track and proposes; people confirm, or a setting does.
Only points that came in fresh and in order say anything: a buffered one never raises a step. A
circle is entered at one distance and left only at a larger one, so that a point that strays does
not break a stay; and a stay counts only after some time at walking pace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.places import straight_line_m

FRESH_S = 30.0
"""A point that took longer to come in was buffered."""
BLUR_AT_MOST_M = 100.0
"""A point less exact than this does not say at which house a unit is."""
NOT_IN_ORDER = frozenset({"late", "jump", "future_clock", "invalid", "duplicate", "too_old"})


@dataclass(frozen=True, slots=True)
class Rules:
    """When a place counts as reached or left."""

    near_m: float = 100.0
    away_m: float = 150.0
    """A stay that has begun goes on until here; and so far away, a unit has left."""
    slow_kph: float = 10.0
    stay_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One point of a track, as it was judged when it came in."""

    lon: float
    lat: float
    recorded_at: datetime
    received_at: datetime
    accuracy_m: float | None = None
    speed_kph: float | None = None
    flags: frozenset[str] = frozenset()

    @property
    def trusted(self) -> bool:
        """Whether it came in at once, in order, by a right clock, and is exact enough."""
        delay_s = (self.received_at - self.recorded_at).total_seconds()
        exact = self.accuracy_m is None or self.accuracy_m <= BLUR_AT_MOST_M
        return delay_s <= FRESH_S and exact and not self.flags & NOT_IN_ORDER


@dataclass(frozen=True, slots=True)
class Course:
    """An assignment as far as this needs it."""

    status: str
    last_at: datetime
    """Of its newest stamp; nothing before it says anything about the next step."""
    place: tuple[float, float]
    """(lon, lat) of the incident."""
    home: tuple[float, float] | None = None
    """(lon, lat) of the unit's station."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that a unit seems to have taken, and the point that says so."""

    step: str
    at: datetime
    lon: float
    lat: float


def propose(course: Course, track: Sequence[Seen], rules: Rules) -> Proposal | None:
    """The step that the track shows, with the time of the first point that shows it."""
    points = [seen for seen in track if seen.trusted and seen.recorded_at >= course.last_at]
    if course.status == "acknowledged":
        return _proposal("en_route", _left(points, rules))
    if course.status == "en_route":
        return _proposal("on_scene", _staying(points, course.place, rules))
    if course.status in {"on_scene", "at_hospital"} and course.home and _apart(course, rules):
        return _proposal("cleared", _staying(points, course.home, rules))
    return None


def _left(points: Sequence[Seen], rules: Rules) -> Seen | None:
    """The first of the points since which the unit has been away from where it stood."""
    if not points:
        return None
    stood = points[0].lon, points[0].lat
    begun: Seen | None = None
    away = 0
    for seen in points[1:]:
        if _distance_m(seen, stood) < rules.away_m:
            begun, away = None, 0
        else:
            begun, away = begun or seen, away + 1
    # One point may stray; two in a row do not.
    return begun if away >= 2 else None


def _staying(points: Sequence[Seen], place: tuple[float, float], rules: Rules) -> Seen | None:
    """The first of the points since which the unit has been there, slow, and for long enough."""
    first: Seen | None = None
    before: Seen | None = None
    for seen in points:
        distance_m = _distance_m(seen, place)
        if distance_m > rules.away_m or not _is_slow(seen, before, rules):
            first = None
        elif first is None and distance_m <= rules.near_m:
            first = seen
        before = seen
    if first is None or before is None:
        return None
    stayed_s = (before.recorded_at - first.recorded_at).total_seconds()
    return first if stayed_s >= rules.stay_s else None


def _is_slow(seen: Seen, before: Seen | None, rules: Rules) -> bool:
    """By its own word; a phone that does not say it is measured from the point before."""
    if seen.speed_kph is not None:
        return seen.speed_kph <= rules.slow_kph
    if before is None:
        return True
    elapsed_s = (seen.recorded_at - before.recorded_at).total_seconds()
    moved_m = _distance_m(seen, (before.lon, before.lat))
    return elapsed_s > 0 and moved_m / elapsed_s * 3.6 <= rules.slow_kph


def _apart(course: Course, rules: Rules) -> bool:
    """An incident next to the station would be left the moment it is reached."""
    assert course.home is not None  # noqa: S101 - asked before
    return straight_line_m(*course.place, *course.home) > 2 * rules.away_m


def _distance_m(seen: Seen, place: tuple[float, float]) -> float:
    return straight_line_m(seen.lon, seen.lat, *place)


def _proposal(step: str, seen: Seen | None) -> Proposal | None:
    return Proposal(step, seen.recorded_at, seen.lon, seen.lat) if seen else None
