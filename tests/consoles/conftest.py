"""A town to ask: one for a whole file where tests only look, a fresh one where they change it."""

from collections.abc import Iterator

import pytest

from tests.consoles.town import Browser, Town
from tests.databases import Databases
from tests.towns import copied


@pytest.fixture(scope="module")
def calm_town(
    all_databases: Databases, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Shared by the tests of one file; nobody changes what others look at."""
    with copied(all_databases, furnished, tmp_path_factory.mktemp("home")) as town:
        yield town


@pytest.fixture
def stranger(town: Town) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(town.app.test_client())
