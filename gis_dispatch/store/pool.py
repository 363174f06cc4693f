"""Connections to PostgreSQL that wait to be used again, and those that died while they waited."""

import struct
from fcntl import ioctl
from termios import FIONREAD
from time import monotonic
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

ASK_AFTER_S = 2.0
"""A connection that waited for longer is asked whether it lives, which costs a round trip."""


def open_pool(url: URL, size: int) -> Engine:
    """An engine that lends at most twice `size` connections; nothing is connected yet."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg2"),
        pool_size=size,
        max_overflow=size,
        pool_timeout=30,
        connect_args={"options": "-c timezone=UTC", "application_name": "gis-dispatch"},
    )

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["waits_since_s"] = monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _lent: object) -> None:
        since_s = record.info.get("waits_since_s")
        if since_s is not None and not _lives(engine, connection, monotonic() - since_s):
            raise DisconnectionError  # the pool connects again

    return engine


def _lives(engine: Engine, connection: Any, waited_s: float) -> bool:
    """A server that ends a connection says so first: then there is something to read."""
    if connection.closed or _unread_bytes(connection.fileno()):
        return False
    if waited_s < ASK_AFTER_S:
        return True
    try:
        return bool(engine.dialect.do_ping(connection))
    except (engine.dialect.dbapi.Error, DBAPIError):  # type: ignore[union-attr] # psycopg2
        return False


def _unread_bytes(file: int) -> int:
    (count,) = struct.unpack("i", ioctl(file, FIONREAD, b"\0\0\0\0"))
    return int(count)
