"""Fixtures every room may use. Each test that asks for a database gets one of its own."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import databases
from tests.databases import Databases
from tests.towns import furnished, town

__all__ = ["furnished", "town"]

# Continuous integration plays the same examples each time; people at their desks find new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def all_databases() -> Iterator[Databases]:
    """A server with a migrated template, for the whole session."""
    with databases.running() as server:
        yield server


@pytest.fixture
def database_url(all_databases: Databases) -> Iterator[str]:
    """A fresh, migrated database; commit for real, it is thrown away."""
    with all_databases.fresh() as url:
        yield url


@pytest.fixture
def empty_database_url(all_databases: Databases) -> Iterator[str]:
    """A database with the extensions but without our tables."""
    with all_databases.empty() as url:
        yield url
