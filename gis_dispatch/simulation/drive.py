"""Turns a route and its driving time into where a vehicle is at every second of the way.

Pure. The total is exactly the route's own driving time; within it the vehicle pulls away, slows
into bends, and brakes at the end, so that what is seen on the map looks driven, not slid.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from gis_dispatch.domain.places import straight_line_m

PULL_MPS2 = 1.6
"""How hard an emergency vehicle pulls away and brakes in town."""
BEND_MPS = 3.0
"""The pace of a right-angled turn."""
PIECE_M = 25.0
"""The line is cut this fine, so that braking takes place where it should."""

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fix:
    """One reading: where, how fast, which way."""

    lon: float
    lat: float
    speed_kph: float
    heading_deg: float | None


@dataclass(frozen=True, slots=True)
class Drive:
    """A planned journey: the points passed, when each is passed, and at what speed."""

    points: tuple[LonLat, ...]
    passed_s: tuple[float, ...]
    speeds_mps: tuple[float, ...]

    @property
    def duration_s(self) -> float:
        return self.passed_s[-1]

    def at(self, elapsed_s: float) -> Fix:
        """Where the vehicle is this long after it set off; at the end it stands."""
        if elapsed_s >= self.duration_s or len(self.points) == 1:
            lon, lat = self.points[-1]
            heading = bearing_deg(*self.points[-2:]) if len(self.points) > 1 else None
            return Fix(lon, lat, 0.0, heading)
        index = bisect_right(self.passed_s, max(elapsed_s, 0.0)) - 1
        before, after = self.points[index], self.points[index + 1]
        piece_s = self.passed_s[index + 1] - self.passed_s[index]
        share = (max(elapsed_s, 0.0) - self.passed_s[index]) / piece_s if piece_s else 1.0
        enters, leaves = self.speeds_mps[index], self.speeds_mps[index + 1]
        speed = enters * (1 - share) + leaves * share
        # Distance under even acceleration, so that the speed said is the speed driven.
        along = share * (enters + speed) / (enters + leaves)
        return Fix(
            lon=before[0] + (after[0] - before[0]) * along,
            lat=before[1] + (after[1] - before[1]) * along,
            speed_kph=speed * 3.6,
            heading_deg=bearing_deg(before, after),
        )


def plan_drive(line: Sequence[LonLat], driving_time_s: float) -> Drive:
    """A drive along the line that takes exactly `driving_time_s`."""
    points = _pieces(_without_repeats(line))
    if len(points) == 1:
        return Drive(points, (0.0,), (0.0,))
    lengths_m = [straight_line_m(*a, *b) for a, b in pairwise(points)]
    cruise_mps = max(sum(lengths_m) / max(driving_time_s, 1.0), 0.5)
    # The mean is lower than the pace between bends; a third more is what remains after braking.
    speeds = _speeds(points, lengths_m, cruise_mps * 1.35)
    legs_s = [
        2 * length / (before + after)
        for length, (before, after) in zip(lengths_m, pairwise(speeds), strict=True)
    ]
    stretch = max(driving_time_s, 1.0) / sum(legs_s)
    passed = (0.0, *accumulate(leg * stretch for leg in legs_s))
    return Drive(points, passed, tuple(speed / stretch for speed in speeds))


def bearing_deg(before: LonLat, after: LonLat) -> float:
    """Compass bearing from one point to the next, 0 = north."""
    east = (after[0] - before[0]) * cos(radians(before[1]))
    return degrees(atan2(east, after[1] - before[1])) % 360


def scatter(middle: LonLat, radius_m: float, angle: float, share: float) -> LonLat:
    """A point of the disc around `middle`; even over its area for even `angle` and `share`."""
    reach_m = radius_m * sqrt(share)
    north_deg = reach_m * cos(2 * pi * angle) / 111_195
    east_deg = reach_m * sin(2 * pi * angle) / (111_195 * cos(radians(middle[1])))
    return middle[0] + east_deg, middle[1] + north_deg


def _without_repeats(line: Sequence[LonLat]) -> list[LonLat]:
    points = [line[0]]
    points += [after for before, after in pairwise(line) if after != before]
    return [(lon, lat) for lon, lat in points]


def _pieces(line: list[LonLat]) -> tuple[LonLat, ...]:
    points = [line[0]]
    for before, after in pairwise(line):
        count = max(1, round(straight_line_m(*before, *after) / PIECE_M))
        points += [
            (
                before[0] + (after[0] - before[0]) * part / count,
                before[1] + (after[1] - before[1]) * part / count,
            )
            for part in range(1, count + 1)
        ]
    return tuple(points)


def _speeds(points: tuple[LonLat, ...], lengths_m: list[float], most_mps: float) -> list[float]:
    """The pace at each point: as fast as bends and brakes allow, never quite standing."""
    creep = min(1.0, most_mps)
    speeds = [creep, *(min(most_mps, _bend_mps(*three)) for three in _threes(points)), creep]
    for index, length in enumerate(lengths_m):
        reach = sqrt(speeds[index] ** 2 + 2 * PULL_MPS2 * length)
        speeds[index + 1] = min(speeds[index + 1], reach)
    for index in range(len(lengths_m) - 1, -1, -1):
        reach = sqrt(speeds[index + 1] ** 2 + 2 * PULL_MPS2 * lengths_m[index])
        speeds[index] = min(speeds[index], reach)
    return speeds


def _threes(points: tuple[LonLat, ...]) -> list[tuple[LonLat, LonLat, LonLat]]:
    return list(zip(points, points[1:], points[2:], strict=False))


def _bend_mps(before: LonLat, here: LonLat, after: LonLat) -> float:
    turn = radians(bearing_deg(here, after) - bearing_deg(before, here))
    sharpness = hypot(sin(turn), 1 - cos(turn)) / sqrt(2)
    return BEND_MPS / sharpness if sharpness > 0.05 else float("inf")
