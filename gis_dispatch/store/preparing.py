"""Before migrating: can we work with this PostgreSQL and PostGIS, and are the extensions in."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor

from gis_dispatch.errors import Unavailable

EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gist")
SUPPORTED_MAJORS = range(15, 18)
MINIMUM_POSTGIS = (3, 3)
CONNECT_TIMEOUT_S = 10


class DatabaseNotReached(Unavailable):
    """The database that DATABASE_URL names cannot be reached: {reason}. Check the address, the
    user and the password."""


class PostgresVersionUnsupported(Unavailable):
    """The database server is PostgreSQL {version}. This program works with PostgreSQL 15 to 17."""


class PostgisTooOld(Unavailable):
    """The database has PostGIS {version}. This program needs PostGIS 3.3 or newer."""


class ExtensionMissing(Unavailable):
    """The database lacks the extension {name} and {role} may not add it: {reason}. Ask the
    database's administrator to run: CREATE EXTENSION {name};"""


@contextmanager
def _session(database_url: str) -> Iterator[cursor]:
    try:
        connection = psycopg2.connect(database_url, connect_timeout=CONNECT_TIMEOUT_S)
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        # The second is said of an address that is not one.
        raise DatabaseNotReached(reason=" ".join(str(error).split())) from error
    connection.autocommit = True  # CREATE DATABASE refuses to run inside a transaction
    try:
        with connection.cursor() as session:
            yield session
    finally:
        connection.close()


def prepare(database_url: str) -> None:
    """Check the versions and add what is missing; refuses with what to do when it cannot."""
    with _session(database_url) as session:
        _require_version(session)
        for name in EXTENSIONS:
            _require_extension(session, name)
        _require_postgis(session)


def make_role(superuser_url: str, role: str) -> None:
    """The application's role: it owns its database and nothing else."""
    with _session(superuser_url) as session:
        session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
        if session.fetchone() is None:
            make = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
            session.execute(sql.SQL(make).format(sql.Identifier(role)))


def make_database(superuser_url: str, role: str, database: str, template: str | None) -> None:
    """A database owned by a role, copied from a template if one is given; kept if it exists."""
    with _session(superuser_url) as session:
        session.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
        if session.fetchone() is None:
            session.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(database),
                    sql.Identifier(role),
                    sql.Identifier(template or "template1"),
                )
            )


def drop_database(superuser_url: str, database: str) -> None:
    """Remove a database whatever is still connected to it."""
    with _session(superuser_url) as session:
        drop = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
        session.execute(sql.SQL(drop).format(sql.Identifier(database)))


def _require_version(session: cursor) -> None:
    session.execute("SELECT current_setting('server_version_num')::int")
    number = _one(session)
    if int(number) // 10000 not in SUPPORTED_MAJORS:
        raise PostgresVersionUnsupported(version=f"{int(number) // 10000}.{int(number) % 10000}")


def _require_extension(session: cursor, name: str) -> None:
    session.execute("SELECT 1 FROM pg_extension WHERE extname = %s", (name,))
    if session.fetchone() is not None:
        return
    try:
        session.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    except psycopg2.Error as error:
        reason = (error.diag.message_primary or str(error)).strip()
        session.execute("SELECT current_user")
        raise ExtensionMissing(name=name, role=_one(session), reason=reason) from error


def _require_postgis(session: cursor) -> None:
    session.execute("SELECT postgis_lib_version()")
    version = _one(session)
    if tuple(int(part) for part in version.split(".")[:2]) < MINIMUM_POSTGIS:
        raise PostgisTooOld(version=version)


def _one(session: cursor) -> str:
    row = session.fetchone()
    if row is None:
        raise LookupError("a query that always answers did not")
    return str(row[0])
