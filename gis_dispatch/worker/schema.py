"""Keeps procrastinate's tables in a PostgreSQL schema of their own, beside ours."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from procrastinate import PsycopgConnector, SyncPsycopgConnector
from procrastinate.schema import SchemaManager
from psycopg_pool import ConnectionPool

SCHEMA = "jobs"
CONNECT_WITHIN_S = 2.0
LOCK = 112_001
"""Any number, the same in every process that may make the tables at once."""


def pool_arguments(database_url: str) -> dict[str, Any]:
    """The database as libpq knows it, with the jobs' schema in front of what the address says."""
    scheme, separator, rest = database_url.partition("://")
    conninfo = f"postgresql://{rest}" if separator else scheme
    given = parse_qs(urlsplit(conninfo).query).get("options", [""])[0]
    options = f"{given} -c search_path={SCHEMA}".strip()
    return {"conninfo": conninfo, "kwargs": {"options": options}}


def connector(database_url: str) -> PsycopgConnector:
    """procrastinate's way to the database."""
    return PsycopgConnector(**pool_arguments(database_url), min_size=1, max_size=4)


def ensure(database_url: str) -> None:
    """Make the tables where they are missing; the worker begins with it."""
    # One connection only, so that the lock and the tables are made by the same session.
    database = SyncPsycopgConnector()
    with ConnectionPool(**pool_arguments(database_url), min_size=1, max_size=1, open=False) as pool:
        pool.wait(CONNECT_WITHIN_S)
        database.open(pool)
        database.execute_query(f"SELECT pg_advisory_lock({LOCK})")
        database.execute_query(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        found = database.execute_query_one(
            f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NOT NULL AS there"
        )
        if not found["there"]:
            SchemaManager(database).apply_schema()
