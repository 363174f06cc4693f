"""DATABASE_URL: what cannot be used is refused with what to do about it."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest

from gis_dispatch.store import preparing
from gis_dispatch.store.preparing import (
    DatabaseNotReached,
    ExtensionMissing,
    PostgisTooOld,
    PostgresVersionUnsupported,
)
from tests.databases import Databases

NAME = f"gis_dispatch_test_{os.getpid()}_bare"


@pytest.fixture
def bare_database_url(all_databases: Databases) -> Iterator[str]:
    """A database of ours without any extension, as an administrator may hand it out."""
    server = all_databases.server
    preparing.make_database(server.admin_url, server.role, NAME, None)
    yield server.url(NAME)
    server.drop(NAME)


def test_nobody_answers() -> None:
    with pytest.raises(DatabaseNotReached, match="Check the address"):
        preparing.prepare("postgresql://somebody@127.0.0.1:9/nothing")


def test_an_address_that_is_not_one() -> None:
    with pytest.raises(DatabaseNotReached, match="Check the address"):
        preparing.prepare("mysql://somebody@127.0.0.1/nothing")


def test_postgis_is_missing_and_we_may_not_add_it(bare_database_url: str) -> None:
    if urlsplit(bare_database_url).hostname:
        pytest.skip("The role of GIS_DISPATCH_TEST_DATABASE_URL may be allowed to add it.")
    with pytest.raises(ExtensionMissing, match=r"CREATE EXTENSION postgis;"):
        preparing.prepare(bare_database_url)


def test_postgis_is_added_where_we_may(all_databases: Databases, bare_database_url: str) -> None:
    admin = urlsplit(all_databases.server.admin_url)
    preparing.prepare(urlunsplit(admin._replace(path=f"/{NAME}")))
    preparing.prepare(bare_database_url)


def test_a_version_we_do_not_know(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "SUPPORTED_MAJORS", range(90, 93))
    with pytest.raises(PostgresVersionUnsupported, match=r"PostgreSQL 1[5-7]"):
        preparing.prepare(empty_database_url)


def test_a_postgis_that_is_too_old(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MINIMUM_POSTGIS", (99, 0))
    with pytest.raises(PostgisTooOld, match=r"needs PostGIS 3\.3"):
        preparing.prepare(empty_database_url)
