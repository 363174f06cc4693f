"""Connections that die while they wait in the pool, and what the next caller sees of it."""

import socket
from collections.abc import Callable

import psycopg2
import pytest

from gis_dispatch.errors import DatabaseUnavailable
from gis_dispatch.store import PostgresStore, pool


def _read(store: PostgresStore) -> None:
    assert store.reads.value("newest_event_id") == 0


def _write(store: PostgresStore) -> None:
    with store.transaction() as tx:
        assert tx.value("newest_event_id") == 0


def _waiting_socket(store: PostgresStore) -> socket.socket:
    """The one connection of the pool, seen from outside."""
    lent = store.engine.raw_connection()
    assert lent.dbapi_connection is not None
    seen = socket.fromfd(lent.dbapi_connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
    lent.close()
    return seen


@pytest.mark.parametrize("use", [_read, _write])
def test_a_restart_of_the_database_is_not_noticed(
    store: PostgresStore, database_url: str, use: Callable[[PostgresStore], None]
) -> None:
    use(store)
    with psycopg2.connect(database_url) as other, other.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone() != (0,)
    use(store)


@pytest.mark.parametrize("use", [_read, _write])
def test_a_connection_that_waited_for_long_is_asked_whether_it_lives(
    store: PostgresStore, use: Callable[[PostgresStore], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(store)
    with _waiting_socket(store) as cut:
        cut.shutdown(socket.SHUT_RDWR)
    monkeypatch.setattr(pool, "ASK_AFTER_S", 0.0)
    use(store)


@pytest.mark.parametrize("use", [_read, _write])
def test_a_connection_cut_a_moment_ago_fails_once(
    store: PostgresStore, use: Callable[[PostgresStore], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "ASK_AFTER_S", 3600.0)
    use(store)
    with _waiting_socket(store) as cut:
        cut.shutdown(socket.SHUT_RDWR)
    with pytest.raises(DatabaseUnavailable):
        use(store)
    use(store)


def test_a_read_leaves_no_transaction_open_and_a_transaction_is_one(store: PostgresStore) -> None:
    _read(store)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        assert tx.run("replace_password_hash", id=1, password_hash="lost") == 1
        raise ZeroDivisionError
    lent = store.engine.raw_connection()
    with lent.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM users WHERE password_hash = 'lost'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'")
        assert cursor.fetchone() == (0,)
    lent.close()
