"""A town to ask: one for a whole file where tests only look, a fresh one where they change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consoles.town import Browser, Town, build
from tests.databases import Databases


@pytest.fixture(scope="module")
def calm_town(all_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Shared by the tests of one file; nobody changes what others look at."""
    with all_databases.fresh() as url:
        town = build(url, tmp_path_factory.mktemp("home"))
        yield town
        town.hub.stop()
        town.store.close()


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One's own."""
    made = build(database_url, tmp_path)
    yield made
    made.hub.stop()
    made.store.close()


@pytest.fixture
def stranger(town: Town) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(town.app.test_client())
