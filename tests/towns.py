"""Towns for every room that asks the application: filled once a session, copied for each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.consoles.town import Town, build, furnish
from tests.databases import PREFIX, Databases

NUMBERS = count(1)


@contextmanager
def opened(url: str, home: Path) -> Iterator[Town]:
    """A town for as long as somebody looks at it."""
    town = build(url, home)
    try:
        yield town
    finally:
        town.hub.stop()
        town.store.close()


@pytest.fixture(scope="session")
def furnished(all_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A filled database that is only copied: a copy is made in a moment, passwords are not."""
    server, name = all_databases.server, f"{PREFIX}_town"
    url = server.make(name, all_databases.template)
    with opened(url, tmp_path_factory.mktemp("home")) as town:
        furnish(town)
    yield name
    server.drop(name)


@contextmanager
def copied(databases: Databases, furnished: str, home: Path) -> Iterator[Town]:
    """A town on a copy of the filled database."""
    name = f"{furnished}_{next(NUMBERS)}"
    url = databases.server.make(name, furnished)
    try:
        with opened(url, home) as town:
            yield town
    finally:
        databases.server.drop(name)


@pytest.fixture
def town(all_databases: Databases, furnished: str, tmp_path: Path) -> Iterator[Town]:
    """One's own."""
    with copied(all_databases, furnished, tmp_path) as made:
        yield made
