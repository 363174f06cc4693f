"""The store on PostgreSQL: a pool that waits, one transaction per use case, named queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

import psycopg2
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from sqlalchemy import Connection, Engine, PoolProxiedConnection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gis_dispatch import assets
from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.call import Call
from gis_dispatch.domain.closure import Closure
from gis_dispatch.domain.duty import Unit
from gis_dispatch.errors import AssignmentNotFound, CallNotFound, ClosureNotFound, UnitNotFound
from gis_dispatch.ports import Clock, Transaction
from gis_dispatch.store import tables
from gis_dispatch.store.events import EventLog
from gis_dispatch.store.pool import open_pool
from gis_dispatch.store.queries import NamedQueries, QueryReads, named_queries
from gis_dispatch.store.refusals import refusal_of
from gis_dispatch.store.repositories import (
    DeliveryRepository,
    IncidentRepository,
    ReferralRepository,
)
from gis_dispatch.store.repository import TableRepository


class SystemClock:
    """The computer's clock, in UTC."""

    def now(self) -> datetime:
        """The time it is now."""
        return datetime.now(UTC)


def _raw(connection: Connection) -> PgConnection:
    return cast(PgConnection, connection.connection.dbapi_connection)


def _give_back(lent: PoolProxiedConnection, connection: PgConnection) -> None:
    """To the pool, as transactions want it; a broken one is thrown away."""
    try:
        connection.autocommit = False
    except psycopg2.Error:
        lent.invalidate()
    lent.close()


class PostgresTransaction(QueryReads):
    """One unit of work on one connection."""

    def __init__(
        self, connection: Connection, queries: NamedQueries, zone: ZoneInfo, clock: Clock
    ) -> None:
        @contextmanager
        def borrow() -> Iterator[PgConnection]:
            yield _raw(connection)

        super().__init__(queries, borrow)
        self.connection = connection
        self._zone = zone
        self.events = EventLog(connection, clock.now)

    @cached_property
    def calls(self) -> TableRepository[Call]:
        """Calls."""
        return TableRepository(self.connection, tables.calls, Call, CallNotFound)

    @cached_property
    def incidents(self) -> IncidentRepository:
        """Incidents."""
        return IncidentRepository(self.connection, self._zone)

    @cached_property
    def referrals(self) -> ReferralRepository:
        """Referrals."""
        return ReferralRepository(self.connection)

    @cached_property
    def assignments(self) -> TableRepository[Assignment]:
        """Assignments."""
        return TableRepository(self.connection, tables.assignments, Assignment, AssignmentNotFound)

    @cached_property
    def units(self) -> TableRepository[Unit]:
        """Units."""
        return TableRepository(self.connection, tables.units, Unit, UnitNotFound)

    @cached_property
    def closures(self) -> TableRepository[Closure]:
        """Road closures."""
        return TableRepository(self.connection, tables.closures, Closure, ClosureNotFound)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        """The outbox."""
        return DeliveryRepository(self.connection)


class PostgresStore:
    """The only door to the database."""

    def __init__(self, engine: Engine, zone: ZoneInfo, clock: Clock) -> None:
        self.engine = engine
        self._zone = zone
        self._clock = clock
        self._queries = named_queries(assets.folder("sql") / "queries")
        self.reads = QueryReads(self._queries, self._borrow)

    @contextmanager
    def _borrow(self) -> Iterator[PgConnection]:
        """A connection for one statement, which is its own transaction."""
        with self._refusing():
            # Past SQLAlchemy's own, which asks twice as much of the server for every statement.
            lent = self.engine.raw_connection()
            connection = cast(PgConnection, lent.dbapi_connection)
            try:
                connection.autocommit = True
                yield connection
            finally:
                _give_back(lent, connection)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeout, psycopg2.Error, ValueError) as error:
            refusal = refusal_of(error, self.reads.find)
            if refusal is None:
                raise
            raise refusal from error

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside is kept together with its events, or nothing is."""
        with self._refusing(), self.engine.begin() as connection:
            transaction = PostgresTransaction(connection, self._queries, self._zone, self._clock)
            yield transaction
            transaction.events.write()

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def open_store(
    database_url: str,
    *,
    timezone: str = "Asia/Pontianak",
    clock: Clock | None = None,
    pool_size: int = 10,
) -> PostgresStore:
    """Open the store of a database that has been migrated; nothing is connected yet."""
    url = make_url(database_url.replace("postgres://", "postgresql://", 1))
    return PostgresStore(open_pool(url, pool_size), ZoneInfo(timezone), clock or SystemClock())
