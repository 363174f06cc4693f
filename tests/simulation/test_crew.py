"""A simulated crew does its job through the same doors as people, whatever happens meanwhile."""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import NoTrip, RoadPoint, Start, Trip
from gis_dispatch.simulation.clock import Pace
from gis_dispatch.simulation.crew import Crew
from gis_dispatch.simulation.doors import Doors
from gis_dispatch.simulation.fleet import listen, units_on_patrol, units_to_drive
from gis_dispatch.simulation.ways import Ways

HOME, SCENE = (108.98, 0.90), (108.99, 0.91)
SPEED = 3000.0
TIMES = ("acknowledged_at", "en_route_at", "on_scene_at", "cleared_at")


class Plain:
    """Roads that lead straight everywhere, at 36 km/h."""

    def trip_between(self, start: Start, lon: float, lat: float, closures: object) -> Trip | NoTrip:
        length_m = straight_line_m(start.lon, start.lat, lon, lat)
        line = ((start.lon, start.lat), (lon, lat))
        return Trip(start.key, length_m / 10, length_m, line, (), 0, 0, length_m / 10)

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        return RoadPoint(lon, lat, "Jl. Alianyang", 0.0)


class Server:
    """As much of the API as a crew sees."""

    def __init__(self) -> None:
        self.status = "dispatched"
        self.steps: list[str] = []
        self.reports: list[dict[str, str]] = []
        self.away = 0
        self.units: list[dict[str, Any]] = []
        self.refused_phones: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.away > 0:
            self.away -= 1
            raise httpx.ConnectError("refused")
        path = request.url.path
        if path == "/phones/osmand":
            fields = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
            if fields["id"] in self.refused_phones:
                return httpx.Response(404, json={"detail": "revoked"})
            self.reports.append(fields)
            return httpx.Response(200, json={})
        assert request.headers["Authorization"] == "Bearer tok"
        answers: dict[str, Callable[[], Any]] = {
            "/api/v1/assignments": lambda: {"items": [self.assignment()] if self.open else []},
            "/api/v1/assignments/5": self.assignment,
            "/api/v1/assignments/5/route": lambda: {
                "driving_time_s": 120,
                "route": {"coordinates": [HOME, SCENE]},
            },
            "/api/v1/units": lambda: {"items": self.units},
        }
        if path.endswith("/steps"):
            return self.step(__import__("json").loads(request.content)["step"])
        return httpx.Response(200, json=answers[path]())

    @property
    def open(self) -> bool:
        return self.status not in {"cleared", "cancelled", "none"}

    def assignment(self) -> dict[str, Any]:
        return {"id": 5, "status": self.status, "unit": {"id": 1}}

    def step(self, step: str) -> httpx.Response:
        order = ("dispatched", "acknowledged", "en_route", "on_scene", "cleared")
        if order.index(step) != order.index(self.status) + 1:
            return httpx.Response(409, json={"detail": "not now"})
        self.steps.append(step)
        self.status = step
        return httpx.Response(200, json=self.assignment())


@pytest.fixture
def server() -> Server:
    return Server()


def crew_of(server: Server, **more: Any) -> Crew:
    async def renew(unit_id: int) -> str:
        return "new-phone"

    values: dict[str, Any] = {
        "id": 1,
        "call_sign": "Damkar 01",
        "home": HOME,
        "profile": "engine",
        "turnout_s": 60.0,
        "hospitals": (),
        "patrols": False,
        "secret": "phone",
        "token": "tok",
        "doors": Doors("http://city", transport=httpx.MockTransport(server)),
        "ways": Ways(Plain()),  # type: ignore[arg-type]  # as much of the roads as is needed
        "pace": Pace(SPEED),
        "random": Random(7),
        "renew_secret": renew,
    }
    return Crew(**(values | more))


async def until(ready: Callable[[], bool], *lives: Any, seconds: float = 15) -> None:
    """Let them live until something is so."""
    tasks = [asyncio.create_task(life) for life in lives]
    try:
        async with asyncio.timeout(seconds):
            while not ready():
                for task in tasks:
                    if task.done():
                        task.result()
                await asyncio.sleep(0.01)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def at(report: dict[str, str]) -> tuple[float, float]:
    return float(report["lon"]), float(report["lat"])


def test_it_takes_every_step_drives_there_and_comes_home(server: Server) -> None:
    crew = crew_of(server, assignment=server.assignment())

    def home_again() -> bool:
        return server.status == "cleared" and straight_line_m(*crew.here, *HOME) < 1

    asyncio.run(until(home_again, crew.live()))
    assert server.steps == ["acknowledged", "en_route", "on_scene", "cleared"]
    assert any(straight_line_m(*at(report), *SCENE) < 5 for report in server.reports)
    assert {report["id"] for report in server.reports} == {"phone"}


def test_a_server_that_restarts_is_waited_for(server: Server) -> None:
    server.away = 2
    crew = crew_of(server, assignment=server.assignment())
    asyncio.run(until(lambda: server.status == "cleared", crew.live()))
    assert server.steps[0] == "acknowledged"


def test_steps_that_people_took_are_not_taken_again(server: Server) -> None:
    crew = crew_of(server, assignment=server.assignment())
    server.status = "en_route"  # somebody pressed the buttons on the crew's own page
    asyncio.run(until(lambda: server.status == "cleared", crew.live()))
    assert server.steps == ["on_scene", "cleared"]


def test_a_unit_called_back_drives_home(server: Server) -> None:
    crew = crew_of(server, pace=Pace(1.0), assignment=server.assignment() | {"status": "on_scene"})
    server.status = "on_scene"

    async def story() -> None:
        life = asyncio.create_task(crew.live())
        await asyncio.sleep(3.2)
        crew.hear(None)
        await asyncio.sleep(0.1)
        life.cancel()

    asyncio.run(story())
    assert crew.assignment is None
    assert server.steps == []


def test_the_ear_tells_a_crew_that_it_is_sent(server: Server) -> None:
    crew = crew_of(server)
    ear = listen({1: crew}, crew.doors, "tok")
    asyncio.run(until(lambda: server.status == "cleared", crew.live(), ear))


def test_a_real_phone_takes_the_unit_over(server: Server) -> None:
    seen = {"source": "field", "age_s": 4.0}
    server.units = [{"id": 1, "duty": "available", "position": seen}]
    server.status = "none"
    crew = crew_of(server)

    async def story() -> None:
        life = asyncio.create_task(crew.live())
        await until(lambda: crew.driven_by_people, listen({1: crew}, crew.doors, "tok"))
        await asyncio.sleep(0.1)
        server.reports.clear()
        server.status = "dispatched"
        crew.hear(server.assignment())
        await asyncio.sleep(2)
        life.cancel()

    asyncio.run(story())
    assert (server.steps, server.reports) == ([], [])


def test_a_revoked_phone_is_replaced(server: Server) -> None:
    server.status = "none"
    server.refused_phones.add("phone")
    crew = crew_of(server)
    asyncio.run(until(lambda: bool(server.reports), crew.live()))
    assert server.reports[0]["id"] == "new-phone"


def test_a_patrol_moves(server: Server) -> None:
    server.status = "none"
    crew = crew_of(server, patrols=True, pace=Pace(60))
    asyncio.run(until(lambda: len({at(one) for one in server.reports}) > 4, crew.live()))
    assert max(float(report["speed"]) for report in server.reports) > 5


def unit(id: int, code: str = "pemadam", **more: Any) -> dict[str, Any]:
    base = {"id": id, "sample": True, "active": True, "station": {"id": 1}, "duty": "available"}
    return base | {"busy": False, "type": {"code": code}} | more


def test_only_sample_units_with_a_station_are_driven() -> None:
    units = [unit(1), unit(2, sample=False), unit(3, station=None), unit(4, active=False)]
    assert [one["id"] for one in units_to_drive(units)] == [1]


def test_police_patrol_and_pumps_stand_ready() -> None:
    units = [unit(n) for n in range(30)] + [unit(n, "patroli") for n in range(30, 36)]
    chosen = units_on_patrol(units, Random(1))
    assert len(chosen) == 6
    assert chosen == set(range(30, 36))
    assert units_on_patrol([], Random(1)) == set()
