"""A house on a real database with a small town in it, straight roads and a clock set by hand."""

from collections.abc import Iterator

import pytest

from gis_dispatch.domain.procedure import steps_of
from gis_dispatch.ports import House
from gis_dispatch.services.facts_files import read_procedure
from gis_dispatch.store import PostgresStore, open_store
from tests.fakes import FakeClock, FakeGeocoder, FakeNotifier, FakeRoads
from tests.story import Story
from tests.town import People, build_town
from tests.whose import ISSUER, ZONE


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake_roads() -> FakeRoads:
    return FakeRoads()


@pytest.fixture
def notifier() -> FakeNotifier:
    return FakeNotifier()


@pytest.fixture
def store(database_url: str, clock: FakeClock) -> Iterator[PostgresStore]:
    opened = open_store(database_url, clock=clock)
    build_town(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def town(
    store: PostgresStore, clock: FakeClock, fake_roads: FakeRoads, notifier: FakeNotifier
) -> House:
    return House(
        store,
        fake_roads,
        FakeGeocoder(),
        clock,
        notifier,
        steps_of(read_procedure("sigap_112").model_dump()),
        ZONE,
        ISSUER,
    )


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def story(town: House, clock: FakeClock, people: People) -> Story:
    return Story(town, clock, people)
