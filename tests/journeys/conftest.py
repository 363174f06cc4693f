"""A real server and real browsers: everything a person sees is served as in production."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect, sync_playwright

from gis_dispatch.settings import Settings
from tests.databases import Databases
from tests.journeys.browsers import CHROMIUM_ARGUMENTS, Desk, find_chromium
from tests.journeys.serving import LiveServer, first_started, serving

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
