"""The socket under a stream: whoever does not read or is gone without a word is given up."""

import socket

SEND_WITHIN_S = 20.0
SENT_AHEAD_BYTES = 256 * 1024
"""More than this never waits in the system for one slow console, or it would be told old news."""


def watch(connection: socket.socket | None) -> None:
    """End it when what was sent is not taken in time, as when a laptop has gone to sleep."""
    if connection is None:  # under a test client there is none
        return
    connection.settimeout(SEND_WITHIN_S)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD_BYTES)
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        within_ms = int(SEND_WITHIN_S * 1000)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, within_ms)


def end(connection: socket.socket | None) -> None:
    """Nothing more is read from it: the server need not wait for another request."""
    if connection is not None:
        try:
            connection.shutdown(socket.SHUT_RD)
        except OSError:
            return  # gone already
