"""Real databases for tests: one server a session, one migrated template, a fresh copy per test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit, urlunsplit

from gis_dispatch.running import cluster
from gis_dispatch.running.migrating import migrate
from gis_dispatch.store import preparing

# Names carry the process number, so that parallel runs on one server keep apart.
PREFIX = f"gis_dispatch_test_{os.getpid()}"


@dataclass
class DatabaseServer:
    """Makes and removes databases on a server."""

    admin_url: str
    role: str
    role_url: str

    def url(self, database: str) -> str:
        """The application's address of a database."""
        return _with_database(self.role_url, database)

    def make(self, database: str, template: str | None = None) -> str:
        """A database with the extensions, or a copy of another."""
        preparing.make_database(self.admin_url, self.role, database, template)
        if template is None:
            preparing.prepare(_with_database(self.admin_url, database))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove it, whoever is still connected."""
        preparing.drop_database(self.admin_url, database)


class Databases:
    """Fresh migrated databases, each a copy of one template (0.06 s each)."""

    def __init__(self, server: DatabaseServer) -> None:
        self.server = server
        self.template = f"{PREFIX}_template"
        self._numbers = count(1)
        migrate(server.make(self.template))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database of one's own, gone afterwards."""
        name = f"{PREFIX}_{next(self._numbers)}"
        url = self.server.make(name, self.template)
        try:
            yield url
        finally:
            self.server.drop(name)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database with the extensions but without our tables."""
        name = f"{PREFIX}_{next(self._numbers)}"
        url = self.server.make(name)
        try:
            yield url
        finally:
            self.server.drop(name)


@contextmanager
def running() -> Iterator[Databases]:
    """Databases on a throw-away cluster, or on the server GIS_DISPATCH_TEST_DATABASE_URL names."""
    given = os.environ.get("GIS_DISPATCH_TEST_DATABASE_URL")
    if given:
        databases = Databases(DatabaseServer(given, urlsplit(given).username or "", given))
        try:
            yield databases
        finally:
            databases.server.drop(databases.template)
        return
    with cluster.throw_away() as postmaster:
        socket = postmaster.socket_folder()
        admin_url = cluster.address(socket, cluster.SUPERUSER, "postgres")
        yield Databases(DatabaseServer(admin_url, cluster.ROLE, cluster.address(socket)))


def _with_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
