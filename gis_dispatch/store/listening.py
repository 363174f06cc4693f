"""Hears what PostgreSQL notifies: one connection that waits, and says when it was lost."""

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import connection as DbConnection  # noqa: N812

Heard = list[tuple[str, str]]
"""(channel, payload) of each notification, in order."""


class ListenerLost(ConnectionError):
    """The listening connection broke; what was notified meanwhile must be read from the tables."""


class Listener:
    """LISTENs on some channels of one database."""

    def __init__(self, database_url: str, channels: Sequence[str]) -> None:
        self._url = database_url.replace("postgresql+psycopg2://", "postgresql://", 1)
        self._channels = tuple(channels)

    @contextmanager
    def open(self) -> Iterator["OpenListener"]:
        """Connect and begin to listen; raises ListenerLost when that is not possible."""
        try:
            connection = psycopg2.connect(
                self._url, application_name="gis-dispatch live", connect_timeout=5
            )
        except psycopg2.Error as error:
            raise ListenerLost(str(error).strip()) from error
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for channel in self._channels:
                    cursor.execute(f'LISTEN "{channel}"')
            yield OpenListener(connection)
        except psycopg2.Error as error:
            raise ListenerLost(str(error).strip()) from error
        finally:
            connection.close()


class OpenListener:
    """A connection that is listening."""

    def __init__(self, connection: DbConnection) -> None:
        self._connection = connection

    def wait(self, timeout_s: float) -> Heard:
        """What was notified, as soon as something is; nothing when the time is over."""
        # Under gevent `select` is cooperative, so a waiting listener holds nobody up.
        if not self._connection.notifies:
            readable, _w, _x = select.select([self._connection.fileno()], [], [], timeout_s)
            if readable:
                self._connection.poll()
        heard = [(notify.channel, notify.payload) for notify in self._connection.notifies]
        self._connection.notifies.clear()
        return heard

    def check(self) -> None:
        """Ask the server for a sign of life; a half-dead connection is found out."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT 1")
