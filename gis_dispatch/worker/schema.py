"""Keeps procrastinate's tables in a PostgreSQL schema of their own, beside ours."""

from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.schema import SchemaManager
from psycopg.conninfo import conninfo_to_dict, make_conninfo

SCHEMA = "jobs"
# Any number, the same in every process that may create the tables at once.
LOCK = 112_001


def conninfo(database_url: str) -> str:
    """The database as libpq knows it, with the jobs' schema first."""
    scheme, separator, rest = database_url.partition("://")
    plain = f"postgresql://{rest}" if separator else scheme
    options = str(conninfo_to_dict(plain).get("options") or "")
    return make_conninfo(plain, options=f"{options} -c search_path={SCHEMA}".strip())


def connector(database_url: str, **pool: Any) -> PsycopgConnector:
    """procrastinate's way to the database."""
    return PsycopgConnector(conninfo=conninfo(database_url), **pool)


def ensure(database_url: str) -> None:
    """Make the tables where they are missing; run whenever the database is migrated."""
    with psycopg.connect(conninfo(database_url)) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        found = connection.execute(
            "SELECT to_regclass(%s) IS NOT NULL", (f"{SCHEMA}.procrastinate_jobs",)
        ).fetchone()
        if found != (True,):
            connection.execute(SchemaManager.get_schema())
