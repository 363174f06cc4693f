"""One simulated crew: stands at its station, patrols, and answers when it is sent.

It knows nothing but what its phone and the API tell it. Whatever another person reports for its
assignment it takes as done, and it goes on from there.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from gis_dispatch.domain.assignment import STEPS
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.exchange.osmand import KPH_PER_KNOT
from gis_dispatch.simulation.clock import Interrupted, Pace
from gis_dispatch.simulation.doors import Doors, Refused
from gis_dispatch.simulation.drive import Drive, Fix, LonLat, plan_drive
from gis_dispatch.simulation.ways import Ways

log = logging.getLogger(__name__)

STANDING_REPORT_S = (20.0, 30.0)
MOVING_REPORT_S = 1.5
AT_HOME_M = 120.0
PATROL_RADIUS_M = 2500.0
ORDER = ("dispatched", *STEPS)


@dataclass
class Crew:
    """A unit, its phone, and what it is doing."""

    id: int
    call_sign: str
    home: LonLat
    profile: str
    turnout_s: float
    hospitals: tuple[LonLat, ...]
    """Where it may bring somebody; none for a unit that carries nobody."""
    patrols: bool
    secret: str
    token: str
    doors: Doors
    ways: Ways
    pace: Pace
    random: Random
    renew_secret: Callable[[int], Awaitable[str]]
    on_duty: bool = True
    driven_by_people: bool = False
    """A real phone reports for this unit: the simulator keeps its hands off."""
    assignment: Mapping[str, Any] | None = None
    fix: Fix = field(init=False)

    def __post_init__(self) -> None:
        self.fix = Fix(self.home[0], self.home[1], 0.0, None)

    @property
    def here(self) -> LonLat:
        """Where it is."""
        return self.fix.lon, self.fix.lat

    def hear(self, assignment: Mapping[str, Any] | None) -> None:
        """What the API says of our assignment; only what is newer than what we know is news."""
        mine = self.assignment
        if mine is None and assignment is None:
            return
        if mine is not None and assignment is not None and not _newer(assignment, mine):
            return
        self.assignment = assignment
        self.pace.interrupt()

    def hand_over(self, *, to_people: bool) -> None:
        """A real phone has begun or stopped to report for this unit."""
        if self.driven_by_people != to_people:
            self.driven_by_people = to_people
            self.pace.interrupt()

    async def live(self) -> None:
        """Go on until cancelled."""
        await self._rest(self.random.uniform(0, 3))
        while True:
            try:
                await self._next()
            except Interrupted:
                continue
            except Refused as refused:
                log.info("%s: %s", self.call_sign, refused)
                await self._rest(5)

    async def _next(self) -> None:
        if self.driven_by_people:
            await self.pace.real(5)
        elif self.assignment is not None:
            await self._serve(self.assignment)
        elif not self.on_duty:
            await self.pace.real(10)
        elif self.patrols:
            await self._patrol()
        elif straight_line_m(*self.here, *self.home) > AT_HOME_M:
            await self._drive_to(self.home)
        else:
            await self._stand(60)

    async def _serve(self, assignment: Mapping[str, Any]) -> None:
        status = assignment["status"]
        if status == "dispatched":
            await self._stand(self.random.uniform(10, 20))
            await self._report_step("acknowledged")
        elif status == "acknowledged":
            await self._stand(self.turnout_s * self.random.uniform(0.6, 1.0))
            await self._report_step("en_route")
        elif status == "en_route":
            way = await self.doors.get(self.token, f"/assignments/{assignment['id']}/route")
            line = [(lon, lat) for lon, lat in way["route"]["coordinates"]]
            await self._drive(plan_drive([self.here, *line], way["driving_time_s"]))
            await self._report_step("on_scene")
        elif status == "on_scene":
            await self._stand(self.random.uniform(180, 480))
            carries = bool(self.hospitals) and self.random.random() < 0.6
            await self._report_step("transporting" if carries else "cleared")
        elif status == "transporting":
            await self._drive_to(min(self.hospitals or (self.home,), key=self._distance_m))
            await self._report_step("at_hospital")
        elif status == "at_hospital":
            await self._stand(self.random.uniform(120, 300))
            await self._report_step("cleared")
        else:
            self.assignment = None

    async def _report_step(self, step: str) -> None:
        assignment = self.assignment
        if assignment is None:
            return
        path = f"/assignments/{assignment['id']}"
        try:
            answer = await self.doors.post(self.token, f"{path}/steps", {"step": step})
        except Refused as refused:
            # Somebody else was quicker, or the unit was called back: see how it stands now.
            log.info("%s, %s: %s", self.call_sign, step, refused)
            answer = await self.doors.get(self.token, path)
            if answer["status"] == assignment["status"]:
                await self._rest(5)
        over = answer["status"] in {"cleared", "cancelled"}
        self.assignment = None if over else answer

    async def _patrol(self) -> None:
        found = await self.ways.place_near([self.home], PATROL_RADIUS_M, self.random)
        if found is None:
            await self._stand(60)
            return
        await self._drive_to(found[0])
        await self._stand(self.random.uniform(10, 45))

    async def _drive_to(self, there: LonLat) -> None:
        drive = await self.ways.drive(self.here, there, self.profile, self.fix.heading_deg)
        if drive is None:
            log.info("%s finds no road from %s to %s", self.call_sign, self.here, there)
            await self._stand(60)
            return
        await self._drive(drive)

    async def _drive(self, drive: Drive) -> None:
        began = time.monotonic()
        while True:
            elapsed_s = (time.monotonic() - began) * self.pace.speed
            self.fix = drive.at(elapsed_s)
            await self._report()
            if elapsed_s >= drive.duration_s:
                return
            left_s = (drive.duration_s - elapsed_s) / self.pace.speed
            await self.pace.real(min(MOVING_REPORT_S * self.random.uniform(0.7, 1.3), left_s))

    async def _stand(self, seconds: float) -> None:
        """Wait in simulated time, and report now and then on the wall clock."""
        self.fix = Fix(self.fix.lon, self.fix.lat, 0.0, self.fix.heading_deg)
        until = time.monotonic() + seconds / self.pace.speed
        while (left_s := until - time.monotonic()) > 0:
            await self._report()
            await self.pace.real(min(left_s, self.random.uniform(*STANDING_REPORT_S)))

    async def _rest(self, seconds: float) -> None:
        try:
            await self.pace.real(seconds)
        except Interrupted:
            return

    async def _report(self) -> None:
        fields = {
            "id": self.secret,
            "timestamp": str(int(time.time() * 1000)),
            "lat": f"{self.fix.lat:.7f}",
            "lon": f"{self.fix.lon:.7f}",
            "speed": f"{self.fix.speed_kph / KPH_PER_KNOT:.3f}",
            "accuracy": f"{self.random.uniform(3, 8):.1f}",
            "batt": "100",
        }
        if self.fix.heading_deg is not None:
            fields["bearing"] = f"{self.fix.heading_deg:.1f}"
        try:
            await self.doors.report(fields)
        except Refused as refused:
            if refused.status != 404:
                raise
            # Its phone was revoked while it drove: the simulator is given another.
            self.secret = await self.renew_secret(self.id)

    def _distance_m(self, place: LonLat) -> float:
        return straight_line_m(*self.here, *place)


def _newer(told: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Another assignment, or the same one further on."""
    steps = ORDER.index(told["status"]) - ORDER.index(known["status"])
    return bool(told["id"] != known["id"] or steps > 0)
