"""The limit: a bare gevent loop that writes the same bytes to as many sockets and does no more.

`python -m bench.live_bare PORT CLIENTS BYTES RATE SECONDS`; prints when each was written.
"""

import sys
import time

import gevent
from gevent.server import StreamServer
from gevent.socket import socket


def main() -> None:
    """Wait for all, then write to all as often as asked."""
    port, clients, size, rate, seconds = (int(one) for one in sys.argv[1:])
    there: list[socket] = []

    def keep(connection: socket, _address: object) -> None:
        connection.recv(4096)
        connection.sendall(b"event: beat\ndata: {}\n\n")
        there.append(connection)
        while len(connection.recv(1)):
            pass

    server = StreamServer(("127.0.0.1", port), keep)
    server.start()
    print("listening", flush=True)
    while len(there) < clients:
        gevent.sleep(0.05)
    gevent.sleep(1)
    for number in range(1, rate * seconds + 1):
        began = time.time()
        print(number, began, flush=True)
        frame = b"id: %d\nevent: event\ndata: %s\n\n" % (number, b"x" * size)
        for connection in there:
            connection.sendall(frame)
        gevent.sleep(max(0, 1 / rate - (time.time() - began)))
    gevent.sleep(1)


if __name__ == "__main__":
    main()
