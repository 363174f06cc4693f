"""A reader that does not read is given up after a while, however it is gone."""

import socket
from collections.abc import Iterator

import pytest

from gis_dispatch.consoles.streaming import sockets


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """(the server's end, the reader's end) of one connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        reader = socket.create_connection(listener.getsockname())
        server, _address = listener.accept()
    with server, reader:
        yield server, reader


def test_who_does_not_take_what_is_sent_is_given_up(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SEND_WITHIN_S", 0.2)
    server, _reader = ends
    sockets.watch(server)
    assert server.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 200
    with pytest.raises(TimeoutError):
        server.sendall(b"x" * 50_000_000)


def test_little_is_sent_ahead(ends: tuple[socket.socket, socket.socket]) -> None:
    server, _reader = ends
    sockets.watch(server)
    # Linux says twice what it was asked for: it counts its own keeping of books.
    assert server.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * sockets.SENT_AHEAD_BYTES


def test_an_ended_stream_waits_for_no_other_request(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    server, reader = ends
    sockets.end(server)
    assert server.recv(10) == b""
    server.sendall(b"bye")
    assert reader.recv(10) == b"bye"
    reader.close()
    server.close()
    sockets.end(server)  # gone already: nothing to say
