"""A busy hour played again: how soon its first picture is there, and what its parts take.

The hour has so many units that report every few seconds, and so many acts of people; all of it is
asked of the running platform. Beside it the limit of the same run: reading the same rows bare.
"""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import numpy as np
import psycopg2
from playwright.sync_api import Browser, sync_playwright

from bench.live_map import CHROMIUM, signed_in
from bench.ranking_server import Running, platform
from bench.saying import Teller
from gis_dispatch import wiring
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.running import cluster
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.answer_call import answer_call
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.take_call import take_call

UNITS = 200
EVERY_S = 5
EVENTS = 2000
ROUNDS = 5
LEAD = Actor(None, "bench", "lead_operator")
STEPS = ("acknowledged", "en_route", "on_scene", "cleared")
TRACKS = """
INSERT INTO positions (unit_id, recorded_at, received_at, point, speed_kph, heading_deg, source)
SELECT unit_id, at, at, ST_Translate(point, 0.01 * sin(n / 60.0), 0.01 * cos(n / 45.0)), 40, n % 360, 'device'
FROM unit_positions, generate_series(0, 3600 / {every} - 1) AS n,
    LATERAL (SELECT now() - interval '1 hour' + n * {every} * interval '1 second' AS at) AS moments
"""  # noqa: E501
FREE = "SELECT id, agency_code FROM units WHERE active ORDER BY id"
HAPPENED = "SELECT count(*) FROM events WHERE entered_at > now() - interval '1 hour'"
BARE = """
SELECT unit_id, recorded_at, received_at, ST_X(point), ST_Y(point), speed_kph, heading_deg
FROM positions WHERE recorded_at BETWEEN %s AND %s
"""
DRAWN = "performance.getEntriesByName('replay')[0].startTime"


def measure(teller: Teller) -> None:
    """Fill an hour, then ask for it as the page does, and look at the page."""
    with (
        platform(None, UNITS, 2, 200) as running,
        sync_playwright() as playwright,
        cluster.running(running.settings) as url,
        closing(psycopg2.connect(url)) as connection,
    ):
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(FREE)
        with wiring.open_house(running.settings, url) as house:
            _act(house, running, cursor.fetchall())
        cursor.execute(TRACKS.format(every=EVERY_S))
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(HAPPENED)
        [events] = cursor.fetchone() or [0]
        ends = datetime.now(UTC)
        program, *arguments = CHROMIUM
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        _asked(teller, running, browser, ends, int(events))
        part = (ends - timedelta(minutes=10), ends)
        took = _timed(lambda: _bare(cursor, part))
        teller.say(part="replay", what="ten minutes of tracks, read bare", **took)
        browser.close()


def _act(house: House, running: Running, units: list[tuple[int, str]]) -> None:
    """Whole cases, one after the other, until there are events enough."""
    for (unit, agency), (lon, lat) in zip(cycle(units), cycle(running.places), strict=False):
        call = take_call(house, LEAD, caller_number="0812000111")
        answer_call(house, LEAD, call.id)
        incident = record_incident(
            house, LEAD, call_id=call.id, kind="kebakaran", description="Asap tebal",
            lon=lon, lat=lat, verified=True,
        )  # fmt: skip
        [referral] = refer_incident(house, LEAD, incident.id, [agency])
        acknowledge_referral(house, LEAD, referral.id)
        check_readiness(
            house, LEAD, referral.id, crew_ok=True, equipment_ok=True, vehicle_ok=True, ready=True
        )
        accept_referral(house, LEAD, referral.id)
        [work] = assign_units(house, LEAD, incident.id, referral.id, [unit])
        for step in STEPS:
            report_step(house, LEAD, work.id, step)
        complete_referral(house, LEAD, referral.id)
        if house.store.reads.value("newest_event_id") >= EVENTS:
            return


def _asked(teller: Teller, running: Running, browser: Browser, ends: datetime, events: int) -> None:
    begins = ends - timedelta(hours=1)
    context = signed_in(browser, running, "lead_operator")
    span = {"from": begins.isoformat(), "to": ends.isoformat()}
    whole = _timed(lambda: context.request.get("/api/v1/replay", params=span).body())
    teller.say(part="replay", what="the hour", units=UNITS, events=events, **whole)
    part = {
        **span,
        "part_from": (ends - timedelta(minutes=10)).isoformat(),
        "part_to": ends.isoformat(),
    }
    tracks = _timed(lambda: context.request.get("/api/v1/replay/tracks", params=part).body())
    teller.say(part="replay", what="ten minutes of tracks", **tracks)
    token = context.request.get("/replay").text().split('name="csrf-token" content="')[1]
    head = {"X-CSRFToken": token.split('"')[0]}
    began = time.perf_counter()
    taken = context.request.post("/api/v1/replay/export", data=span, headers=head, timeout=300_000)
    teller.say(
        part="replay", what="the export", status=taken.status,
        seconds=round(time.perf_counter() - began, 1), mb=round(len(taken.body()) / 2**20, 1),
    )  # fmt: skip
    page = context.new_page()
    first: list[float] = []
    for _ in range(ROUNDS):
        page.goto(f"/replay?from={span['from'][:19]}Z&to={span['to'][:19]}Z", wait_until="commit")
        page.wait_for_selector("body[data-ready]", state="attached", timeout=60_000)
        first.append(float(page.evaluate(DRAWN)))
    teller.say(
        part="replay", what="first picture on the page", p50_ms=round(float(np.median(first))),
        max_ms=round(max(first)),
    )  # fmt: skip
    context.close()


def _bare(cursor: Any, part: tuple[datetime, datetime]) -> bytes:
    cursor.execute(BARE, part)
    return str(cursor.fetchall()).encode()


def _timed(ask: Callable[[], bytes]) -> dict[str, float]:
    took: list[float] = []
    size = 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        size = len(ask())
        took.append((time.perf_counter() - began) * 1000)
    return {
        "p50_ms": round(float(np.median(took)), 1), "max_ms": round(max(took), 1),
        "kb": round(size / 1024),
    }  # fmt: skip
