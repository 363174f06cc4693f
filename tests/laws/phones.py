"""Phones that say where units are: at once, late, twice, by a wrong clock, or from nowhere.

Every point is kept with when it was sent and answered, so that it is known for sure of some that
they were late. No step may ever come of those.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, radians
from typing import Any

from sqlalchemy.exc import OperationalError

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.services.manage_devices import create_device
from tests.consoles.town import PLACE, Town
from tests.laws.doors import Door
from tests.laws.looking import read

Place = tuple[float, float]
SCENE: Place = (PLACE["lon"], PLACE["lat"])
HOP_M = 150.0
BLUR_M = 90.0
"""What two such points are apart is no jump, however little time lies between them."""
AWAY_M = 170.0
ALMOST_M = 125.0
FRESH_S = 30.0
NEVER = datetime.max.replace(tzinfo=UTC)
NEAR_M = {"on_scene": 100.0, "cleared": 100.0, "arrived": 150.0}
WAYS = ("arrive", "arrive", "leave", "home", "home", "late", "late", "repeat", "jump", "ahead", "0")


@dataclass(frozen=True)
class Point:
    """A position as it was sent."""

    unit: int
    recorded_at: datetime
    place: Place
    asked_at: datetime
    answered_at: datetime
    ordinary: bool
    """By a right clock and in order, as far as its phone knows."""


@dataclass
class Phones:
    """The phones of all units, and everything that they sent."""

    tokens: dict[int, str]
    homes: dict[int, Place]
    sent: dict[int, list[Point]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fly(self, town: Town, door: Door, unit: int, way: str) -> int:
        """Send what belongs to a way of behaving; how many points were answered."""
        return sum(self._send(door, unit, *point) for point in self._points(town, unit, way))

    def _points(self, town: Town, unit: int, way: str) -> Iterator[tuple[Place, datetime, bool]]:
        here = _shown(town, unit) or self.homes[unit]
        goals = {
            "arrive": [_beside(SCENE, AWAY_M), SCENE, SCENE, SCENE],
            "leave": [here, _beside(here, AWAY_M), _beside(here, AWAY_M + 10)],
            "home": [self.homes[unit]] * 3,
        }
        for goal in goals.get(way, ()):
            for place in _hops(here, goal):
                yield place, datetime.now(UTC), True
            here = goal
        if way in goals:
            return
        now = datetime.now(UTC)
        if way == "late":
            # From a buffer: it stood at the scene some time ago, and a moment ago as well. The
            # newest point is near enough that a stay there would go on, too far for one to begin.
            almost = _beside(SCENE, ALMOST_M)
            for place in (*_hops(here, almost), almost):
                now = datetime.now(UTC)
                yield place, now, True
            for ago_ms in (1_000_000.0, 300_000.0, 45_000.0, 1.8, 1.2, 0.6):
                yield SCENE, now - timedelta(milliseconds=ago_ms), False
        elif way == "repeat":
            for point in self.sent.get(unit, [])[-3:]:
                yield point.place, point.recorded_at, False
        elif way == "jump":
            yield (here[0] + 0.1, here[1]), now, False
        elif way == "ahead":
            yield here, now + timedelta(hours=1), False
        else:
            yield (0.0, 0.0), now, False

    def _send(self, door: Door, unit: int, place: Place, at: datetime, ordinary: bool) -> bool:
        asked_at = datetime.now(UTC)
        fields: dict[str, Any] = {
            "id": self.tokens[unit], "lon": place[0], "lat": place[1], "speed": 0,
            "timestamp": at.isoformat(), "accuracy": BLUR_M,
        }  # fmt: skip
        try:
            status = door.send("GET", "/phones/osmand", params=fields).status_code
        except OSError:
            status = 0
        # Two points of one phone are never of the same microsecond.
        time.sleep(0.002)
        answered = status == 200
        # Without an answer it may have been taken all the same, at any time from now on.
        answered_at = datetime.now(UTC) if answered else NEVER
        with self.lock:
            self.sent.setdefault(unit, []).append(
                Point(unit, at, place, asked_at, answered_at, ordinary)
            )
        return answered

    def wrong(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Steps read from positions that no point in order can have told."""
        return [step for step in steps if not self._told(step)]

    def _told(self, step: dict[str, Any]) -> bool:
        points = self.sent.get(step["unit"], [])
        at = step["at"]
        for point in points:
            if point.recorded_at != at:
                continue
            fresh = (point.asked_at - at).total_seconds() <= FRESH_S
            overtaken = any(
                other.ordinary and other.recorded_at > at and other.answered_at < point.asked_at
                for other in points
            )
            near_m = NEAR_M.get(step["step"])
            there = near_m is None or straight_line_m(*point.place, *step["goal"]) <= near_m
            if fresh and not overtaken and there:
                return True
        return False


def made(town: Town) -> Phones:
    """A phone for every unit."""
    homes = {
        unit: (lon, lat)
        for unit, lon, lat in town.sql(
            "SELECT u.id, ST_X(s.point), ST_Y(s.point) FROM units AS u"
            " JOIN stations AS s ON s.id = u.station_id"
        )
    }
    tokens = {
        unit: create_device(town.house, SYSTEM_ACTOR, label=f"ponsel {unit}", unit_id=unit).secret
        for unit in homes
    }
    return Phones(tokens, homes)


def _shown(town: Town, unit: int) -> Place | None:
    """Where a unit was last seen, by what its phone can know."""
    where = "SELECT ST_X(point), ST_Y(point) FROM unit_positions WHERE unit_id = %(unit)s"
    try:
        found = read(town, where, unit=unit)
    except OperationalError:
        return None
    return (found[0][0], found[0][1]) if found else None


def _hops(here: Place, goal: Place) -> Iterator[Place]:
    """From one to the other, with no hop that would be taken for a jump."""
    while (left_m := straight_line_m(*here, *goal)) > HOP_M:
        here = _towards(here, goal, HOP_M / left_m)
        yield here
    yield goal


def _beside(place: Place, east_m: float) -> Place:
    return place[0] + east_m / (111_320 * cos(radians(place[1]))), place[1]


def _towards(here: Place, goal: Place, share: float) -> Place:
    return here[0] + (goal[0] - here[0]) * share, here[1] + (goal[1] - here[1]) * share
