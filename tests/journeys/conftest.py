"""A real server and real browsers: everything a person sees is served as in production."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright

from gis_dispatch.consoles.roles import HOMES
from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.running import cluster
from gis_dispatch.running.migrating import migrate
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.services.report_step import report_step
from gis_dispatch.settings import Settings
from tests.consoles.town import PASSWORD, furnish
from tests.databases import Databases
from tests.journeys.browsers import CHROMIUM_ARGUMENTS, PHONE_SIZE, Desk, find_chromium, sign_in
from tests.journeys.crew_phone import SLOW_MS, begun, seen
from tests.journeys.dispatching import DISPATCHES, sent_out
from tests.journeys.serving import LiveServer, first_started, serving
from tests.journeys.shaky import Shaky, Wire
from tests.towns import opened

expect.set_options(timeout=15_000)  # a small machine also runs the server and the other tests

NOWHERE = "http://127.0.0.1:9/api"  # nobody listens there: the first start takes the sample city


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def live_server(
    all_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The platform on a free port with the sample city, as after `script/server`; no simulator."""
    with all_databases.fresh() as url:
        settings = Settings(
            home=tmp_path_factory.mktemp("home"),
            database_url=url,
            port=free_port(),
            workers=1,
            overpass_url=NOWHERE,
            nominatim_url=NOWHERE,
            simulate="off",
        )
        sign_ins = first_started(settings, url)
        with serving(settings, url, sign_ins) as server:
            yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser for the journeys of a file; each person gets a context of one's own.

    Not for the whole session: while Playwright runs, no other test may run an event loop.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Chromium, live_server: LiveServer) -> Iterator[Desk]:
    """Opens windows for people; at the end no page may have had an error of its own."""
    made = Desk(chromium, live_server)
    yield made
    made.close()
    assert not made.errors, "\n".join(made.errors)


@pytest.fixture(scope="module")
def shaky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shaky, LiveServer]]:
    """A platform of one's own with a small town in it, behind a wire of one's own."""
    home = tmp_path_factory.mktemp("home")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)  # run by root, the database's own user has to get in
    settings = Settings(home=home / "state", port=free_port(), workers=1)
    with cluster.running(settings) as url:
        migrate(url)
        with opened(url, settings.home) as town:
            furnish(town)
            wire = Wire(settings.port)
            made = Shaky(settings, url, wire, town.house)
            made.start()
            people = [SignIn(role, role, PASSWORD, role.title()) for role in HOMES]
            try:
                yield made, LiveServer(settings.model_copy(update={"port": wire.port}), url, people)
            finally:
                wire.close()
                made.stop()


@pytest.fixture
def platform(shaky: tuple[Shaky, LiveServer]) -> Shaky:
    return shaky[0]


@pytest.fixture
def people(chromium: Chromium, shaky: tuple[Shaky, LiveServer]) -> Iterator[Desk]:
    made = Desk(chromium, shaky[1])
    yield made
    made.close()


@pytest.fixture
def assignment(platform: Shaky) -> Iterator[Assignment]:
    """Damkar 1 has been sent out; at the end it is free again."""
    made = sent_out(platform.house)
    yield made
    row = seen(platform.house, made)
    if row["cancelled_at"] or row["cleared_at"]:
        return
    if not row["on_scene_at"]:
        cancel_assignment(platform.house, DISPATCHES, made.id, "Selesai")
        return
    for step in ("transporting", "at_hospital", "cleared"):
        if not seen(platform.house, made)[f"{step}_at"]:
            report_step(platform.house, DISPATCHES, made.id, step)


@pytest.fixture
def crew(people: Desk, assignment: Assignment) -> Page:
    """The phone of the crew, with the page on it as an app."""
    page = people.window(PHONE_SIZE)
    page.set_default_timeout(SLOW_MS)
    sign_in(page, people.server, "crew")
    page.goto("/field")
    begun(page)
    return page
