"""The whole simulator against the real application: a sample case from the ring to the closing."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from gis_dispatch.settings import Settings
from gis_dispatch.simulation.doors import Doors
from gis_dispatch.simulation.options import Options, SpeedImpossible, TooManyIncidents
from gis_dispatch.simulation.running import simulate
from tests.consoles.town import Town

SAMPLE = """
UPDATE stations SET sample = true;
UPDATE units SET sample = true;
"""


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    town.sql(SAMPLE)
    server = make_server("127.0.0.1", 0, town.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def run_until(town: Town, address: str, options: Options, sql: str, seconds: float) -> None:
    settings = town.app.extensions["settings"]
    assert isinstance(settings, Settings)
    doors = Doors(address)
    city = asyncio.create_task(simulate(settings, options, town.house, doors))
    try:
        async with asyncio.timeout(seconds):
            while not (await asyncio.to_thread(town.sql, sql))[0][0]:
                if city.done():
                    city.result()
                await asyncio.sleep(0.5)
    finally:
        city.cancel()
        await asyncio.gather(city, return_exceptions=True)
        await doors.close()


@pytest.mark.slow
def test_a_sample_case_goes_through_the_whole_procedure(town: Town, address: str) -> None:
    closed = "SELECT count(*) > 0 FROM incidents WHERE status = 'closed'"
    asyncio.run(run_until(town, address, Options(speed=60, seed=4), closed, 120))
    kinds = {row[0] for row in town.sql("SELECT kind FROM events WHERE incident_id IS NOT NULL")}
    assert {
        "incident.received",
        "incident.verified",
        "referral.sent",
        "referral.acknowledged",
        "referral.ready",
        "referral.accepted",
        "assignment.dispatched",
        "assignment.acknowledged",
        "assignment.en_route",
        "assignment.on_scene",
        "assignment.cleared",
        "referral.completed",
        "incident.resolved",
        "incident.closed",
        "case.queued",
    } <= kinds
    assert town.sql("SELECT bool_and(sample) FROM incidents") == [(True,)]
    assert town.sql("SELECT bool_and(sample) FROM calls") == [(True,)]
    assert town.sql("SELECT DISTINCT source FROM positions") == [("simulator",)]
    assert town.sql("SELECT count(*) FROM case_deliveries")[0][0] >= 1


@pytest.mark.slow
def test_every_unit_is_seen_within_seconds_and_nothing_happens_by_itself(
    town: Town, address: str
) -> None:
    seen = "SELECT count(*) = 3 FROM unit_positions"
    asyncio.run(run_until(town, address, Options(incidents=False), seen, 15))
    assert town.sql("SELECT count(*) FROM calls") == [(0,)]
    assert town.sql("SELECT role FROM api_tokens") == [("simulator",)]


def test_impossible_options_are_refused() -> None:
    with pytest.raises(SpeedImpossible):
        Options(speed=0)
    with pytest.raises(TooManyIncidents):
        Options(incidents_per_hour=-1)
