"""A store on a real database with the small town in it."""

from collections.abc import Iterator

import pytest

from gis_dispatch.store import PostgresStore, open_store
from tests.town import build_town


@pytest.fixture
def store(database_url: str) -> Iterator[PostgresStore]:
    opened = open_store(database_url)
    build_town(opened.engine)
    yield opened
    opened.close()
